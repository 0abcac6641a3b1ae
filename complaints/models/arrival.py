"""The doors by which one matter came in: each time, by whom, under which reference."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint


class Arrival(models.Model):
    """One time that the matter reached us; the first is the receipt from which the law counts.

    ``body`` is the regulator or ombudsman that passed it on ("nfra", "pboc", "cfpb"), or empty.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="arrivals")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20)
    body = models.CharField(max_length=20, blank=True)
    external_ref = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = ("view",)
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="arrival_number"),
            models.UniqueConstraint(
                fields=["source", "body", "external_ref"],
                condition=~Q(external_ref=""),
                name="arrival_one_per_external_ref",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_ref}".strip()
