"""One disputed transaction within a claim: its amounts always add up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CardTransaction
from disputes.models.dispute import Dispute
from disputes.outcomes import OUTCOMES
from kernel.money import Money


class Credit(models.TextChoices):
    """What the cardholder has of the amount so far."""

    NONE = "none", _("nothing yet")
    PROVISIONAL = "provisional", _("lent while we look")
    REVERSAL_ANNOUNCED = "reversal_announced", _("will be taken back")
    REVERSED = "reversed", _("taken back")
    FINAL = "final", _("credited for good")


class DisputeItem(models.Model):
    """A transaction, or a part of one, in a claim.

    All amounts are minor units of ``currency``: disputed = recovered + written off + denied +
    open, and the database itself refuses a row where they do not add up. ``merchant_minor`` is
    the part of ``recovered_minor`` that the merchant refunded straight to the account;
    ``credited_minor`` is what we have credited for good; ``lent_minor`` what is lent now.
    ``charges_minor`` are fees and interest on the disputed amount, refunded beside it.
    """

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="items")
    transaction = models.ForeignKey(CardTransaction, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    # Undecided: no second claim about the same transaction may be filed meanwhile.
    live = models.BooleanField(default=True)
    currency = models.CharField(max_length=3)
    disputed_minor = models.BigIntegerField()
    recovered_minor = models.BigIntegerField(default=0)
    written_off_minor = models.BigIntegerField(default=0)
    denied_minor = models.BigIntegerField(default=0)
    open_minor = models.BigIntegerField()
    merchant_minor = models.BigIntegerField(default=0)
    credited_minor = models.BigIntegerField(default=0)
    lent_minor = models.BigIntegerField(default=0)
    charges_minor = models.BigIntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    credit = models.CharField(max_length=20, choices=Credit.choices, default=Credit.NONE)
    reverse_on = models.DateField(null=True, blank=True)
    # Why the network gives no right; it says nothing about what the law owes the cardholder.
    no_network_right = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("disputed transaction")
        verbose_name_plural = _("disputed transactions")
        default_permissions = ("view",)
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="item_number"),
            models.UniqueConstraint(
                fields=["transaction"], condition=Q(live=True), name="item_one_live_a_transaction"
            ),
            models.CheckConstraint(
                condition=Q(
                    disputed_minor=F("recovered_minor")
                    + F("written_off_minor")
                    + F("denied_minor")
                    + F("open_minor")
                ),
                name="item_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    disputed_minor__gt=0,
                    recovered_minor__gte=0,
                    written_off_minor__gte=0,
                    denied_minor__gte=0,
                    open_minor__gte=0,
                    merchant_minor__gte=0,
                    credited_minor__gte=0,
                    lent_minor__gte=0,
                    charges_minor__gte=0,
                    merchant_minor__lte=F("recovered_minor"),
                ),
                name="item_amounts_fit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reverse_on"],
                condition=Q(credit="reversal_announced"),
                name="item_to_reverse",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}/{self.number}"

    @property
    def disputed(self) -> Money:
        """The disputed amount."""
        return Money(self.disputed_minor, self.currency)
