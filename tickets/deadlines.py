"""Running deadlines of a case: started from facts, met, paused, watched."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from law.deadlines import Due, Facts, Unknown, deadlines
from tickets import calendars
from tickets.models import Deadline, Ticket
from tickets.sweeping import first_warning, lock, sweep

__all__ = [
    "assess", "end", "end_of", "meet", "nearest_of", "pause", "refresh", "rows", "sweep", "unpause",
]  # fmt: skip

RUNNING, PAUSED = Deadline.State.RUNNING, Deadline.State.PAUSED
MET, ENDED = Deadline.State.MET, Deadline.State.ENDED
# A window that somebody else lets pass is over; nobody is late.
_OURS = Q(binds="issuer", nature="deadline")


def rows(facts: Facts, *, time_zone: str, subject: str = "") -> list[Deadline]:
    """Ask the law which dates ``facts`` start; rows that belong to no case yet.

    A rule that cannot be computed becomes a row that says what it waits for: a case never
    fails to open because of a missing fact or calendar.
    """
    calendars.heed()
    dues, unknown = deadlines(facts, enabled=settings.LAW_SWITCHED_ON)
    return [
        *(_row(due, facts, time_zone, subject) for due in dues),
        # That a jurisdiction has no rules is said once, for the whole case.
        *(
            _waiting_row(rule, time_zone, subject)
            for rule in unknown
            if rule.rule_id or not subject
        ),
    ]


def assess(
    ticket: Ticket,
    facts: Facts,
    *,
    time_zone: str,
    subject: str = "",
    only: Container[str | None] | None = None,
) -> list[Deadline]:
    """Start what ``facts`` newly start; what already runs is never moved. Returns the new rows.

    ``only`` narrows it to rules by their ids. A part of the case gets no second row of a date
    that the whole case has: it would be missed twice.
    """
    known = set(
        Deadline.objects.filter(ticket=ticket, subject=subject)
        .exclude(due_on=None, first_allowed_on=None, waits_for__gt="")
        .values_list("rule", flat=True)
    )
    whole = Deadline.objects.filter(ticket=ticket, subject="") if subject else ()
    told = {_terms(row) for row in whole}
    fresh = [
        row
        for row in rows(facts, time_zone=time_zone, subject=subject)
        if row.rule not in known and _terms(row) not in told and (only is None or row.rule in only)
    ]
    for row in fresh:
        row.ticket = ticket
    if fresh:
        # A row that waited for a fact is replaced by the date that the fact gives.
        Deadline.objects.filter(
            ticket=ticket, subject=subject, due_on=None, rule__in=[row.rule for row in fresh]
        ).delete()
        Deadline.objects.bulk_create(fresh)
        refresh(ticket.pk)
    return fresh


def _terms(row: Deadline) -> tuple[Any, ...]:
    """What makes two rows one date; an internal target's day may have moved while it stood."""
    due_on = None if row.severity == Deadline.Severity.INTERNAL else row.due_on
    return row.rule, row.starts_on, due_on, row.first_allowed_on


@transaction.atomic
def meet(ticket_id: int, ends: Iterable[str], *, at: datetime, subject: str | None = None) -> int:
    """Mark as met what any of ``ends`` ends, at the instant it happened. Returns how many."""
    words = set(ends)
    waiting = Deadline.objects.filter(ticket_id=ticket_id, state__in=[RUNNING, PAUSED])
    if subject is not None:
        waiting = waiting.filter(subject=subject)
    ended = [row for row in waiting if words & set(row.ends)]
    hit = [row.pk for row in ended]
    if hit:
        lock(ticket_id)
        # A target that stands still is late only if it was so before it stood.
        late = Q(state=RUNNING, due_at__lte=at) | Q(state=PAUSED, due_at__lte=F("paused_at"))
        met = Deadline.objects.filter(pk__in=hit, state__in=[RUNNING, PAUSED])
        met.filter(_OURS, late, breached_at=None).update(breached_at=F("due_at"))
        met.update(state=MET, met_at=at)
        refresh(ticket_id, settled=[row.rule for row in ended])
    return len(hit)


def end(ticket_id: int, *, at: datetime, **of: str) -> None:
    """Nothing is owed any more: end what still runs.

    ``of`` narrows it by a column: ``subject``, ``nature`` or ``severity``.
    """
    running = Deadline.objects.filter(ticket_id=ticket_id, state__in=[RUNNING, PAUSED], **of)
    # A date that passed before anybody looked was missed all the same.
    missed = running.filter(_OURS, state=RUNNING, due_at__lte=at, breached_at=None)
    missed.update(breached_at=F("due_at"))
    running.update(state=ENDED, met_at=at)
    refresh(ticket_id)


def pause(ticket_id: int, *, at: datetime) -> None:
    """Stop internal targets while somebody else has the turn. Law never pauses."""
    Deadline.objects.filter(
        ticket_id=ticket_id, state=RUNNING, severity=Deadline.Severity.INTERNAL
    ).update(state=PAUSED, paused_at=at)
    refresh(ticket_id)


def unpause(ticket_id: int, *, at: datetime) -> None:
    """Let internal targets run on, later by as long as they stood still."""
    for row in Deadline.objects.filter(ticket_id=ticket_id, state=PAUSED):
        stood = at - (row.paused_at or at)
        row.state, row.paused_at = RUNNING, None
        if row.due_at:
            row.due_at += stood
            last = (row.due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(row.time_zone))
            row.due_on = row.safe_on = last.date()
            row.trace = [*row.trace, _stood(stood, row.due_on)]
            row.warn_at = row.warn_at + stood if row.warn_at else None
        row.save()
    refresh(ticket_id)


def refresh(ticket_id: int, *, settled: Iterable[str] = ()) -> None:
    """Copy the nearest running date that binds us to the ticket, for the lists.

    Nobody needs a warning any more of the rules in ``settled``.
    """
    nearest = nearest_of(
        Deadline.objects.filter(ticket_id=ticket_id, state=RUNNING, due_at__isnull=False)
    )
    Ticket.objects.filter(pk=ticket_id).update(
        next_due_at=nearest.due_at if nearest else None,
        next_due_rule=nearest.rule if nearest else "",
        **_quieter(settled),
    )


def _quieter(rules: Iterable[str]) -> dict[str, Any]:
    of_these = Q()
    for rule in rules:
        of_these |= Q(alert__startswith="due in ", alert__endswith=f": {rule}")
    if not of_these:
        return {}
    return {"alert": Case(When(of_these, then=Value("")), default=F("alert"))}


def nearest_of(rows: Iterable[Deadline]) -> Deadline | None:
    """The row among ``rows`` that binds the issuer soonest; windows of others do not count."""
    ours = [
        row for row in rows if row.due_at and row.binds == "issuer" and row.nature == "deadline"
    ]
    return min(ours, key=lambda row: (row.due_at, row.rule), default=None)


def end_of(day: date, time_zone: str) -> datetime:
    """The first instant after ``day`` where the cardholder lives."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone))


def _due_at(due: Due, facts: Facts, time_zone: str) -> datetime | None:
    """When a date ends: with its day where the cardholder lives, or at an hour that law names."""
    if due.due_on is None:
        return due.due_at
    by_hour = due.due_at is not None and due.due_at != facts.end_of(due.due_on)
    return due.due_at if by_hour else end_of(due.due_on, time_zone)


def _row(due: Due, facts: Facts, time_zone: str, subject: str) -> Deadline:
    row = Deadline(
        rule=due.rule_id,
        key=due.key,
        name_en=due.name_en,
        name_zh=due.name_zh,
        citation=due.citation,
        severity=due.severity,
        binds=due.binds,
        nature=due.nature,
        version=due.version,
        starts_on=due.starts_on,
        due_on=due.due_on,
        due_at=_due_at(due, facts, time_zone),
        safe_on=due.safe_on,
        first_allowed_on=due.first_allowed_on,
        rolled_on=due.rolled_on,
        time_zone=time_zone,
        trace=[list(step) for step in due.trace],
        ends=list(due.ends),
        waits_for=due.waits_for,
        subject=subject,
        warn_before_days=list(due.warn_before_days),
    )
    row.warn_at = first_warning(row)
    return row


def _waiting_row(rule: Unknown, time_zone: str, subject: str) -> Deadline:
    return Deadline(
        rule=rule.rule_id,
        key=rule.key,
        name_en=rule.name_en,
        name_zh=rule.name_zh,
        citation=rule.citation,
        severity=rule.severity,
        binds=rule.binds,
        nature=rule.nature,
        ends=list(rule.ends),
        version="",
        time_zone=time_zone,
        subject=subject,
        waits_for=rule.why,
    )


def _stood(span: timedelta, due_on: date) -> list[str]:
    days, hours = divmod(int(span.total_seconds() // 3600), 24)
    return [
        f"paused for {days} days {hours} hours: now {due_on}",
        f"已暂停{days}日{hours}小时：现为{due_on}",
    ]
