"""Every verb of a case and of a question: right actor, wrong actor, wrong state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow
from tests import make
from tests.tickets import cases
from tests.tickets.cases import asked, enquiry, marked, snapshot
from tickets import services, tasks
from tickets.machine import perform
from tickets.models import Event, Task, Ticket

pytestmark = pytest.mark.django_db
Make = Callable[[], Any]


def press(verb: str, row: Ticket | Task, actor: Actor) -> Any:
    """Press one verb with inputs that are fit for it."""
    at = timezone.now()
    text: dict[str, Any] = {"text": "Yes, it is ours."}
    inputs: dict[str, Make] = {
        "assign": lambda: {"to": make.staff("customer_service")},
        "reroute": lambda: {"to": "collections", "because": "theirs", "summary": "Nothing done."},
        "wait": lambda: {"on": "cardholder", "wanted": "a receipt", "until": None},
        "resolve": lambda: {"resolution": "answered"},
        "reopen": lambda: {"because": "It came back."},
        "mark_duplicate": lambda: {"of": enquiry(holder=row.cardholder)},
        "ask": lambda: {"department": "collections", "question": "Do you know them?"},
        "answer": lambda: text,
        "give_back": lambda: text,
    }
    if verb == "triage":
        routed = {"department": "finance", "because": "a claim", "priority": 2}
        return perform(row, "triage", actor=actor, at=at, **routed)
    if verb == "time_out":
        return services.resume(row, actor=actor, at=at, verb="time_out")
    if verb in {"conclude", "close"}:
        return perform(row, verb, actor=actor, at=at, **_ending(verb))
    room = tasks if verb in {"ask", "answer", "give_back", "cancel"} else services
    return getattr(room, verb)(row, actor=actor, at=at, **inputs.get(verb, dict)())


def _ending(verb: str) -> dict[str, str]:
    return {"resolution": "won"} if verb == "conclude" else {}


def own(row: Ticket) -> Actor:
    return cases.holder_of(row)


def clerk(*departments: str) -> Callable[[Any], Actor]:
    return lambda _row: make.clerk(*departments)


def outsider(_row: Any) -> Actor:
    """Signed in, but in no department."""
    return Actor("staff", user := make.staff(), f"user:{user.pk}")


def system(_row: Any) -> Actor:
    return SYSTEM


# verb, ready, who may, who may not, a row that is not ready, the state it leads to.
VERBS: list[tuple[str, Make, Any, Any, Make, str]] = [
    ("triage", lambda: enquiry("new"), clerk("lead"), clerk("finance"), enquiry, "open"),
    ("take", enquiry, clerk("finance"), outsider, lambda: enquiry("resolved"), "open"),
    ("assign", enquiry, clerk("lead"), clerk("finance"), lambda: enquiry("resolved"), "open"),
    ("release", enquiry, clerk("finance"), outsider, lambda: enquiry("resolved"), "open"),
    ("reroute", lambda: enquiry("waiting"), clerk("finance"), outsider,
     lambda: enquiry("closed"), "open"),
    ("ask", enquiry, clerk("customer_service"), outsider, lambda: enquiry("resolved"), "asked"),
    ("wait", enquiry, clerk("finance"), outsider, lambda: enquiry("waiting"), "waiting"),
    ("resume", lambda: enquiry("waiting"), clerk("finance"), outsider, enquiry, "open"),
    ("time_out", lambda: enquiry("waiting"), system, clerk("lead"), enquiry, "open"),
    ("resolve", lambda: enquiry("waiting"), clerk("customer_service"), clerk("finance"),
     lambda: enquiry("resolved"), "resolved"),
    ("conclude", enquiry, system, clerk("lead"), lambda: enquiry("resolved"), "resolved"),
    ("reopen", lambda: enquiry("closed"), clerk("customer_service"), clerk("finance"), enquiry,
     "open"),
    ("close", lambda: enquiry("resolved"), system, clerk("lead"), enquiry, "closed"),
    ("mark_duplicate", enquiry, clerk("collections"), outsider, lambda: enquiry("closed"), "open"),
    ("unmark", marked, clerk("collections"), outsider, enquiry, "open"),
    ("withdraw", lambda: enquiry("waiting"), own, clerk("customer_service"),
     lambda: enquiry("resolved"), "resolved"),
    ("answer", asked, clerk("finance"), clerk("collections"), lambda: asked("answered"),
     "answered"),
    ("give_back", asked, clerk("finance"), clerk("customer_service"), lambda: asked("answered"),
     "returned"),
    ("cancel", asked, clerk("customer_service"), outsider, lambda: asked("answered"), "cancelled"),
]  # fmt: skip
IDS = [row[0] for row in VERBS]
TASK_VERBS = {"ask", "answer", "give_back", "cancel"}


@pytest.mark.parametrize(("verb", "ready", "who", "_no", "_un", "after"), VERBS, ids=IDS)
def test_right_actor_moves_it_and_history_says_so(verb, ready, who, _no, _un, after):
    row = ready()
    actor = who(row)

    moved = press(verb, row, actor)

    event = Event.objects.filter(ticket_id=row.case_id).exclude(name="ticket.note").last()
    label = "task" if verb in TASK_VERBS else "ticket"
    assert (event.name, event.actor_ref, event.after) == (f"{label}.{verb}", actor.ref, after)
    assert moved.state == after


@pytest.mark.parametrize(("verb", "ready", "_who", "who_not", "_un", "_to"), VERBS, ids=IDS)
def test_wrong_actor_moves_nothing(verb, ready, _who, who_not, _un, _to):
    row = ready()
    actor, other = who_not(row), _other(verb, row)
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        press(verb, row, actor) if other is None else other(actor)

    assert refusal.value.code == "not_allowed"
    assert snapshot() == before


@pytest.mark.parametrize(("verb", "_ready", "who", "_no", "unready", "_to"), VERBS, ids=IDS)
def test_wrong_state_moves_nothing(verb, _ready, who, _no, unready, _to):
    row = unready()
    actor, other = who(row), _other(verb, row)
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        press(verb, row, actor) if other is None else other(actor)

    assert refusal.value.code == "not_now"
    assert snapshot() == before


def _other(verb: str, row: Any) -> Callable[[Actor], Any] | None:
    """Make the second case that the verb needs before the snapshot is taken."""
    if verb != "mark_duplicate":
        return None
    of = enquiry(holder=row.cardholder)
    return lambda actor: services.mark_duplicate(row, actor=actor, at=timezone.now(), of=of)


@pytest.mark.parametrize("verb", [verb for verb in IDS if verb not in TASK_VERBS])
def test_another_cardholder_moves_nothing(verb):
    row = {case[0]: case[1] for case in VERBS}[verb]()
    stranger, other = Actor("cardholder", make.cardholder(), "cardholder:x"), _other(verb, row)
    before = snapshot()

    with pytest.raises(NotAllowed):
        press(verb, row, stranger) if other is None else other(stranger)

    assert snapshot() == before


@pytest.mark.parametrize("verb", ["resume", "reopen", "withdraw"])
def test_cardholders_press_their_own(verb):
    row = {case[0]: case[1] for case in VERBS}[verb]()

    press(verb, row, own(row))

    event = Event.objects.get(ticket=row, name=f"ticket.{verb}")
    assert event.actor_ref == f"cardholder:{row.cardholder.external_ref}"


@pytest.mark.parametrize("verb", ["resolve", "withdraw"])
def test_a_driven_case_is_ended_by_its_claim_alone(verb):
    ticket = make.dispute("investigating").ticket
    who = {"resolve": make.clerk("customer_service"), "withdraw": own(ticket)}[verb]
    before = snapshot()

    with pytest.raises(NotNow):
        press(verb, ticket, who)

    assert snapshot() == before


def test_a_driven_case_is_opened_again_by_its_claim_alone():
    ticket = make.dispute("resolved").ticket
    people = [make.clerk("customer_service"), make.clerk("lead"), own(ticket)]
    before = snapshot()

    for actor in people:
        with pytest.raises(NotAllowed):
            services.reopen(ticket, actor=actor, at=timezone.now(), because="Look again.")

    assert snapshot() == before
