"""Random people press random verbs, letters leave, time passes: what must always hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from complaints import balance
from complaints.models import Complaint, Decision, Redress
from complaints.models import complaint as machine
from ledger import services as ledger
from ledger.models import Transfer
from tests.complaints.walk import Walk
from tickets import history
from tickets.models import Deadline, Event, Ticket

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
    case = walk.case()
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert case.state in dict(machine.STATES), walk.log
    ended = case.state in {"responded", "withdrawn"}
    assert (ticket.state in {"resolved", "closed"}) == ended, walk.log
    assert list(history.broken_links(ticket)) == [], walk.log
    assert _replayed(ticket) == case.state, walk.log
    assert list(balance.disagreements()) == [], walk.log
    assert case.decisions.filter(state="drafted").count() == (case.state == "drafted"), walk.log


def _replayed(ticket: Ticket) -> str:
    """The state that history tells, each step starting where the one before ended."""
    state = ""
    for event in Event.objects.filter(ticket=ticket, name__startswith="complaint."):
        if event.after:
            assert event.before in {state, ""}
            state = event.after
    return state


def _law(case: Complaint) -> dict[int, object]:
    rows = Deadline.objects.filter(ticket=case.ticket).exclude(severity="internal")
    return {row.pk: row.due_on for row in rows}


@DEEP
@given(seed=st.integers(0, 10**9))
def test_whatever_is_pressed_money_history_and_dates_hold(seed: int):
    walk, dates = Walk(seed, START), {}

    for _step in range(40):
        walk.step()
        _holds(walk)
        now = _law(walk.case())
        assert {key: now[key] for key in dates} == dates, walk.log
        dates = now

    case = walk.case()
    for sent in Decision.objects.filter(complaint=case, state="sent"):
        assert sent.found, walk.log
        assert sent.basis, walk.log
        assert sent.kind != "answer" or sent.sent_by != sent.drafted_by, walk.log
    _money_was_moved_once(case)
    _nobody_worked_on_a_complaint_about_themselves(walk, case)


def _money_was_moved_once(case: Complaint) -> None:
    paid = Redress.objects.filter(complaint=case, posted_at__isnull=False, amount_minor__gt=0)
    assert set(paid.values_list("key", "amount_minor")) == set(
        Transfer.objects.filter(case=case.ticket.reference).values_list("key", "minor")
    )
    assert sum(ledger.balances().values()) == 0


def _nobody_worked_on_a_complaint_about_themselves(walk: Walk, case: Complaint) -> None:
    about, done = "", Event.objects.filter(ticket=case.ticket).order_by("seq")
    if (
        walk.complaint.complained_of_user is not None
        and not done.filter(name="complaint.recuse").exists()
    ):
        about = f"user:{walk.complaint.complained_of_user_id}"
    worked = {"investigate", "draft_decision", "respond", "send_back", "decide_review"}
    names = [f"complaint.{verb}" for verb in worked]
    assert not about or not done.filter(name__in=names, actor_ref=about).exists(), walk.log


@DEEP
@given(seed=st.integers(0, 10**9))
def test_every_walk_can_still_finish(seed: int):
    walk = Walk(seed, START)
    for _step in range(25):
        walk.step()

    walk.finish()

    assert walk.case().state in {"responded", "withdrawn"}, walk.log
    _holds(walk)
