"""A dispute that is being written: no case, no clock, no letter until it is sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Cardholder


class Draft(models.Model):
    """What a cardholder has filled in so far; ``reference`` becomes the case's when it is sent.

    ``content`` is what ``disputes.services.file`` takes, checked for its shape and redacted, but
    not yet complete.
    """

    reference = models.CharField(max_length=20, unique=True)
    cardholder = models.ForeignKey(Cardholder, models.PROTECT, related_name="drafts")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="draft_expires_later"
            )
        ]
        indexes = [models.Index(fields=["expires_at"], name="draft_expiry")]

    def __str__(self) -> str:
        return self.reference
