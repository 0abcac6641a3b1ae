"""The case page: everything about one case on one page, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kernel import actors
from kernel.actors import Actor
from ledger.admin import account_words
from ledger.models import Transfer
from tickets import departments, turns
from tickets.desk import history, phrases, words
from tickets.desk.buttons import Button
from tickets.desk.clocks import Clock
from tickets.desk.desk import desk_of
from tickets.desk.history import Names
from tickets.models import Deadline, Task, Ticket

SHOWN_MESSAGES = 50
_RUNNING = {Deadline.State.RUNNING, Deadline.State.PAUSED}


@dataclass(frozen=True)
class Part:
    """What the room of a kind of case adds to its page: sections, buttons, words.

    ``lead`` are the claim's own buttons, first in the bar; ``badges`` pairs of (label, tone);
    ``main`` and ``side`` templates, each fed with ``context``; ``refs`` the people it names.
    """

    badges: Sequence[tuple[str, str]] = ()
    lead: Sequence[Button] = ()
    main: Sequence[str] = ()
    side: Sequence[str] = ()
    context: dict[str, Any] = field(default_factory=dict)
    refs: Sequence[tuple[str, str]] = ()

    @property
    def next(self) -> Button | None:
        """The button that leads on, of those that may be pressed."""
        return next((button for button in self.lead if button.leads), None)


@dataclass(frozen=True)
class Room:
    """A kind of case as the desk shows it.

    ``build`` makes its part of the page; ``topic`` and ``topics`` are the words of what cases are
    about; ``badges`` the claim's state in the list, for which ``related`` is joined.
    """

    build: Callable[[Ticket, Actor, datetime], Part]
    topic: Callable[[str], str]
    topics: Callable[[], Sequence[tuple[str, Any]]]
    badges: Callable[[Ticket], Sequence[tuple[str, str]]]
    related: Sequence[str] = ()


@dataclass(frozen=True)
class Extra:
    """What a room above adds to the page of every case: a template and what it shows."""

    side: str
    context: dict[str, Any]


ROOMS: dict[str, Room] = {}
_EXTRAS: list[Callable[[Ticket], Extra]] = []


def add(build: Callable[[Ticket], Extra]) -> None:
    """Add something to the page of every case."""
    _EXTRAS.append(build)


def show(kind: str, room: Room) -> None:
    """Teach the desk a kind of case."""
    ROOMS[kind] = room


def topic(ticket: Ticket) -> str:
    """What the case is about, in the reader's words."""
    return ROOMS[ticket.kind].topic(ticket.topic) if ticket.kind in ROOMS else ticket.topic


def page(ticket: Ticket, user: Any, *, buttons: Sequence[Button], now: datetime) -> dict[str, Any]:
    """Everything that the template shows. ``buttons`` are the envelope's own."""
    actor = actors.staff(user)
    part = ROOMS[ticket.kind].build(ticket, actor, now) if ticket.kind in ROOMS else Part()
    messages = list(ticket.messages.order_by("-at", "-id")[:SHOWN_MESSAGES])[::-1]
    events = list(ticket.events.order_by("-seq")[: history.SHOWN])
    tasks = list(ticket.tasks.select_related("question", "answer_text").order_by("-asked_at"))
    approvals = list(ticket.approvals.order_by("-id"))
    files = list(ticket.attachments.all())
    names = Names(_refs(messages, events, tasks, approvals, files, part), ticket.cardholder.name)
    clocks, extras = _clocks(ticket, now), [build(ticket) for build in _EXTRAS]
    open_turn = next((one.party for one in ticket.turns.all() if one.ended_at is None), "")
    return {
        "ticket": ticket, "part": part, "names": names, "now": now,
        "topic": topic(ticket), "buttons": buttons, "files": files,
        "deadlines": clocks, "turn": phrases.party(open_turn) if open_turn else "",
        "department": departments.label(ticket.department), "source": phrases.source(ticket.source),
        "owner": history.person(ticket.assignee) if ticket.assignee else "",
        "messages_shown": [_said(row, names) for row in messages],
        "timeline": history.lines(events, names), "more_events": len(events) == history.SHOWN,
        "tasks": [_task(row, names, actor, ticket) for row in tasks],
        "approvals": [_approval(row, names) for row in approvals],
        "time_spent": _spent(ticket, now),
        "transfers": _transfers(ticket, user),
        "wanted": phrases.wanted(ticket), "silence": phrases.silence(ticket.on_silence),
        "alert": phrases.alert(ticket.alert), "routed": phrases.routed(ticket.routed_because),
        **part.context, "extras": extras,
        **{name: value for extra in extras for name, value in extra.context.items()},
    }  # fmt: skip


def _refs(messages: Any, events: Any, tasks: Any, approvals: Any, files: Any, part: Part) -> Any:
    found = [(row.actor_kind, row.actor_ref) for row in (*messages, *events, *files)]
    found += [("staff", task.asked_by) for task in tasks]
    for row in approvals:
        found += [("staff", row.proposed_by), ("staff", row.decided_by)]
    return [*found, *part.refs]


def _clocks(ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Running dates nearest first; then those that are over."""
    clocks = [Clock(row, now) for row in ticket.deadlines.all()]
    running = [one for one in clocks if one.row.state in _RUNNING]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    running.sort(key=lambda one: (not one.dated, one.row.due_at or far, one.row.pk))
    ours = [one for one in running if one.ours and one.left]
    over = [one for one in clocks if one.row.state not in _RUNNING]
    return {"running": running, "next": ours[0] if ours else None, "over": over}


def _said(row: Any, names: Names) -> dict[str, Any]:
    return {"row": row, "who": names.of(row.actor_kind, row.actor_ref)}


def _task(row: Any, names: Names, actor: Actor, ticket: Ticket) -> dict[str, Any]:
    row.ticket = ticket
    return {
        "row": row, "asked_by": names.staff(row.asked_by),
        "department": departments.label(row.department),
        "buttons": desk_of(Task).buttons(row, actor, ticket.seq),
    }  # fmt: skip


def _approval(row: Any, names: Names) -> dict[str, Any]:
    return {
        "row": row, "verb": words.of(f"{row.ticket.kind}.{row.verb}").label,
        "proposed_by": names.staff(row.proposed_by), "decided_by": names.staff(row.decided_by),
    }  # fmt: skip


def _spent(ticket: Ticket, now: datetime) -> list[dict[str, Any]]:
    """Time by party, with its share of the whole for the bar."""
    spent = turns.spent(ticket, now=now)
    whole = sum(span.total_seconds() for span in spent.values()) or 1
    return [
        {"party": phrases.party(party), "code": party, "span": phrases.span(span),
         "share": round(100 * span.total_seconds() / whole)}
        for party, span in spent.items()
    ]  # fmt: skip


def _transfers(ticket: Ticket, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm("ledger.view_transfer"):
        return []
    return [
        {"row": row, "debit": account_words(row.debit), "credit": account_words(row.credit)}
        for row in Transfer.objects.filter(case=ticket.reference).order_by("id")
    ]
