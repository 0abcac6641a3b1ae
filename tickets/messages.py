"""Words and files of a case: redacted, checked, stored."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from kernel import references
from kernel.actors import Actor
from kernel.errors import NotNow, Unfit
from tickets.machine import record
from tickets.models import Message, Ticket
from tickets.models.ticket import CLOSED

LONGEST = 20_000  # characters of one message
# NUL and halves of a character: neither can be stored or sent on.
_UNCLEAN = re.compile("[\x00\ud800-\udfff]")

IN, OUT, NOTE = Message.Direction.IN, Message.Direction.OUT, Message.Direction.NOTE


def draft(
    *, direction: str, body: str, actor: Actor, at: datetime, in_reply_to: Message | None = None
) -> Message:
    """Make a message that belongs to no case yet: checked and redacted, not stored.

    Raises:
        Unfit: the text is empty, too long or holds characters that no text has.
    """
    redacted = redaction.redact(checked(body))
    return Message(
        ref=references.new("M"),
        direction=direction,
        body=redacted.text,
        masked=len(redacted.kinds),
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        at=at,
        in_reply_to=in_reply_to,
    )


def checked(body: str) -> str:
    """Return ``body`` without blank ends.

    Raises:
        Unfit: empty, longer than ``LONGEST`` characters, or with characters that no text has.
    """
    text = body.strip()
    if not text:
        raise Unfit("text_empty", _("Write something first."))
    if len(text) > LONGEST:
        raise Unfit(
            "text_too_long",
            _("A message may have %(longest)d characters. Send the rest as a file.")
            % {"longest": LONGEST},
        )
    if _UNCLEAN.search(text):
        raise Unfit("text_not_clean", _("The text holds characters that no text has (NUL)."))
    return text


@transaction.atomic
def write(
    ticket: Ticket,
    *,
    direction: str,
    body: str,
    actor: Actor,
    at: datetime,
    in_reply_to: Message | None = None,
    version: int | None = None,
) -> Message:
    """Add a message to the case's thread.

    Raises:
        NotNow: the case is closed; it can be reopened.
        Unfit: see :func:`draft`.
    """
    message = draft(direction=direction, body=body, actor=actor, at=at, in_reply_to=in_reply_to)
    if direction == IN and _state(ticket) == CLOSED:
        raise NotNow("case_closed", _("This case is closed. Ask for it to be opened again first."))
    name = "ticket.note" if direction == NOTE else "ticket.write"
    record(
        ticket.pk,
        name,
        actor=actor,
        at=at,
        version=version,
        facts={"message": message.ref, "direction": direction, "masked": message.masked},
    )
    message.ticket = ticket
    message.save(force_insert=True)
    return message


def _state(ticket: Ticket) -> str:
    """The case's state under its lock: it may have been closed since it was read."""
    head = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket.pk)
    return head.values_list("state", flat=True).get()
