"""Doors of the envelope that are no function of ``tickets.services`` by the verb's own name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import NotAllowed
from tickets import attachments, messages
from tickets.models import Ticket


def write(ticket: Ticket, *, actor: Actor, at: datetime, text: str) -> Any:
    """Write to the cardholder."""
    _may_write(actor)
    return messages.write(ticket, direction=messages.OUT, body=text, actor=actor, at=at)


def note(ticket: Ticket, *, actor: Actor, at: datetime, text: str) -> Any:
    """Write a note that only staff read; it disturbs nobody, so no version is asked."""
    _may_write(actor)
    return messages.write(ticket, direction=messages.NOTE, body=text, actor=actor, at=at)


def attach(ticket: Ticket, *, actor: Actor, at: datetime, file: Any, purpose: str) -> Any:
    """Keep a file that came by letter or over the counter."""
    _may_write(actor)
    return attachments.attach(
        ticket, name=file.name, content=file.read(), actor=actor, at=at, purpose=purpose
    )


def _may_write(actor: Actor) -> None:
    if not actor.user.has_perm("tickets.write"):
        raise NotAllowed("not_allowed", _("You may not write in this case."), verb="write")
