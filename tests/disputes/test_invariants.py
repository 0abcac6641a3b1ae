"""Random people press random verbs, the network talks, time passes: what must always hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disputes import balance
from disputes.models import Chargeback, Decision, Dispute
from disputes.models import chargeback as legs
from disputes.models import dispute as claims
from tests.disputes.walk import Walk, ticket_of
from tickets import history
from tickets.models import Approval, Deadline, Event, Ticket
from tickets.models import ticket as envelopes

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)
DEEP = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a seed has nothing to shrink
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _holds(walk: Walk) -> None:
    case, ticket = walk.claim(), ticket_of(walk)
    assert case.state in dict(claims.STATES), walk.log
    assert ticket.state in dict(envelopes.STATES), walk.log
    for leg in Chargeback.objects.filter(item__dispute=case):
        assert leg.state in dict(legs.STATES), walk.log
        waits = leg.state in legs.AT_THE_NETWORK
        assert bool(leg.turn and leg.wanted) == (waits or leg.state in legs.LIVE), walk.log
    assert list(balance.disagreements()) == [], walk.log
    assert list(history.broken_links(ticket)) == [], walk.log
    for label, row in (("dispute", case), ("ticket", ticket)):
        assert _replayed(ticket, label) == row.state, walk.log
    rounds = Decision.objects.filter(dispute=case, stopped=False).values_list("round", flat=True)
    assert len(set(rounds)) == len(rounds), walk.log
    assert ticket.seq == Event.objects.filter(ticket=ticket).count()
    for row in case.items.all():
        assert row.live == (row.outcome == ""), walk.log


def _replayed(ticket: Ticket, label: str) -> str:
    """The state that history tells, each step starting where the one before ended."""
    state = ""
    for event in Event.objects.filter(ticket=ticket, name__startswith=f"{label}."):
        if event.after:
            assert event.before in {state, ""}
            state = event.after
    return state


@DEEP
@given(seed=st.integers(0, 10**9))
def test_whatever_is_pressed_money_and_history_hold(seed: int):
    walk = Walk(seed, START)
    law = {row.pk: row.due_on for row in Deadline.objects.filter(ticket=walk.dispute.ticket)}

    for _step in range(40):
        walk.step()
        _holds(walk)

    moved = Deadline.objects.filter(pk__in=law).exclude(severity="internal")
    assert all(row.due_on == law[row.pk] for row in moved)
    approved = Approval.objects.filter(ticket=walk.dispute.ticket, state="approved")
    assert all(row.proposed_by != row.decided_by for row in approved)
    refused_by_silence = Event.objects.filter(
        ticket=walk.dispute.ticket, name="dispute.resolve", actor_kind="system"
    ).exclude(facts__rule__gt="")
    assert refused_by_silence.count() == approved.filter(verb="resolve").count()


@DEEP
@given(seed=st.integers(0, 10**9))
def test_every_walk_can_still_finish(seed: int):
    walk = Walk(seed, START)
    for _step in range(25):
        walk.step()

    walk.finish()

    assert Dispute.objects.get(pk=walk.dispute.pk).state in {"resolved", "withdrawn"}, walk.log
    assert ticket_of(walk).state == "closed", walk.log
    assert list(balance.disagreements()) == [], walk.log
