"""Transfers: one amount from one named account to another, never changed, answered once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.money import Money


class Transfer(models.Model):
    """Move ``minor`` units of ``currency``: ``debit`` is charged, ``credit`` receives.

    A held transfer is money lent until it is settled or released, once. A trigger on both
    databases refuses every other change and every deletion: a correction is a new row.
    """

    class State(models.TextChoices):
        """A hold is answered once; a settled transfer is final."""

        HELD = "held", _("held")
        SETTLED = "settled", _("settled")
        RELEASED = "released", _("released")

    key = models.CharField(max_length=120, unique=True)
    case = models.CharField(max_length=40)
    debit = models.CharField(max_length=90)
    credit = models.CharField(max_length=90)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["case"], name="transfer_case"),
            models.Index(
                fields=["case"],
                condition=Q(state="held"),
                name="transfer_held",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="transfer_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_two_accounts"),
            models.CheckConstraint(
                condition=Q(state="settled")
                | Q(state="held", answered_at=None)
                | Q(state="released", answered_at__isnull=False),
                name="transfer_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount} {self.debit} → {self.credit} ({self.state})"

    @property
    def amount(self) -> Money:
        """The amount with its currency."""
        return Money(self.minor, self.currency)
