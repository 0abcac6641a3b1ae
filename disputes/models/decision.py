"""What was found, and what was decided on it: every ground of a denial has its exhibit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models.dispute import Dispute
from disputes.models.item import DisputeItem


class Basis(models.TextChoices):
    """The statutory question, answered on its own (12 CFR 1026.13(e), (f); 1026.12(b), (c))."""

    ERROR_AS_ASSERTED = "error_as_asserted", _("an error occurred as asserted")
    DIFFERENT_ERROR = "different_error", _("a different error occurred")
    NO_ERROR = "no_error", _("no error occurred")
    NOT_A_NOTICE = "not_a_notice", _("no dispute that the law knows")


class Finding(models.Model):
    """One thing that the investigation established, with the exhibit that shows it.

    An exhibit is a message, a file, a transaction or a piece of network news of this case:
    ``exhibit_kind`` and its reference ``exhibit_ref``.
    """

    class Exhibit(models.TextChoices):
        """What can show a thing."""

        MESSAGE = "message", _("message")
        ATTACHMENT = "attachment", _("file")
        TRANSACTION = "transaction", _("transaction")
        NETWORK_EVENT = "network_event", _("network news")

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=500)
    exhibit_kind = models.CharField(max_length=16, choices=Exhibit.choices)
    exhibit_ref = models.CharField(max_length=64)
    made_by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        default_permissions = ("view",)
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="finding_number"),
            models.CheckConstraint(condition=~Q(exhibit_ref=""), name="finding_has_exhibit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.exhibit_kind}:{self.exhibit_ref}"


class Decision(models.Model):
    """The answer of one round: the statutory basis, in words, and who gave it."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    explanation = models.TextField(blank=True)
    outcome = models.CharField(max_length=20)
    stopped = models.BooleanField(default=False)
    decided_by = models.CharField(max_length=80)
    approved_by = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "round"],
                condition=Q(stopped=False),
                name="decision_one_a_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.outcome}"


class Ground(models.Model):
    """One reason of a denial, for one item, resting on one finding."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grounds")
    item = models.ForeignKey(DisputeItem, models.PROTECT, related_name="grounds")
    code = models.CharField(max_length=40)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="grounds")

    class Meta:
        default_permissions = ("view",)
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
