"""Who else presses a verb of the claim: its cardholder, and the desk itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from disputes import services
from disputes.services import recovery
from kernel import actors
from kernel.actors import SYSTEM
from kernel.errors import NotAllowed
from tests import make
from tests.snapshot import snapshot
from tests.verbs.claims import VERBS
from tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["withdraw", "undo_withdrawal", "reassert"])
def test_cardholder_may_press_their_own(verb):
    button = {one.name: one for one in VERBS}[f"dispute.{verb}"]
    case = button.ready()

    button.prepared(case)(actors.cardholder(case.ticket.cardholder))

    event = Event.objects.filter(name=f"dispute.{verb}").get()
    assert (event.actor_kind, event.actor_ref) == (
        "cardholder", f"cardholder:{case.ticket.cardholder.external_ref}",
    )  # fmt: skip


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
