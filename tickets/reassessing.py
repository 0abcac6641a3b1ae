"""Dates of open cases counted again, after a rule or a calendar has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kernel.actors import SYSTEM
from law.deadlines import Facts
from law.registry import by_id
from tickets import deadlines
from tickets.machine import record
from tickets.models import Deadline, Ticket
from tickets.models.ticket import LIVE
from tickets.sweeping import lock


@dataclass(frozen=True)
class Known:
    """Facts about a case or a part of it; ``only`` narrows what they start to rules by id."""

    subject: str
    facts: Facts
    only: frozenset[str] | None = None


FactsOf = Callable[[Ticket], Iterable[Known]]
Follow = Callable[[Ticket, Deadline], None]
_ROOMS: dict[str, FactsOf] = {}
_FOLLOWING: dict[str, Follow] = {}
COUNTED = (
    "version", "starts_on", "due_on", "due_at", "safe_on", "first_allowed_on", "rolled_on",
    "trace", "waits_for", "warn_before_days", "warn_at",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What counting again would do to one date of a case: start, move, complete or end it.

    A date is completed when only its safe date had waited; it ends when its rule is gone or was
    switched off.
    """

    what: str
    ticket: Ticket
    row: Deadline
    stored: Deadline | None


def register(kind: str, facts_of: FactsOf, follow: Follow | None = None) -> None:
    """Let a room say what is known of its cases, and follow a date that has changed.

    ``follow`` is called in the same transaction, for what the room keeps of a date beside it.
    """
    _ROOMS[kind] = facts_of
    if follow is not None:
        _FOLLOWING[kind] = follow


def received(ticket: Ticket) -> list[Known]:
    """What is known of a case without a claim: when it came."""
    holder = ticket.cardholder
    day = ticket.received_at.astimezone(holder.zone).date()
    values = {"received": day, "region": holder.region or None}
    return [Known("", Facts(ticket.jurisdiction, ticket.kind, values, holder.time_zone))]


def preview(*, jurisdiction: str = "", rule: str = "", case: str = "") -> Iterator[Change]:
    """Say what would start or move, case by case; nothing is written."""
    tickets = Ticket.objects.filter(state__in=LIVE, kind__in=_ROOMS).select_related("cardholder")
    for column, value in (("jurisdiction", jurisdiction), ("reference", case)):
        tickets = tickets.filter(**{column: value}) if value else tickets
    for ticket in tickets.order_by("pk").iterator(chunk_size=200):
        yield from (one for one in changes(ticket) if not rule or one.row.rule == rule)


def with_new_facts(ticket: Ticket, *, at: datetime, reason: str) -> int:
    """Start what new facts start, and bring forward what they make earlier. Returns how many.

    A later date stays as it was told: nobody is harmed by the earlier one.
    """
    done = 0
    for change in list(changes(ticket)):
        old, new = change.stored, change.row
        earlier = old is not None and old.due_on and new.due_on and new.due_on < old.due_on
        if change.what == "start" or (change.what == "move" and earlier):
            done += apply(change, at=at, reason=reason, by="new facts")
    return done


@transaction.atomic
def apply(change: Change, *, at: datetime, reason: str, by: str) -> bool:
    """Write one change with its event, or neither; False when the case has gone on since."""
    lock(change.ticket.pk)
    stored, row = change.stored, change.row
    to = "" if change.what == "end" else _said(row)
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
        new = {name: getattr(row, name) for name in COUNTED}
        if change.what == "end":
            new = {"state": deadlines.ENDED, "met_at": at}
        if not same.update(**new):
            return False
    facts = {
        "rule": row.rule, "from": _said(stored) if stored else "", "to": to,
        "reason": reason, "by": by,
    }  # fmt: skip
    follow = _FOLLOWING.get(change.ticket.kind)
    if follow is not None and change.what != "end":
        follow(change.ticket, row)
    record(change.ticket.pk, "ticket.reassess", actor=SYSTEM, at=at, facts=facts)
    deadlines.refresh(change.ticket.pk)
    return True


def changes(ticket: Ticket) -> Iterator[Change]:
    """What counting a case's dates again would do, from the facts as they are known now."""
    stored = {(row.subject, row.rule): row for row in ticket.deadlines.all()}
    zone = ticket.cardholder.time_zone
    for known in _ROOMS[ticket.kind](ticket):
        for row in deadlines.rows(known.facts, time_zone=zone, subject=known.subject):
            if known.only is not None and row.rule not in known.only:
                continue
            old = stored.get((known.subject, row.rule))
            what = _what(old, row, of_whole=("", row.rule) in stored)
            if what:
                yield Change(what, ticket, row, old)
    for row in stored.values():
        if row.state == deadlines.RUNNING and not _in_use(row.rule):
            yield Change("end", ticket, row, row)


def _what(old: Deadline | None, new: Deadline, *, of_whole: bool) -> str:
    """Say what a newly counted date does beside the stored one; "" when nothing changes."""
    if not _said(new):
        return ""
    if old is None:
        return "" if of_whole else "start"
    if _moves(old, new):
        return "move" if _said(old) else "start"
    return "complete" if _completes(old, new) else ""


def _in_use(rule_id: str) -> bool:
    rule = by_id().get(rule_id)
    if rule is None:
        return not rule_id  # a jurisdiction without rules says so in a row of its own
    return rule.enabled or rule_id in settings.LAW_SWITCHED_ON


def _moves(old: Deadline, new: Deadline) -> bool:
    """What is met, ended or missed stays; a target of the house may have stood still."""
    if old.state != deadlines.RUNNING or old.breached_at or _said(old) == _said(new):
        return False
    return not _said(old) or old.severity != Deadline.Severity.INTERNAL


def _completes(old: Deadline, new: Deadline) -> bool:
    """The date stands; what waited for a calendar beside it, its safe date, is known now."""
    same = old.state == deadlines.RUNNING and _said(old) == _said(new)
    return same and bool(old.waits_for) and not new.waits_for


def _said(row: Deadline) -> str:
    day = row.due_on or row.first_allowed_on
    return day.isoformat() if day else ""


for _kind in ("enquiry", "hardship"):
    register(_kind, received)
