"""Every verb of the complaint: right actor, wrong actor, wrong state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints import services
from complaints.models import Arrival, Complaint, Decision, Extension, Redress, Referral, Review
from kernel import actors
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow
from ledger.models import Transfer
from tests import make
from tickets.models import Deadline, Event, Message, Ticket, Turn

pytestmark = pytest.mark.django_db

WATCHED = [
    Complaint, Arrival, Decision, Redress, Extension, Review, Referral, Transfer, Event, Deadline,
    Message, Turn, Ticket,
]  # fmt: skip


def snapshot() -> list[Any]:
    """Everything that a verb may move."""
    return [list(model.objects.order_by("pk").values()) for model in WATCHED]


def press(verb: str, case: Complaint, actor: Actor) -> Complaint:
    """Press a verb with inputs that are fit for it."""
    at = timezone.now()
    inputs: dict[str, Callable[[], dict[str, Any]]] = {
        "classify": lambda: {"category": "collect_hours", "payments": True},
        "recuse": lambda: {"department": "collections"},
        "extend": lambda: {
            "because": "We wait for the recording.",
            "expected_on": at.date() + timedelta(days=20),
        },
        "draft_decision": lambda: {"draft": make.drafted(case)},
        "send_back": lambda: {"because": "The amount is not explained."},
        "summary_resolve": lambda: {"draft": make.drafted(case), "accepted": "That is fine."},
        "request_review": lambda: {"because": "You did not listen to the recording."},
        "decide_review": lambda: {"draft": make.drafted(case)},
        "refer_out": lambda: {"body": "ombudsman", "reference": "OMB-1"},
        "record_ruling": lambda: {"ruling": make.ruling(case)},
        "reopen": lambda: {"because": "There is a second recording."},
    }
    return getattr(services, verb)(case, actor=actor, at=at, **inputs.get(verb, dict)())


def british(state: str, **fields: Any) -> Complaint:
    holder = make.cardholder(jurisdiction="gb", time_zone="Europe/London")
    return make.complaint(state, of=make.account(holder, currency="GBP"), **fields)


# verb, a case that is ready for it, who may, who may not, a case that is not ready.
VERBS = [
    ("acknowledge", make.complaint, "customer_service", "collections",
     lambda: make.complaint("responded")),
    ("investigate", lambda: make.complaint("acknowledged"), "customer_service", "finance",
     lambda: make.complaint("withdrawn")),
    ("classify", lambda: make.complaint("investigating"), "customer_service", "collections",
     lambda: make.complaint("responded")),
    ("recuse", lambda: make.complaint("received"), "lead", "collections",
     lambda: make.complaint("responded")),
    ("extend", lambda: british("investigating", payment_services=True), "customer_service",
     "collections", lambda: make.complaint("drafted")),
    ("draft_decision", lambda: make.complaint("investigating"), "customer_service", "collections",
     lambda: make.complaint("received")),
    ("send_back", lambda: make.complaint("drafted"), "customer_service", "finance",
     lambda: make.complaint("investigating")),
    ("respond", lambda: make.complaint("drafted"), "customer_service", "finance",
     lambda: make.complaint("investigating")),
    ("summary_resolve", lambda: british("received"), "customer_service", "collections",
     lambda: make.complaint("drafted")),
    ("request_review", lambda: make.complaint("responded"), "customer_service", "collections",
     lambda: make.complaint("investigating")),
    ("decide_review", lambda: make.complaint("under_review"), "lead", "finance",
     lambda: make.complaint("responded")),
    ("refer_out", lambda: make.complaint("responded"), "customer_service", "collections",
     lambda: make.complaint("drafted")),
    ("record_ruling", lambda: make.complaint("referred"), "customer_service", "collections",
     None),
    ("withdraw", lambda: make.complaint("drafted"), "customer_service", "collections",
     lambda: make.complaint("responded")),
    ("reopen", lambda: make.complaint("responded"), "lead", "collections",
     lambda: make.complaint("drafted")),
]  # fmt: skip
IDS = [row[0] for row in VERBS]


@pytest.mark.parametrize(("verb", "ready", "who", "_no", "_unready"), VERBS, ids=IDS)
def test_right_actor_moves_it_and_history_says_so(verb, ready, who, _no, _unready):
    case = ready()

    press(verb, case, make.clerk(who))

    assert Event.objects.filter(ticket=case.ticket, name=f"complaint.{verb}").count() == 1


@pytest.mark.parametrize(("verb", "ready", "_who", "who_not", "_unready"), VERBS, ids=IDS)
def test_wrong_actor_moves_nothing(verb, ready, _who, who_not, _unready):
    case, actor = ready(), make.clerk(who_not)
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        press(verb, case, actor)

    assert refusal.value.code == "not_allowed"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("verb", "_ready", "who", "_no", "unready"), [row for row in VERBS if row[4]],
    ids=[row[0] for row in VERBS if row[4]],
)  # fmt: skip
def test_wrong_state_moves_nothing(verb, _ready, who, _no, unready):
    case, actor = unready(), make.clerk(who)
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        press(verb, case, actor)

    assert refusal.value.code == "not_now"
    assert snapshot() == before


def test_ruling_of_what_was_not_referred_moves_nothing():
    case, actor = make.complaint("responded"), make.clerk("lead")
    ruling = services.Ruling(outcome="upheld", on=timezone.now().date())
    before = snapshot()

    with pytest.raises(NotNow):
        services.record_ruling(case, actor=actor, at=timezone.now(), ruling=ruling)

    assert snapshot() == before


@pytest.mark.parametrize("verb", IDS)
def test_another_cardholder_moves_nothing(verb):
    case = {row[0]: row[1] for row in VERBS}[verb]()
    stranger = actors.cardholder(make.cardholder())
    before = snapshot()

    with pytest.raises(NotAllowed):
        press(verb, case, stranger)

    assert snapshot() == before


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("withdraw", "investigating", "withdrawn"),
        ("request_review", "responded", "under_review"),
        ("reopen", "withdrawn", "investigating"),
    ],
)
def test_the_cardholder_presses_three_of_them(verb, before, after):
    case = make.complaint(before)

    moved = press(verb, case, actors.cardholder(case.ticket.cardholder))

    assert moved.state == after


def test_the_desk_itself_needs_no_permission():
    case = make.complaint()

    assert services.acknowledge(case, actor=SYSTEM, at=timezone.now()).state == "acknowledged"


def test_taking_a_complaint_for_somebody_needs_the_permission():
    holder, actor = make.cardholder(), make.clerk("collections")
    before = snapshot()

    with pytest.raises(NotAllowed):
        services.receive(holder, make.grievance(), actor=actor, at=timezone.now())

    assert snapshot() == before
