"""Notices: what is to be told, what was told, and the proof."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Cardholder
from tickets.models import Event, Ticket


class Notice(models.Model):
    """One letter about one event by one channel, at most once.

    ``due_at`` is when a worker may take it: at once, after a back-off, or, while one is sending
    it, when that worker counts as dead. ``claim`` is that worker's own token: who has lost it
    may not mark the notice any more. ``ref`` names it to the outside (Message-ID, file name), so
    that a twin of a letter that was in flight when a worker died can be known and dropped.
    ``subject``, ``body`` and ``sent_to`` are personal data and may be erased; ``sha256`` of what
    left stays.
    """

    class State(models.TextChoices):
        """``sent`` is when it left; its effects on the case follow at once (``settled_at``)."""

        QUEUED = "queued", _("waiting to leave")
        SENDING = "sending", _("leaving")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("overtaken")
        UNDELIVERABLE = "undeliverable", _("no address")
        FAILED = "failed", _("failed")

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="notices")
    ref = models.CharField(max_length=20, unique=True)
    letter = models.CharField(_("letter"), max_length=40)
    channel = models.CharField(_("channel"), max_length=12)
    language = models.CharField(_("language"), max_length=10, choices=Cardholder.Language.choices)
    state = models.CharField(_("state"), max_length=13, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Characters that no font of ours has: boxes on paper, for somebody to write by hand.
    unprintable = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "channel"], name="notice_once_an_event_and_channel"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="notice_sent_has_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["queued", "sending"]),
                name="notice_to_send",
            ),
            models.Index(
                fields=["id"], condition=Q(state="sent", settled_at=None), name="notice_to_settle"
            ),
            models.Index(
                fields=["id"], condition=Q(state="undeliverable"), name="notice_no_address"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Position(models.Model):
    """How far a reader of the history has come.

    Events get their numbers before they are committed, so a smaller number may become visible
    after a larger one. A reader therefore looks again at everything above ``floor``, which
    follows ``seen``, the largest number at ``seen_at``, only after a while.
    """

    reader = models.CharField(max_length=20, unique=True)
    floor = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reader} {self.floor}"
