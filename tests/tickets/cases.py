"""Cases without a claim, led to a state by the buttons that lead there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Cardholder
from kernel import actors
from kernel.actors import Actor
from law.facts import Facts
from tests import make
from tickets import deadlines, messages, services, tasks
from tickets.models import Deadline, Message, Task, Ticket
from tickets.routing import Matter


def opening(holder: Cardholder | None = None, kind: str = "enquiry", **fields: Any) -> Any:
    """What a new enquiry is about."""
    matter = {name: fields.pop(name) for name in ("source", "topic") if name in fields}
    return services.Opening(
        **{"matter": Matter(kind=kind, **matter), "cardholder": holder or make.cardholder(),
           "account": None, "received_at": timezone.now(), **fields}
    )  # fmt: skip


def enquiry(state: str = "open", **fields: Any) -> Ticket:
    """An enquiry in ``state``."""
    of = opening(**fields)
    if state == "new":
        ticket = of.ticket("customer_service")
        ticket.save()
        return ticket
    at, worker = of.received_at, make.clerk("customer_service")
    ticket = services.open_ticket(of, actor=holder_of(of), at=at, dates=dates(of))
    if state == "waiting":
        return wait(ticket, actor=worker, at=at)
    if state in {"resolved", "closed"}:
        ticket = services.resolve(ticket, actor=worker, at=at, resolution="answered")
    if state == "closed":
        ticket = services.close(ticket, at=at)
    return ticket


def dates(of: Any) -> list[Deadline]:
    """The dates that an opening starts."""
    holder = of.cardholder
    local = of.received_at.astimezone(holder.zone).date()
    facts = Facts(holder.jurisdiction, of.matter.kind, {"received": local})
    return deadlines.rows(facts, time_zone=holder.time_zone)


def holder_of(case: Any) -> Actor:
    """The cardholder of a case, or of an opening, as an actor."""
    return actors.cardholder(case.cardholder)


def wait(ticket: Ticket, *, actor: Actor, at: datetime | None = None, **fields: Any) -> Ticket:
    """Let a case wait ten days for its cardholder."""
    at = at or timezone.now()
    return services.wait(
        ticket, actor=actor, at=at,
        **{"on": "cardholder", "wanted": "a receipt", "until": at + timedelta(days=10), **fields},
    )  # fmt: skip


def marked() -> Ticket:
    """An enquiry that is marked as a duplicate of another."""
    first = enquiry()
    return services.mark_duplicate(
        enquiry(holder=first.cardholder), actor=make.clerk(), at=timezone.now(), of=first
    )


def asked(state: str = "asked", department: str = "finance") -> Task:
    """A question of customer service to another department."""
    worker, at = make.clerk("customer_service"), timezone.now()
    task = tasks.ask(
        enquiry(), actor=worker, at=at, department=department, question="Is this fee ours?"
    )
    if state == "answered":
        return tasks.answer(task, actor=make.clerk(department), at=at, text="Yes.")
    return task


def note(ticket: Ticket, body: str, **fields: Any) -> Message:
    """A note of customer service on a case."""
    return messages.write(
        ticket, body=body,
        **{"direction": messages.NOTE, "actor": make.clerk("customer_service"),
           "at": timezone.now(), **fields},
    )  # fmt: skip
