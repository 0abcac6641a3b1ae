"""News from a card network: kept as it came, applied at most once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.chargeback import Chargeback


class NetworkEvent(models.Model):
    """One piece of news about one chargeback, identified by the network's own event id.

    What cannot be applied (unknown word, older than what we know, no such chargeback, wrong
    state) is quarantined with the reason, for a person: never guessed.
    """

    class Status(models.TextChoices):
        """What became of it."""

        APPLIED = "applied", _("applied")
        QUARANTINED = "quarantined", _("quarantined")

    network = models.CharField(max_length=10)
    event_id = models.CharField(max_length=64)
    network_reference = models.CharField(max_length=40)
    leg = models.ForeignKey(
        Chargeback, models.PROTECT, null=True, blank=True, related_name="network_events"
    )
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    occurred_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices)
    why = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("network news")
        verbose_name_plural = _("network news")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "event_id"], name="network_event_once")
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(status="quarantined"),
                name="network_event_quarantine",
            )
        ]

    def __str__(self) -> str:
        return f"{self.network}:{self.event_id}"
