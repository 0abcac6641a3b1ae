"""What a letter may say: the case in words of its reader's language, read in few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings

from outreach import claim_words, grievance_words, wording
from outreach.models import Notice
from outreach.reader import Reader

Words = dict[str, Any]
# Each kind of case has words of its own.
BUILDERS: dict[str, Callable[..., Words]] = {
    "dispute": claim_words.of,
    "complaint": grievance_words.of,
}


def of(notice: Notice, *, at: datetime) -> Words:
    """Everything that the notice's template may use: plain, clean words.

    ``at`` is the instant at which the letter leaves: days that count from it are computed here.
    """
    reader = Reader(notice.ticket.cardholder, notice.language)
    words = {
        **_case(notice, reader, at),
        **BUILDERS[notice.ticket.kind](notice, reader, at=at),
    }
    found: Words = wording.clean(words)
    return found


def _case(notice: Notice, reader: Reader, at: datetime) -> Words:
    """What every letter says, whatever the case is about."""
    ticket = notice.ticket
    return {
        "issuer": settings.ISSUER_NAME,
        "contact": settings.ISSUER_ADDRESS,
        "can_reply": notice.channel == "email"
        and bool(settings.MAIL_ADDRESS or settings.REPLY_TO_EMAIL),
        "name": reader.holder.name,
        "reference": ticket.reference,
        "today": reader.day(at),
        "received_on": reader.day(ticket.received_at),
        "last_four": ticket.account.last_four if ticket.account else "",
        "jurisdiction": ticket.jurisdiction,
    }
