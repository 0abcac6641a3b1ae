"""Whom a sender's address belongs to, and whether our mail server believes it."""

from __future__ import annotations

import re
from email.message import Message

from django.conf import settings

from accounts.models import Cardholder
from intake.mime import headers

_VERDICT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)


def cardholders(address: str) -> list[Cardholder]:
    """The cardholders with this address on file, at most two: more change nothing."""
    return list(Cardholder.objects.filter(email__iexact=address).order_by("pk")[:2])


def ours(address: str) -> bool:
    """Say whether the desk itself writes from it, or is written to there."""
    name, _at, domain = address.partition("@")
    plain = f"{name.partition('+')[0]}@{domain}"
    own = (settings.DEFAULT_FROM_EMAIL, settings.REPLY_TO_EMAIL, settings.MAIL_ADDRESS)
    return plain in {one.rpartition("<")[2].strip("> ").lower() for one in own if one}


def doubted(message: Message) -> bool:
    """Say whether our own mail server found the sender forged (RFC 8601).

    Only the header that bears its name counts, and only the topmost: it stands above whatever a
    sender wrote. Without a name in the settings nobody is doubted.
    """
    if not settings.MAIL_AUTHSERV:
        return False
    for line in headers.every(message, "Authentication-Results"):
        server, _sep, rest = line.partition(";")
        if server.split()[:1] == [settings.MAIL_AUTHSERV]:
            found = {key.lower(): verdict.lower() for key, verdict in _VERDICT.findall(rest)}
            unsigned = found.get("dkim", "none") != "pass"
            return found.get("dmarc") == "fail" or (found.get("spf") == "fail" and unsigned)
    return False
