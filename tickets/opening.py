"""Opening a case: reference, route, deadlines, first words, history, in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import CardAccount, Cardholder
from kernel import references
from kernel.actors import SYSTEM, Actor
from kernel.money import Money
from tickets import deadlines, history, kinds, routing
from tickets.machine import begin
from tickets.models import Deadline, Event, Message, Ticket, Turn


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a new case is about, whose it is, and when its notice came in.

    ``received_at`` may lie before the instant at which it is typed: the law counts from it.
    """

    matter: routing.Matter
    cardholder: Cardholder
    account: CardAccount | None
    received_at: datetime
    amount: Money | None = None
    external_ref: str = ""
    reference: str = ""

    def ticket(self, department: str) -> Ticket:
        """The ticket that it becomes, not stored yet."""
        return Ticket(
            reference=self.reference or references.new(kinds.KINDS[self.matter.kind].prefix),
            kind=self.matter.kind,
            topic=self.matter.topic,
            source=self.matter.source,
            external_ref=self.external_ref,
            cardholder=self.cardholder,
            account=self.account,
            jurisdiction=self.cardholder.jurisdiction,
            received_at=self.received_at,
            updated_at=self.received_at,
            department=department,
            amount_minor=self.amount.minor if self.amount is not None else 0,
            currency=self.amount.currency if self.amount is not None else "",
        )


def open_ticket(
    opening: Opening,
    *,
    actor: Actor,
    at: datetime,
    dates: list[Deadline],
    words: Message | None = None,
    then: Iterable[Event] = (),
) -> Ticket:
    """Open a case: reference, route, deadlines, first message, history, in one go.

    Runs inside the caller's transaction. ``dates`` come from ``deadlines.rows``; ``then`` are
    the claim's own first events.
    """
    rule = routing.route(opening.matter)
    ticket = opening.ticket(rule.to)
    opened = history.unchained(
        "ticket.open_ticket",
        actor,
        at,
        "",
        ticket.state,
        {"source": ticket.source, "received_at": opening.received_at.isoformat()},
    )
    sent = begin(
        ticket,
        "triage",
        actor=SYSTEM,
        at=at,
        department=rule.to,
        because=rule.why,
        priority=rule.priority,
    )
    nearest = deadlines.nearest_of(dates)
    if nearest is not None:
        ticket.next_due_at, ticket.next_due_rule = nearest.due_at, nearest.rule
    events = [history.advance(ticket, event) for event in (opened, *then, sent)]
    ticket.save(force_insert=True)
    _belong_to(ticket, [*events, *dates])
    Event.objects.bulk_create(events)
    ticket.known_dates = Deadline.objects.bulk_create(dates)
    Turn.objects.create(ticket=ticket, party=rule.to, started_at=opening.received_at)
    if words is not None:
        words.ticket = ticket
        words.save(force_insert=True)
    ticket.has_story = words is not None
    return ticket


def _belong_to(ticket: Ticket, rows: Iterable[Any]) -> None:
    for row in rows:
        row.ticket = ticket
