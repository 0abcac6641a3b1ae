"""Whose turn it is: time counted by the party that had to move."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from tickets.models import Ticket, Turn


def pass_to(ticket_id: int, party: str, *, at: datetime) -> None:
    """End the open turn and begin one of ``party``; the same party keeps its turn.

    The caller holds the ticket's lock, so two turns are never open.
    """
    open_turns = Turn.objects.filter(ticket_id=ticket_id, ended_at=None)
    if open_turns.filter(party=party).exists():
        return
    open_turns.update(ended_at=at)
    Turn.objects.create(ticket_id=ticket_id, party=party, started_at=at)


def end(ticket_id: int, *, at: datetime) -> None:
    """Nobody has to move: the case has ended."""
    Turn.objects.filter(ticket_id=ticket_id, ended_at=None).update(ended_at=at)


def spent(ticket: Ticket, *, now: datetime) -> dict[str, timedelta]:
    """How long each party has had the case, open turn included, longest first."""
    total: defaultdict[str, timedelta] = defaultdict(timedelta)
    for turn in ticket.turns.all():
        total[turn.party] += (turn.ended_at or now) - turn.started_at
    return dict(sorted(total.items(), key=lambda pair: pair[1], reverse=True))
