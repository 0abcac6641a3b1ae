"""E-mail, through Django's mail backend."""

from __future__ import annotations

import hashlib
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from accounts.models import Cardholder
from outreach import reply_addresses
from outreach.blocks import Letter
from outreach.channels import Receipt, Undeliverable
from outreach.models import Notice


def reaches(holder: Cardholder) -> bool:
    """Say whether an address is known."""
    return bool(holder.email)


def send(notice: Notice, letter: Letter, *, at: datetime) -> Receipt:
    """Hand the letter to the mail server.

    The Message-ID is the notice's own: if a worker died after handing it over, the second copy
    bears the same one, and a mail server or reader may drop it.

    Raises:
        Undeliverable: the address is no address, or the server refuses it for good.
        OSError: the server cannot be reached, or is busy; try again later.
    """
    address = notice.ticket.cardholder.email
    try:
        # A line break in an address would start a header of its own.
        validate_email(address)
    except ValidationError as error:
        raise Undeliverable("not an address") from error
    text = letter.plain()
    answers = reply_addresses.of(notice.ticket.reference) or settings.REPLY_TO_EMAIL
    mail = EmailMessage(
        subject=" ".join(letter.subject.split()), body=text, to=[address],
        reply_to=[answers] if answers else None,
        headers={
            "Message-ID": f"<{notice.ref}@{reply_addresses.own_domain()}>",
            # Out-of-office replies would come back as if the cardholder had answered.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": notice.language,
        },
    )  # fmt: skip
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _words in error.recipients.values()):
            raise Undeliverable("the mail server refuses the address") from error
        raise
    return Receipt(_masked(address), hashlib.sha256(text.encode()).hexdigest())


def _masked(address: str) -> str:
    """Keep enough to recognise the address, not enough to write to it."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"[:120]
