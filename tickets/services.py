"""The envelope's verbs: open, send, take, hand over, wait, end, open again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Unfit
from tickets import deadlines, departments, messages, turns
from tickets.machine import allowed, perform, record
from tickets.models import Deadline, Link, Ticket
from tickets.models.ticket import PARTIES, RESOLVED, WAITING
from tickets.opening import Opening, open_ticket

__all__ = ["Opening", "open_ticket"]

PING_PONG = 3  # hand-overs of one case after which the lead is told


@transaction.atomic
def take(ticket: Ticket, *, actor: Actor, at: datetime, version: int | None = None) -> Ticket:
    """Make the case one's own, in time; the second of two takers is told who was quicker."""
    row = _locked(ticket)
    mine = actor.user.pk if actor.kind == "staff" else None
    # A colleague is named only to whoever may take the case.
    if row.assignee_id not in {None, mine} and "take" in allowed(row, actor):
        owner = row.assignee and (row.assignee.get_full_name() or row.assignee.get_username())
        raise NotNow("already_taken", _("%(owner)s has taken this case.") % {"owner": owner})
    ticket = perform(ticket, "take", actor=actor, at=at, version=version, assignee_id=mine)
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
    row = _locked(ticket)
    if to not in departments.DEPARTMENTS or to == row.department:
        raise Unfit("bad_department", _("Choose another department."))
    ticket = perform(
        ticket,
        "reroute",
        actor=actor,
        at=at,
        department=to,
        because=_short(because, 200),
        facts={"from": row.department, "to": to, "handoffs": row.handoffs + 1},
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
    """Wait for somebody: internal targets pause, the law's dates run on.

    Raises:
        Unfit: ``on`` is nobody that a case may wait for, or ``wanted`` is empty.
    """
    if on not in dict(PARTIES):
        raise Unfit("bad_party", _("Say for whom the case waits, from the list."), pointer="/on")
    ticket = perform(
        ticket,
        "wait",
        actor=actor,
        at=at,
        on=on,
        wanted=_short(wanted, 300),
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
    ticket = perform(ticket, "resolve", actor=actor, at=at, resolution=resolution)
    deadlines.meet(ticket.pk, ["ticket.resolve"], at=at)
    return _ended(ticket, at)


@transaction.atomic
def withdraw(ticket: Ticket, *, actor: Actor, at: datetime) -> Ticket:
    """End a case that has no claim because the cardholder asks no more."""
    ticket = perform(ticket, "withdraw", actor=actor, at=at)
    deadlines.end(ticket.pk, at=at)
    return _ended(ticket, at)


@transaction.atomic
def conclude(ticket: Ticket, *, at: datetime, resolution: str) -> Ticket:
    """End a driven case, as the desk: its claim has ended."""
    return _ended(perform(ticket, "conclude", actor=SYSTEM, at=at, resolution=resolution), at)


@transaction.atomic
def reopen(ticket: Ticket, *, actor: Actor, at: datetime, because: str) -> Ticket:
    """Open an ended case again; the first receipt instant and the old dates stay.

    ``because`` is a code when the desk itself opens it, and else words for the case's thread.

    Raises:
        NotNow: the cardholder's time to object is over.
    """
    if actor.kind == "cardholder":
        _in_time(ticket, at)
    coded = {"because": because} if actor.trusted else {}
    ticket = perform(ticket, "reopen", actor=actor, at=at, because=because, facts=coded)
    if not actor.trusted:
        direction = messages.IN if actor.kind == "cardholder" else messages.NOTE
        messages.write(ticket, direction=direction, body=because, actor=actor, at=at)
    turns.pass_to(ticket.pk, ticket.department, at=at)
    return _read(ticket)


def close(ticket: Ticket, *, at: datetime) -> Ticket:
    """Close a resolved case for good."""
    return perform(ticket, "close", actor=SYSTEM, at=at)


@transaction.atomic
def mark_duplicate(ticket: Ticket, *, actor: Actor, at: datetime, of: Ticket) -> Ticket:
    """Say that both cases are about one matter; the earlier receipt is the one that counts.

    Raises:
        Unfit: the other case is this one, another cardholder's, or itself a duplicate of this.
    """
    if ticket.pk in {of.pk, of.duplicate_of_id} or of.cardholder_id != ticket.cardholder_id:
        raise Unfit("not_a_duplicate", _("Choose another case of the same cardholder."))
    ticket = perform(
        ticket, "mark_duplicate", actor=actor, at=at, of_id=of.pk, facts={"of": of.reference}
    )
    marks = Link.objects.filter(ticket=ticket, relation=Link.Relation.DUPLICATE)
    marks.exclude(other=of).delete()
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
    # Our own targets were about the work, which is over; what the law wants may still run.
    deadlines.end(ticket.pk, at=at, severity=Deadline.Severity.INTERNAL)
    return _read(ticket)


def _in_time(ticket: Ticket, at: datetime) -> None:
    limit = timedelta(days=settings.REOPEN_WITHIN_DAYS)
    if ticket.resolved_at and at > ticket.resolved_at + limit:
        raise NotNow("reopening_window_over", _("The time to object is over. Write to us anew."))


def _short(text: str, longest: int) -> str:
    """Words that stand on the case itself: checked, masked, and cut to their column."""
    return redaction.mask(messages.checked(text))[:longest]


def _locked(ticket: Ticket) -> Ticket:
    """The row as it stands, under its lock: the caller's may be stale."""
    return Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)


def _read(ticket: Ticket) -> Ticket:
    """Read the row again: side tables have changed what it repeats of them."""
    return Ticket.objects.get(pk=ticket.pk)
