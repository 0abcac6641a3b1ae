"""Withdrawing a complaint, which is kept and counted, and taking an ended one up again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from complaints import recusal
from complaints.models import Complaint, Decision
from complaints.outcomes import WITHDRAWN
from complaints.services.clocks import locked, reassess, today
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow
from tickets import deadlines, messages
from tickets import services as tickets
from tickets.machine import perform


@transaction.atomic
def withdraw(
    complaint: Complaint, *, actor: Actor, at: datetime, version: int | None = None
) -> Complaint:
    """End it because the complainant asks no more; we confirm it in writing."""
    complaint = perform(locked(complaint), "withdraw", actor=actor, at=at, version=version)
    complaint.decisions.filter(state=Decision.State.DRAFTED).update(
        state=Decision.State.RETURNED, returned_because=WITHDRAWN
    )
    deadlines.meet(complaint.ticket_id, ["complaint.withdraw"], at=at)
    deadlines.end(complaint.ticket_id, at=at)
    tickets.conclude(complaint.ticket, at=at, resolution=WITHDRAWN)
    return complaint


@transaction.atomic
def reopen(
    complaint: Complaint, *, actor: Actor, at: datetime, because: str, version: int | None = None
) -> Complaint:
    """Take an ended complaint up again: a new round with dates of its own, from today.

    The first round's letters, dates and money stay. A cardholder may within the reopening window;
    later only staff.

    Raises:
        NotNow: the window is over.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    if actor.kind == "cardholder":
        _in_time(row, at)
    words = messages.checked(because)
    complaint = perform(
        row, "reopen", actor=actor, at=at, version=version,
        counted_from=today(row, at), facts={"round": row.round + 1},
    )  # fmt: skip
    tickets.reopen(complaint.ticket, actor=SYSTEM, at=at, because="reopen")
    direction = messages.IN if actor.kind == "cardholder" else messages.NOTE
    messages.write(complaint.ticket, direction=direction, body=words, actor=actor, at=at)
    reassess(complaint, at=at)
    return complaint


def _in_time(complaint: Complaint, at: datetime) -> None:
    ended = complaint.told_at or complaint.decided_at
    if ended and at > ended + timedelta(days=settings.REOPEN_WITHIN_DAYS):
        raise NotNow("reopening_window_over", _("The time to object is over. Write to us anew."))
