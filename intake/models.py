"""The raw store: each mail that came, exactly as it came, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models import Message, Ticket


class RawMessage(models.Model):
    """One delivery. Its bytes lie in the raw store as ``stored_as`` until somebody erases them.

    ``sender``, ``subject`` (masked) and ``header_id`` (its Message-ID) are personal data and go
    with the bytes; ``sha256``, the instant and what became of it stay.
    """

    class State(models.TextChoices):
        """What became of it."""

        RECEIVED = "received", _("kept, not read yet")
        TAKEN = "taken", _("taken")
        QUARANTINED = "quarantined", _("waits for a person")
        REFUSED = "refused", _("not taken")
        DUPLICATE = "duplicate", _("came before")

    class Outcome(models.TextChoices):
        """What a mail that was taken became."""

        CASE = "case", _("new case")
        MESSAGE = "message", _("message of a case")

    class Why(models.TextChoices):
        """Why it was not simply taken."""

        UNREADABLE = "unreadable", _("cannot be read")
        CHARSET_REFUSED = "charset_refused", _("character set refused (UTF-7)")
        TOO_MANY_PARTS = "too_many_parts", _("too many parts")
        TOO_LARGE = "too_large", _("too large")
        EMPTY = "empty", _("empty")
        NO_SENDER = "no_sender", _("no sender")
        SEVERAL_SENDERS = "several_senders", _("several senders")
        NOT_PROVEN = "not_proven", _("the mail server doubts the sender")
        UNKNOWN_SENDER = "unknown_sender", _("unknown sender")
        SHARED_ADDRESS = "shared_address", _("several cardholders have this address")
        FORGED_REPLY = "forged_reply", _("answers an address that we never issued")
        STRANGERS_REPLY = "strangers_reply", _("answers another person's case")
        SEVERAL_CASES = "several_cases", _("answers several cases")
        CASE_CLOSED = "case_closed", _("answers a closed case")
        SAME_ID = "same_id", _("other words under a number that was used")
        TOO_MANY = "too_many", _("too many within an hour")
        NOT_ACCEPTED = "not_accepted", _("the case did not accept it")
        OWN = "own", _("our own mail came back")
        AUTOMATIC = "automatic", _("sent by a machine")
        UNDELIVERED = "undelivered", _("a letter came back")
        DELAYED = "delayed", _("a letter is late or arrived")
        BY_HAND = "by_hand", _("refused by a person")

    ref = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=60, blank=True)
    door = models.CharField(max_length=8)
    received_at = models.DateTimeField(_("received"))
    kept_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=11, choices=State.choices, default=State.RECEIVED
    )
    outcome = models.CharField(_("became"), max_length=7, choices=Outcome.choices, blank=True)
    why = models.CharField(_("why"), max_length=16, choices=Why.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Whoever began to read it has some minutes; after that it counts as dead.
    begun_at = models.DateTimeField(null=True, blank=True)
    header_id = models.CharField(max_length=250, blank=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    # Message id, sender and body together: the same mail by another way differs in its head.
    twin = models.CharField(max_length=64, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, related_name="mails")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    because = models.CharField(max_length=200, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        default_permissions = ("view",)
        permissions = [("take", "Take mail as a new case"), ("refuse", "Refuse mail")]
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(state="duplicate"), name="mail_kept_once"
            ),
            models.UniqueConstraint(
                fields=["twin"],
                condition=~Q(state="duplicate") & ~Q(twin=""),
                name="mail_twin_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(state="taken", ticket__isnull=False) & ~Q(outcome="")
                | ~Q(state="taken") & Q(outcome=""),
                name="mail_taken_has_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["quarantined", "refused"]) | ~Q(why=""),
                name="mail_not_taken_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="received"), name="mail_to_read"),
            models.Index(fields=["header_id"], name="mail_by_header_id"),
            models.Index(fields=["sender", "received_at"], name="mail_by_sender"),
            models.Index(fields=["ticket", "received_at"], name="mail_by_case"),
        ]

    def __str__(self) -> str:
        return self.ref
