"""The watch over running dates: warned of ahead, breached once, told to whoever must know."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from kernel.actors import SYSTEM
from tickets.machine import record
from tickets.models import Deadline, Ticket
from tickets.models.ticket import Priority

RUNNING, INTERNAL = Deadline.State.RUNNING, Deadline.Severity.INTERNAL
# Days ahead at which a date is warned of, where its rule says nothing else.
AHEAD: dict[str, tuple[int, ...]] = {
    Deadline.Severity.STATUTORY: (7, 3, 1),
    Deadline.Severity.NETWORK: (10, 3),
    Deadline.Severity.SELF_REGULATORY: (3, 1),
    INTERNAL: (1,),
}


def sweep(at: datetime, *, batch: int = 200) -> int:
    """Record breaches, then warn of what comes near; each once. Returns how many of both.

    Safe to run twice, late, and by several workers: the mark is set under a condition, and only
    the worker that set it writes the event. A breach has the instant at which the date ended.
    """
    late = _ours().filter(due_at__lte=at).order_by("due_at", "id")[:batch]
    near = _ours().filter(warn_at__lte=at, due_at__gt=at).order_by("warn_at", "id")[:batch]
    return sum(_breach(row, at) for row in late) + sum(_warn(row, at) for row in near)


def first_warning(row: Deadline) -> datetime | None:
    """When a row that starts now is first warned of; a short date is not warned of at once."""
    if row.due_at is None or row.due_on is None or row.starts_on is None or not _is_ours(row):
        return None
    length = (row.due_on - row.starts_on).days
    return min((row.due_at - timedelta(n) for n in _steps(row) if n < length), default=None)


def lock(ticket_id: int) -> None:
    """Lock the case before its dates, as every verb does, or two workers deadlock."""
    Ticket.objects.select_for_update(of=("self",)).values_list("pk").get(pk=ticket_id)


def _ours() -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        state=RUNNING, breached_at=None, binds="issuer", nature="deadline"
    )


def _is_ours(row: Deadline) -> bool:
    return row.binds == "issuer" and row.nature == "deadline"


def _steps(row: Deadline) -> tuple[int, ...]:
    return tuple(row.warn_before_days) or AHEAD[row.severity]


@transaction.atomic
def _breach(row: Deadline, at: datetime) -> bool:
    """Mark one breach with its event, or neither; a missed date of law makes the case urgent."""
    lock(row.ticket_id)
    mine = Deadline.objects.filter(pk=row.pk, state=RUNNING, breached_at=None, due_at=row.due_at)
    if not mine.update(breached_at=row.due_at, warn_at=None):
        return False
    facts = {"rule": row.rule, "due": row.due_on.isoformat() if row.due_on else ""}
    ticket = Ticket.objects.filter(pk=row.ticket_id)
    if row.severity == Deadline.Severity.STATUTORY and ticket.filter(
        priority__gt=Priority.URGENT
    ).update(priority=F("priority") - 1):
        facts["priority"] = str(ticket.values_list("priority", flat=True).get())
    record(row.ticket_id, "ticket.breach", actor=SYSTEM, at=at, facts=facts)
    if row.severity != INTERNAL:
        ticket.update(alert=f"late: {row.rule}")
    return True


@transaction.atomic
def _warn(row: Deadline, at: datetime) -> bool:
    """Give the nearest warning whose time has come; those slept through are passed over."""
    lock(row.ticket_id)
    if row.due_at is None:
        return False
    left = row.due_at - at
    coming = [row.due_at - timedelta(n) for n in _steps(row) if timedelta(n) < left]
    mine = Deadline.objects.filter(
        pk=row.pk, state=RUNNING, breached_at=None, due_at=row.due_at, warn_at=row.warn_at
    )
    if not mine.update(warned_at=at, warn_at=min(coming, default=None)):
        return False
    days = -(-left // timedelta(1))
    due = row.due_on.isoformat() if row.due_on else ""
    facts = {"rule": row.rule, "due": due, "days_left": days}
    record(row.ticket_id, "ticket.warn", actor=SYSTEM, at=at, facts=facts)
    if row.severity != INTERNAL:
        # What is late already, or asked of the lead, is not covered by a mere warning.
        quiet = Q(alert="") | Q(alert__startswith="due in ")
        told = f"due in {days} days: {row.rule}"
        Ticket.objects.filter(quiet, pk=row.ticket_id).update(alert=told)
    return True
