"""History: what happened, by whom, when; append-only and chained by hash."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Event(models.Model):
    """One thing that happened to a case: codes, ids and amounts, never free text.

    ``hash`` covers this row and the hash before it, so that a change anywhere breaks the chain
    (``tickets.history``). Triggers refuse UPDATE and DELETE.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=80)
    at = models.DateTimeField()
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24, blank=True)
    facts = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        default_permissions = ("view",)
        ordering = ["ticket_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="event_in_order")]
        indexes = [models.Index(fields=["name", "id"], name="event_by_name")]

    def __str__(self) -> str:
        return f"{self.seq} {self.name}"

    @property
    def verb(self) -> str:
        """The verb without its machine: ``dispute.acknowledge`` → ``acknowledge``."""
        return self.name.partition(".")[2]

    def told(self, reference: str) -> dict[str, Any]:
        """What the hash covers, as plain JSON; ``reference`` is the case's."""
        return {
            "case": reference,
            "seq": self.seq,
            "name": self.name,
            "actor": [self.actor_kind, self.actor_ref],
            "at": self.at.isoformat(),
            "states": [self.before, self.after],
            "facts": self.facts,
            "prev": self.prev_hash,
        }
