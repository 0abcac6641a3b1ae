"""The chain of events: how each is hashed, appended, and proved afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kernel.actors import Actor
from tickets.models import Event, Ticket


def unchained(
    name: str, actor: Actor, at: datetime, before: str, after: str, facts: dict[str, Any]
) -> Event:
    """Make an event that has no place in a chain yet."""
    return Event(
        name=name,
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        at=at.astimezone(UTC),
        before=before,
        after=after,
        facts=facts,
    )


def chained(reference: str, seq: int, last: str, event: Event) -> Event:
    """Give ``event`` its place after the event ``seq`` whose hash is ``last``."""
    event.seq, event.prev_hash = seq + 1, last
    event.hash = digest(event, reference)
    return event


def advance(ticket: Ticket, event: Event) -> Event:
    """Make ``event`` the ticket's head; the caller holds the ticket's lock and saves both."""
    chained(ticket.reference, ticket.seq, ticket.head, event)
    ticket.seq, ticket.head, ticket.updated_at = event.seq, event.hash, event.at
    return event


def digest(event: Event, reference: str) -> str:
    """SHA-256 over everything that the event tells, and the hash before it."""
    told = json.dumps(
        event.told(reference), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(told.encode()).hexdigest()


def broken_links(ticket: Ticket) -> Iterator[tuple[int, str]]:
    """Yield (event number, what is wrong) for each broken link of one case, in order."""
    seq, last = 0, ""
    for event in ticket.events.order_by("seq").iterator(chunk_size=500):
        if event.seq != seq + 1:
            yield seq + 1, "is missing"
        elif event.prev_hash != last:
            yield event.seq, "does not follow the event before it"
        elif event.hash != digest(event, ticket.reference):
            yield event.seq, "was changed after it was written"
        seq, last = event.seq, event.hash
    if (ticket.seq, ticket.head) != (seq, last):
        yield ticket.seq, "is the head that the case remembers, but history ends elsewhere"
