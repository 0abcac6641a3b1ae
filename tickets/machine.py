"""The one door: a state changes here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any, TypeVar, cast

import django_fsm as fsm
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import NotAllowed, NotNow, Stale
from tickets import history
from tickets.models import Event, Machine, Ticket

M = TypeVar("M", bound=Machine)
Json = dict[str, Any]


def perform(
    case: M,
    name: str,
    /,
    *,
    actor: Actor,
    at: datetime,
    version: int | None = None,
    facts: Json | None = None,
    **inputs: Any,
) -> M:
    """Press ``name`` on ``case``: lock, authorise, change, save, record. Returns the locked row.

    ``version`` is the case version that the actor saw, when they must not act on another.
    ``facts`` is what history keeps; without it, the plain JSON among ``inputs``. The row that
    was passed in is stale afterwards: use the one that comes back.

    Raises:
        NotNow: the row's state does not allow it, or somebody was quicker.
        NotAllowed: this actor may not press it.
        Stale: the case has changed since ``version``.
    """
    with one_transaction():
        row = _locked(case)
        before, ticket, was = row.state, _ticket_of(row), dict(row.__dict__)
        _move(row, name, actor, at, inputs)
        _fresh(ticket.seq, version)
        kept = _plain(inputs) if facts is None else facts
        event = history.advance(
            ticket, history.unchained(f"{row.label}.{name}", actor, at, before, row.state, kept)
        )
        _save(row, was)
        event.ticket = ticket
        event.save(force_insert=True)
        if ticket is not row:
            _move_head(row, ticket, at)
    return row


def begin(row: Machine, name: str, /, *, actor: Actor, at: datetime, **inputs: Any) -> Event:
    """Press ``name`` on a row that is not in the database yet; nobody else can see it.

    Returns the event, unchained: the caller chains it (``history.advance``) and inserts both.
    """
    before = row.state
    _move(row, name, actor, at, inputs)
    return history.unchained(f"{row.label}.{name}", actor, at, before, row.state, _plain(inputs))


def record(
    ticket_id: int,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    states: tuple[str, str] = ("", ""),
    facts: Json | None = None,
    version: int | None = None,
) -> Event:
    """Append an event to the case's history, under the ticket's lock.

    ``states`` are the state before and after. Lock order is always claim first, ticket second,
    or two clerks deadlock.
    """
    with one_transaction():
        head = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket_id)
        reference, seq, last = head.values_list("reference", "seq", "head").get()
        _fresh(seq, version)
        event = history.chained(
            reference, seq, last, history.unchained(name, actor, at, *states, facts or {})
        )
        event.ticket_id = ticket_id
        event.save(force_insert=True)
        head.update(seq=event.seq, head=event.hash, updated_at=at)
    return event


@contextmanager
def one_transaction() -> Iterator[None]:
    """Work in the caller's transaction, or in one of our own.

    For what refuses before its first write only: a savepoint in the caller's would undo nothing.
    """
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        yield


def allowed(row: Machine, actor: Actor) -> list[str]:
    """The verbs that ``actor`` may press on ``row`` now, in the order they are written."""
    meta: Any = type(row)._meta
    field = meta.get_field("state")
    who: Any = actor  # django-fsm types it as a Django user
    found = [
        move.name
        for move in fsm.get_available_FIELD_transitions(row, field)
        if actor.trusted or move.has_perm(row, who)
    ]
    order = list(type(row).__dict__)
    return sorted(found, key=order.index)


def _locked(case: M) -> M:
    """Read the row again under its lock, then under its ticket's, in one statement.

    A ticket's history is its own row: there is one lock.
    """
    rows = type(case)._base_manager
    if isinstance(case, Ticket):
        return rows.select_for_update(of=("self",)).get(pk=case.pk)
    return rows.select_related("ticket").select_for_update(of=("self", "ticket")).get(pk=case.pk)


def _ticket_of(row: Machine) -> Ticket:
    return row if isinstance(row, Ticket) else cast(Any, row).ticket


def _save(row: Machine, was: Json) -> None:
    """Write the columns that the verb has assigned; no verb changes a value in place."""
    changed = [
        field.name
        for field in row._meta.concrete_fields
        if row.__dict__[field.attname] != was[field.attname]
    ]
    if changed:
        row.save(update_fields=changed)


def _move_head(row: Machine, ticket: Ticket, at: datetime) -> None:
    """Store the new end of the case's history, which ``history.advance`` has put on ``ticket``.

    What the caller does next may change the ticket: ``row`` reads it again when it is asked for.
    """
    Ticket.objects.filter(pk=ticket.pk).update(seq=ticket.seq, head=ticket.head, updated_at=at)
    meta: Any = row._meta
    meta.get_field("ticket").delete_cached_value(row)


def _move(row: Machine, name: str, actor: Actor, at: datetime, inputs: Json) -> None:
    move, who = getattr(row, name), cast(Any, actor)  # django-fsm types it as a Django user
    if not actor.trusted and not fsm.has_transition_perm(move, who):
        # Who may not press it learns nothing of the state either; but a verb that is refused
        # by its state alone must not read as a refusal of the person.
        if not _permits(row, name, actor):
            raise NotAllowed("not_allowed", _("You may not do this to this case."), verb=name)
        raise _not_now(row, name, actor)
    if not fsm.can_proceed(move):
        raise _not_now(row, name, actor)
    move(at=at, **inputs)


def _permits(row: Machine, name: str, actor: Actor) -> bool:
    meta = getattr(type(row), name)._django_fsm
    return any(move.has_perm(row, actor) for move in meta.transitions.values())


def _not_now(row: Machine, name: str, actor: Actor) -> NotNow:
    """Refuse in words; to staff, say who was quicker and when."""
    state = str(dict(type(row).STATES).get(row.state, row.state))  # type: ignore[attr-defined]
    sentence = _("This cannot be done now: the case is “%(state)s”.") % {"state": state}
    last = (
        Event.objects.filter(ticket_id=row.case_id, name=f"{row.label}.{name}")
        .order_by("-seq")
        .first()
    )
    if last is None:
        return NotNow("not_now", sentence, state=row.state)
    sentence += " " + _("%(who)s did it on %(when)s UTC.") % {
        "who": _who(last, actor),
        "when": f"{last.at:%Y-%m-%d %H:%M}",
    }
    return NotNow("not_now", sentence, state=row.state, done_at=last.at.isoformat())


def _who(event: Event, reader: Actor) -> str:
    """Name a colleague to staff; to anybody else only what kind of actor it was."""
    if event.actor_kind == "staff" and reader.kind == "staff":
        pk = event.actor_ref.partition(":")[2]
        user = get_user_model()._default_manager.filter(pk=pk).first()
        return (user.get_full_name() or user.get_username()) if user else event.actor_ref
    return {
        "staff": _("Our staff"),
        "cardholder": _("The cardholder"),
        "integrator": _("The issuer's system"),
    }.get(event.actor_kind, _("The desk"))


def _fresh(seq: int, version: int | None) -> None:
    if version is not None and version != seq:
        raise Stale(
            "stale_version",
            _("The case has changed since you read it. Look at it again, then decide."),
            version=seq,
        )


def _plain(inputs: Json) -> Json:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in inputs.items()
        if isinstance(value, str | int | bool | list | dict | datetime) or value is None
    }
