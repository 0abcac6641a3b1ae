"""The envelope's verbs: open, send, take, hand over, wait, end, open again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import CardAccount, Cardholder
from kernel import references
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Unfit
from kernel.money import Money
from tickets import deadlines, departments, history, kinds, messages, routing, turns
from tickets.machine import begin, perform, record
from tickets.models import Deadline, Event, Link, Message, Ticket, Turn
from tickets.models.ticket import RESOLVED, WAITING

PING_PONG = 3  # hand-overs of one case after which the lead is told


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
    Deadline.objects.bulk_create(dates)
    Turn.objects.create(ticket=ticket, party=rule.to, started_at=opening.received_at)
    if words is not None:
        words.ticket = ticket
        words.save(force_insert=True)
    return ticket


@transaction.atomic
def take(ticket: Ticket, *, actor: Actor, at: datetime, version: int | None = None) -> Ticket:
    """Make the case one's own, in time; the second of two takers is told who was quicker."""
    row = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    if row.assignee_id and row.assignee_id != actor.user.pk:
        owner = row.assignee and (row.assignee.get_full_name() or row.assignee.get_username())
        raise NotNow("already_taken", _("%(owner)s has taken this case.") % {"owner": owner})
    ticket = perform(ticket, "take", actor=actor, at=at, version=version, assignee_id=actor.user.pk)
    deadlines.meet(ticket.pk, ["ticket.take"], at=at)
    return _read(ticket)


@transaction.atomic
def assign(ticket: Ticket, *, actor: Actor, at: datetime, to: Any) -> Ticket:
    """Give the case to somebody."""
    ticket = perform(ticket, "assign", actor=actor, at=at, assignee_id=to.pk)
    deadlines.meet(ticket.pk, ["ticket.assign"], at=at)
    return _read(ticket)


def release(ticket: Ticket, *, actor: Actor, at: datetime) -> Ticket:
    """Give the case back to its department."""
    return perform(ticket, "release", actor=actor, at=at)


@transaction.atomic
def reroute(
    ticket: Ticket, *, actor: Actor, at: datetime, to: str, because: str, summary: str
) -> Ticket:
    """Hand the case over with a reason and a summary; the third time, the lead is told.

    Raises:
        Unfit: the department is unknown or has the case already.
    """
    if to not in departments.DEPARTMENTS or to == ticket.department:
        raise Unfit("bad_department", _("Choose another department."))
    because = messages.checked(because)[:200]
    before = ticket.department
    ticket = perform(
        ticket,
        "reroute",
        actor=actor,
        at=at,
        department=to,
        because=because,
        facts={"from": before, "to": to, "handoffs": ticket.handoffs + 1},
    )
    messages.write(ticket, direction=messages.NOTE, body=summary, actor=actor, at=at)
    if ticket.handoffs >= PING_PONG:
        raise_alert(ticket, f"handed over {ticket.handoffs} times", at=at)
    turns.pass_to(ticket.pk, to, at=at)
    deadlines.unpause(ticket.pk, at=at)
    return _read(ticket)


@transaction.atomic
def wait(
    ticket: Ticket,
    *,
    actor: Actor,
    at: datetime,
    on: str,
    wanted: str,
    until: datetime | None,
    on_silence: str = "time_out",
) -> Ticket:
    """Wait for somebody: internal targets pause, the law's dates run on."""
    ticket = perform(
        ticket,
        "wait",
        actor=actor,
        at=at,
        on=on,
        wanted=wanted,
        until=until,
        on_silence=on_silence,
        facts={"on": on, "until": until.isoformat() if until else ""},
    )
    turns.pass_to(ticket.pk, on, at=at)
    deadlines.pause(ticket.pk, at=at)
    return _read(ticket)


@transaction.atomic
def resume(ticket: Ticket, *, actor: Actor, at: datetime, verb: str = "resume") -> Ticket:
    """Go on with a waiting case; ``verb`` is ``time_out`` when nobody answered."""
    ticket = perform(ticket, verb, actor=actor, at=at)
    turns.pass_to(ticket.pk, ticket.department, at=at)
    deadlines.unpause(ticket.pk, at=at)
    return _read(ticket)


@transaction.atomic
def resolve(ticket: Ticket, *, actor: Actor, at: datetime, resolution: str) -> Ticket:
    """End a case that has no claim beside it."""
    return _ended(perform(ticket, "resolve", actor=actor, at=at, resolution=resolution), at)


@transaction.atomic
def withdraw(ticket: Ticket, *, actor: Actor, at: datetime) -> Ticket:
    """End a case that has no claim because the cardholder asks no more."""
    return _ended(perform(ticket, "withdraw", actor=actor, at=at), at)


def conclude(ticket: Ticket, *, at: datetime, resolution: str) -> Ticket:
    """End a driven case, as the desk: its claim has ended."""
    return _ended(perform(ticket, "conclude", actor=SYSTEM, at=at, resolution=resolution), at)


@transaction.atomic
def reopen(ticket: Ticket, *, actor: Actor, at: datetime, because: str) -> Ticket:
    """Open an ended case again; the first receipt instant and the old dates stay."""
    ticket = perform(ticket, "reopen", actor=actor, at=at, because=because)
    turns.pass_to(ticket.pk, ticket.department, at=at)
    return ticket


def close(ticket: Ticket, *, at: datetime) -> Ticket:
    """Close a resolved case for good."""
    return perform(ticket, "close", actor=SYSTEM, at=at)


@transaction.atomic
def mark_duplicate(ticket: Ticket, *, actor: Actor, at: datetime, of: Ticket) -> Ticket:
    """Say that both cases are about one matter; the earlier receipt is the one that counts."""
    if of.pk == ticket.pk or of.cardholder_id != ticket.cardholder_id:
        raise Unfit("not_a_duplicate", _("Choose another case of the same cardholder."))
    ticket = perform(
        ticket, "mark_duplicate", actor=actor, at=at, of_id=of.pk, facts={"of": of.reference}
    )
    Link.objects.get_or_create(
        ticket=ticket, other=of, relation=Link.Relation.DUPLICATE, defaults={"at": at}
    )
    return ticket


@transaction.atomic
def unmark(ticket: Ticket, *, actor: Actor, at: datetime) -> Ticket:
    """Take a duplicate mark back."""
    Link.objects.filter(ticket=ticket, relation=Link.Relation.DUPLICATE).delete()
    return perform(ticket, "unmark", actor=actor, at=at)


def raise_alert(ticket: Ticket, words: str, *, at: datetime) -> None:
    """Tell the lead: the words stand on the case and in the lead's list."""
    record(ticket.pk, "ticket.alert", actor=SYSTEM, at=at, facts={"words": words})
    Ticket.objects.filter(pk=ticket.pk).update(alert=words)


def overdue_waits(at: datetime, *, batch: int = 200) -> list[Ticket]:
    """Waiting cases whose time is over and whose silence leads back to work."""
    return list(
        Ticket.objects.filter(state=WAITING, waiting_until__lte=at, on_silence="time_out").order_by(
            "waiting_until"
        )[:batch]
    )


def ripe_to_close(at: datetime, *, batch: int = 200) -> list[Ticket]:
    """Resolved cases whose window to object is over."""
    limit = at - timedelta(days=settings.CLOSE_AFTER_DAYS)
    return list(
        Ticket.objects.filter(state=RESOLVED, resolved_at__lte=limit).order_by("resolved_at")[
            :batch
        ]
    )


def _ended(ticket: Ticket, at: datetime) -> Ticket:
    turns.end(ticket.pk, at=at)
    deadlines.unpause(ticket.pk, at=at)
    return _read(ticket)


def _read(ticket: Ticket) -> Ticket:
    """Read the row again: side tables have changed what it repeats of them."""
    return Ticket.objects.get(pk=ticket.pk)


def _belong_to(ticket: Ticket, rows: Iterable[Any]) -> None:
    for row in rows:
        row.ticket = ticket
