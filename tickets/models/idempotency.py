"""Requests that may be sent again: the answer that the first one got."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Idempotency(models.Model):
    """The answer to one request, kept with its effect in one transaction.

    ``principal`` and ``key`` are the caller's; ``payload_hash`` tells whether the key was used
    again for something else.
    """

    principal = models.CharField(max_length=100)
    key = models.CharField(max_length=128)
    payload_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("repeated request")
        verbose_name_plural = _("repeated requests")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["principal", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.principal} {self.key}"
