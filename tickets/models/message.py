"""What people wrote and the files they sent. Redacted before it is stored."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Message(models.Model):
    """One message in the case's thread, or a note that only staff see."""

    class Direction(models.TextChoices):
        """From the cardholder, to the cardholder, or among staff."""

        IN = "in", _("from the cardholder")
        OUT = "out", _("to the cardholder")
        NOTE = "note", _("internal note")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages")
    ref = models.CharField(max_length=20, unique=True)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=80)
    body = models.TextField()
    masked = models.PositiveSmallIntegerField(default=0)
    in_reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ("view",)
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["ticket", "at"], name="message_thread")]

    def __str__(self) -> str:
        return self.ref


def stored_name(attachment: Attachment, _name: str) -> str:
    """Name a stored file by chance: nothing that a person typed becomes a path."""
    token = uuid.uuid4().hex
    return f"attachments/{token[:2]}/{token}"


class Attachment(models.Model):
    """A file of a case, with what its bytes proved it to be."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="attachments")
    ref = models.CharField(max_length=20, unique=True)
    file = models.FileField(upload_to=stored_name, max_length=120)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Which evidence it gives ("order_confirmation"); empty when nobody has said.
    purpose = models.CharField(max_length=40, blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ("view",)
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "sha256"], name="attachment_once_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.media_type}"
