"""More time, in the law's own steps: who took it, who approved it, when it was told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint


class Extension(models.Model):
    """One step of time. It counts from the day on which the complainant was told, and not before.

    ``rule`` is the limit of law that it extends; ``approver`` names who outside the desk approved
    it, where the law asks for that; ``expected_on`` is the day that the letter promises.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    because = models.TextField()
    expected_on = models.DateField()
    approver = models.CharField(max_length=120, blank=True)
    taken_by = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "round", "rule"], name="extension_once_a_limit"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.expected_on}"
