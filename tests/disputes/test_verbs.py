"""Every verb of the claim and of the recovery: right actor, wrong actor, wrong state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from disputes import services
from disputes.models import Chargeback, Decision, Dispute, DisputeItem
from disputes.services import recovery
from kernel import actors
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow, Refusal
from ledger.models import Transfer
from tests import make
from tickets.models import Approval, Deadline, Event, Message, Turn

pytestmark = pytest.mark.django_db

WATCHED = [
    Dispute, DisputeItem, Chargeback, Decision, Transfer, Event, Approval, Deadline, Message, Turn,
]  # fmt: skip


def snapshot() -> list[Any]:
    """Everything that a verb may move."""
    return [list(model.objects.order_by("pk").values()) for model in WATCHED]


def press(verb: str, case: Dispute, actor: Actor) -> Any:
    """Press one of the claim's verbs with inputs that are fit for it."""
    at = timezone.now()
    inputs: dict[str, Callable[[], dict[str, Any]]] = {
        "grant_credit": lambda: {"item": 1},
        "announce_reversal": lambda: {"item": 1},
        "stop_reversal": lambda: {"item": 1},
        "resolve": lambda: {"answer": make.won(case)},
        "withdraw": lambda: {"cause": "family_member"},
        "reassert": lambda: {"because": "The slip is not mine."},
        "ask_cardholder": lambda: {"evidence": ["receipt"], "text": "Please send the receipt."},
        "stop": lambda: {"because": "wrong item"},
    }
    return getattr(services, verb)(case, actor=actor, at=at, **inputs.get(verb, dict)())


def lent(state: str = "investigating") -> Dispute:
    case = make.dispute(state)
    return services.grant_credit(case, actor=make.clerk(), at=timezone.now(), item=1)


def announced() -> Dispute:
    return services.announce_reversal(lent(), actor=make.clerk(), at=timezone.now(), item=1)


def proposed() -> Dispute:
    case = make.dispute("investigating", minor=60_000)
    return services.resolve(case, actor=make.clerk(), at=timezone.now(), answer=make.won(case))


def denied(state: str = "resolved") -> Dispute:
    case, at = make.dispute("investigating"), timezone.now()
    case = services.resolve(case, actor=make.clerk(), at=at, answer=make.lost(case))
    return case if state == "resolving" else services.letter_left(case, at=at)


# verb, a case that is ready for it, who may, who may not, a case that is not ready.
VERBS = [
    ("acknowledge", lambda: make.dispute("filed"), "finance", "collections",
     lambda: make.dispute("resolved")),
    ("investigate", lambda: make.dispute("acknowledged"), "finance", "customer_service",
     lambda: make.dispute("resolved")),
    ("ask_cardholder", lambda: make.dispute("investigating"), "customer_service", "collections",
     lambda: make.dispute("resolved")),
    ("grant_credit", lambda: make.dispute("investigating"), "finance", "customer_service",
     lambda: make.dispute("resolved")),
    ("announce_reversal", lent, "finance", "collections", lambda: make.dispute("investigating")),
    ("stop_reversal", announced, "finance", "customer_service", lent),
    ("resolve", lambda: make.dispute("investigating"), "finance", "customer_service",
     lambda: make.dispute("withdrawn")),
    ("approve", proposed, "lead", "finance", lambda: make.dispute("investigating")),
    ("reject", proposed, "lead", "collections", lambda: make.dispute("investigating")),
    ("stop", lambda: denied("resolving"), "lead", "finance", lambda: denied("resolved")),
    ("withdraw", lambda: make.dispute("investigating"), "customer_service", "collections",
     lambda: make.dispute("resolved")),
    ("undo_withdrawal", lambda: make.dispute("withdrawing"), "customer_service", "collections",
     lambda: make.dispute("investigating")),
    ("reassert", denied, "finance", "collections", lambda: make.dispute("investigating")),
]  # fmt: skip
IDS = [row[0] for row in VERBS]


@pytest.mark.parametrize(("verb", "ready", "who", "_no", "_unready"), VERBS, ids=IDS)
def test_right_actor_moves_it_and_history_says_so(verb, ready, who, _no, _unready):
    case = ready()

    press(verb, case, make.clerk(who))

    assert Event.objects.filter(ticket=case.ticket, name=f"dispute.{verb}").count() == 1


@pytest.mark.parametrize(("verb", "ready", "_who", "who_not", "_unready"), VERBS, ids=IDS)
def test_wrong_actor_moves_nothing(verb, ready, _who, who_not, _unready):
    case, actor = ready(), make.clerk(who_not)
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        press(verb, case, actor)

    assert refusal.value.code == "not_allowed"
    assert snapshot() == before


@pytest.mark.parametrize(("verb", "_ready", "who", "_no", "unready"), VERBS, ids=IDS)
def test_wrong_state_moves_nothing(verb, _ready, who, _no, unready):
    case, actor = unready(), make.clerk(who)
    before = snapshot()

    with pytest.raises(Refusal) as refusal:
        press(verb, case, actor)

    assert isinstance(refusal.value, NotNow)
    assert snapshot() == before


@pytest.mark.parametrize("verb", IDS)
def test_another_cardholder_moves_nothing(verb):
    case = {row[0]: row[1] for row in VERBS}[verb]()
    stranger = actors.cardholder(make.cardholder())
    before = snapshot()

    with pytest.raises(NotAllowed):
        press(verb, case, stranger)

    assert snapshot() == before


@pytest.mark.parametrize("verb", ["withdraw", "undo_withdrawal", "reassert"])
def test_cardholder_may_press_their_own(verb):
    case = {row[0]: row[1] for row in VERBS}[verb]()

    press(verb, case, actors.cardholder(case.ticket.cardholder))

    event = Event.objects.filter(name=f"dispute.{verb}").get()
    assert (event.actor_kind, event.actor_ref) == (
        "cardholder", f"cardholder:{case.ticket.cardholder.external_ref}",
    )  # fmt: skip


LEGS = [
    ("submit", "prepared", "submitted"),
    ("record_rejection", "submitted", "prepared"),
    ("record_representment", "submitted", "represented"),
    ("go_pre_arbitration", "represented", "in_pre_arbitration"),
    ("answer_pre_arbitration", "in_pre_arbitration", "in_pre_arbitration"),
    ("accept", "represented", "lost"),
    ("record_win", "submitted", "won"),
    ("record_win", "in_arbitration", "won"),
    ("record_loss", "represented", "lost"),
    ("ask_back", "submitted", "withdrawing"),
    ("record_withdrawal", "withdrawing", "withdrawn"),
    ("record_withdrawal", "prepared", "withdrawn"),
    ("record_refusal", "withdrawing", "submitted"),
]  # fmt: skip
LEG_IDS = [f"{verb} {before}" for verb, before, _after in LEGS]


def press_leg(verb: str, leg: Chargeback, actor: Actor) -> Chargeback:
    inputs = {
        "submit": {"network_reference": "N-1", "holds": leg.evidence},
        "record_rejection": {"words": "field 72 is empty"},
    }
    return getattr(recovery, verb)(leg, actor=actor, at=timezone.now(), **inputs.get(verb, {}))


@pytest.mark.parametrize(("verb", "before", "after"), LEGS, ids=LEG_IDS)
def test_finance_moves_a_leg(verb, before, after):
    leg = press_leg(verb, make.leg(before), make.clerk("finance"))

    assert leg.state == after


@pytest.mark.parametrize(("verb", "before", "_after"), LEGS, ids=LEG_IDS)
def test_others_move_no_leg(verb, before, _after):
    leg, actor = make.leg(before), make.clerk("customer_service")
    kept = snapshot()

    with pytest.raises(NotAllowed):
        press_leg(verb, leg, actor)

    assert snapshot() == kept


@pytest.mark.parametrize("verb", sorted({verb for verb, _before, _after in LEGS}))
def test_an_ended_leg_does_not_move(verb):
    leg, actor = make.leg("lost"), make.clerk("finance")
    kept = snapshot()

    with pytest.raises(NotNow):
        press_leg(verb, leg, actor)

    assert snapshot() == kept


@pytest.mark.parametrize("state", ["submitted", "represented", "in_pre_arbitration",
                                   "in_arbitration", "withdrawing"])  # fmt: skip
def test_every_waiting_leg_says_whose_turn_what_and_until_when(state):
    leg = make.leg(state)

    assert leg.turn in {"acquirer", "issuer", "network"}
    assert leg.wanted != ""
    assert (leg.due_on is not None) == (leg.silence != "")


def test_prepare_is_for_finance_alone():
    case, actor = make.dispute("investigating"), make.clerk("customer_service")
    kept = snapshot()

    with pytest.raises(NotAllowed):
        recovery.prepare(case, actor=actor, at=timezone.now(), item=1, code="12.6.1")

    assert snapshot() == kept


def test_filing_on_behalf_needs_the_permission():
    row = make.transaction()
    kept = snapshot()

    with pytest.raises(NotAllowed):
        services.file(
            row.account.cardholder, make.notice(row), actor=make.clerk("collections"),
            at=timezone.now(),
        )  # fmt: skip

    assert snapshot() == kept


def test_the_desk_itself_needs_no_permission():
    case = make.dispute("filed")

    assert services.acknowledge(case, actor=SYSTEM, at=timezone.now()).state == "acknowledged"
