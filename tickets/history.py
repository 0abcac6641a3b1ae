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
        name=name, actor_kind=actor.kind, actor_ref=actor.ref, at=at.astimezone(UTC),
        before=before, after=after, facts=facts,
    )  # fmt: skip


def chained(ticket_id: int, seq: int, last: str, event: Event) -> Event:
    """Give ``event`` its place after the event ``seq`` whose hash is ``last``."""
    event.ticket_id, event.seq, event.prev_hash = ticket_id, seq + 1, last
    event.hash = digest(event)
    return event


def next_event(
    ticket: Ticket, name: str, actor: Actor, at: datetime, before: str, after: str,
    facts: dict[str, Any],
) -> Event:  # fmt: skip
    """Make the event that follows the ticket's head; the caller holds the ticket's lock."""
    return chained(
        ticket.pk, ticket.seq, ticket.head, unchained(name, actor, at, before, after, facts)
    )


def append(ticket: Ticket, events: list[Event]) -> None:
    """Chain and insert the first events of a ticket that was inserted a moment ago."""
    for event in events:
        chained(ticket.pk, ticket.seq, ticket.head, event)
        ticket.seq, ticket.head = event.seq, event.hash
    Event.objects.bulk_create(events)
    Ticket.objects.filter(pk=ticket.pk).update(seq=ticket.seq, head=ticket.head)


def digest(event: Event) -> str:
    """SHA-256 over everything that the event tells, and the hash before it."""
    told = json.dumps(event.told(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def broken_links(ticket: Ticket) -> Iterator[tuple[int, str]]:
    """Yield (event number, what is wrong) for each broken link of one case, in order."""
    seq, last = 0, ""
    for event in ticket.events.order_by("seq").iterator(chunk_size=500):
        if event.seq != seq + 1:
            yield seq + 1, "is missing"
        elif event.prev_hash != last:
            yield event.seq, "does not follow the event before it"
        elif event.hash != digest(event):
            yield event.seq, "was changed after it was written"
        seq, last = event.seq, event.hash
    if (ticket.seq, ticket.head) != (seq, last):
        yield ticket.seq, "is the head that the case remembers, but history ends elsewhere"
