"""System checks: what would be wrong in silence otherwise."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution


@register()
def clock_is_utc(**_kwargs: Any) -> list[CheckMessage]:
    """Stored instants are UTC; the law's dates are made in the cardholder's own zone."""
    if settings.TIME_ZONE == "UTC" and settings.USE_TZ:
        return []
    return [Error("TIME_ZONE must stay UTC and USE_TZ on.", id="recourse.E001")]


@register(deploy=True)
def scanner_is_set(**_kwargs: Any) -> list[CheckMessage]:
    """Files of strangers should meet a virus scanner before staff open them."""
    if settings.SCANNER:
        return []
    return [
        Caution(
            "No virus scanner: attachments are checked for their type only.",
            hint="Set RECOURSE_SCANNER=host:port of a clamd.",
            id="recourse.W001",
        )
    ]
