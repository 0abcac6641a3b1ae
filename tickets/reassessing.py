"""Dates of open cases counted again, after a rule or a calendar has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kernel.actors import SYSTEM
from law.deadlines import Facts
from tickets import deadlines
from tickets.machine import record
from tickets.models import Deadline, Ticket
from tickets.models.ticket import LIVE
from tickets.sweeping import lock

FactsOf = Callable[[Ticket], Iterable[tuple[str, Facts]]]
_ROOMS: dict[str, FactsOf] = {}
COUNTED = (
    "version", "starts_on", "due_on", "due_at", "safe_on", "first_allowed_on", "rolled_on",
    "trace", "waits_for", "warn_before_days", "warn_at",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A date that the facts give today and the case does not have: ``start`` or ``move``."""

    what: str
    ticket: Ticket
    row: Deadline
    stored: Deadline | None


def register(kind: str, facts_of: FactsOf) -> None:
    """Let a room say what is known of its cases: each subject with its facts."""
    _ROOMS[kind] = facts_of


def received(ticket: Ticket) -> list[tuple[str, Facts]]:
    """What is known of a case without a claim: when it came."""
    holder = ticket.cardholder
    day = ticket.received_at.astimezone(holder.zone).date()
    return [("", Facts(ticket.jurisdiction, ticket.kind, {"received": day}, holder.time_zone))]


def preview(*, jurisdiction: str = "", rule: str = "", case: str = "") -> Iterator[Change]:
    """Say what would start or move, case by case; nothing is written."""
    tickets = Ticket.objects.filter(state__in=LIVE, kind__in=_ROOMS).select_related("cardholder")
    for column, value in (("jurisdiction", jurisdiction), ("reference", case)):
        tickets = tickets.filter(**{column: value}) if value else tickets
    for ticket in tickets.order_by("pk").iterator(chunk_size=200):
        yield from (one for one in _of(ticket) if not rule or one.row.rule == rule)


@transaction.atomic
def apply(change: Change, *, at: datetime, reason: str, by: str) -> bool:
    """Write one change with its event, or neither; False when the case has gone on since."""
    lock(change.ticket.pk)
    stored, row = change.stored, change.row
    if not Ticket.objects.filter(pk=change.ticket.pk, state__in=LIVE).exists():
        return False
    if stored is None:
        row.ticket = change.ticket
        if Deadline.objects.filter(
            ticket=change.ticket, rule=row.rule, subject=row.subject
        ).exists():
            return False
        row.save(force_insert=True)
    else:
        same = Deadline.objects.filter(
            pk=stored.pk, state=deadlines.RUNNING, due_on=stored.due_on, breached_at=None
        )
        if not same.update(**{name: getattr(row, name) for name in COUNTED}):
            return False
    facts = {
        "rule": row.rule, "from": _said(stored) if stored else "", "to": _said(row),
        "reason": reason, "by": by,
    }  # fmt: skip
    record(change.ticket.pk, "ticket.reassess", actor=SYSTEM, at=at, facts=facts)
    deadlines.refresh(change.ticket.pk)
    return True


def _of(ticket: Ticket) -> Iterator[Change]:
    stored = {(row.subject, row.rule): row for row in ticket.deadlines.all()}
    for subject, facts in _ROOMS[ticket.kind](ticket):
        zone = ticket.cardholder.time_zone
        for row in deadlines.rows(facts, time_zone=zone, subject=subject):
            old = stored.get((subject, row.rule))
            if not _said(row) or (old is None and ("", row.rule) in stored):
                continue
            if old is None or _moves(old, row):
                what = "move" if old is not None and _said(old) else "start"
                yield Change(what, ticket, row, old)


def _moves(old: Deadline, new: Deadline) -> bool:
    """What is met, ended or missed stays; a target of the house may have stood still."""
    if old.state != deadlines.RUNNING or old.breached_at or _said(old) == _said(new):
        return False
    return not _said(old) or old.severity != Deadline.Severity.INTERNAL


def _said(row: Deadline) -> str:
    day = row.due_on or row.first_allowed_on
    return day.isoformat() if day else ""


register("enquiry", received)
