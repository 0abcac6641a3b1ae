"""Withdrawing a claim, undoing it, asserting a decided one again, and closing the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disputes import services
from disputes.models import Chargeback, Dispute
from disputes.services import recovery
from kernel import actors
from kernel.errors import NotNow
from tests import make
from tests.disputes.legs import NETWORK, fresh
from tests.disputes.moment import NOW
from tickets.models import Deadline, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_withdrawing_asks_the_network_back_and_counts_only_when_it_lets_go():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    holder = actors.cardholder(case.ticket.cardholder)

    services.withdraw(case, actor=holder, at=NOW, cause="merchant_refunded")
    assert fresh(leg).state == "withdrawing"
    services.sweep(NOW + timedelta(days=4))
    assert Dispute.objects.get(pk=case.pk).state == "withdrawing"
    recovery.record_withdrawal(fresh(leg), actor=NETWORK, at=NOW + timedelta(days=4))
    services.sweep(NOW + timedelta(days=4, minutes=1))

    case = Dispute.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.hold) == ("withdrawn", "withdrawn", "released")
    assert (case.ticket.state, case.items.get().denied_minor) == ("resolved", 12_900)


def test_a_network_that_does_not_let_go_carries_on():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    holder = actors.cardholder(case.ticket.cardholder)
    services.withdraw(case, actor=holder, at=NOW, cause="merchant_refunded")

    leg = recovery.record_refusal(fresh(leg), actor=NETWORK, at=NOW)

    assert (leg.state, leg.turn) == ("submitted", "acquirer")
    assert Event.objects.filter(name="dispute.recall_failed").count() == 1


def test_a_withdrawal_under_pressure_is_looked_at():
    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)

    case = services.withdraw(case, actor=holder, at=NOW, cause="pressured")

    assert type(case.ticket).objects.get().alert == "withdrawal to look at: pressured"
    assert services.sweep(NOW + timedelta(days=2))["withdrawals"] == 0
    assert services.sweep(NOW + timedelta(days=3))["withdrawals"] == 1


def test_a_withdrawal_can_be_undone_and_the_law_ran_on():
    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)
    due = Deadline.objects.get(ticket=case.ticket, key="resolve").due_at
    services.withdraw(case, actor=holder, at=NOW, cause="family_member")

    case = services.undo_withdrawal(case, actor=holder, at=NOW + timedelta(days=1))

    row = Deadline.objects.get(ticket=case.ticket, key="resolve")
    assert (case.state, row.due_at, row.state) == ("investigating", due, "running")


def test_asserting_again_is_a_new_round_and_only_in_time():
    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)
    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.lost(case))
    case = services.letter_left(case, at=NOW)

    again = services.reassert(case, actor=holder, at=NOW + timedelta(days=5), because="Not mine.")

    assert (again.state, again.round, again.hold) == ("investigating", 2, "reported_as_disputed")
    assert (again.items.get().open_minor, again.items.get().live) == (12_900, True)
    assert type(again.ticket).objects.get().state == "open"
    assert again.decisions.count() == 1


def test_after_the_window_only_staff_open_it_again():
    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)
    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.lost(case))
    case = services.letter_left(case, at=NOW)
    late = NOW + timedelta(days=61)

    with pytest.raises(NotNow) as refusal:
        services.reassert(case, actor=holder, at=late, because="Not mine.")
    again = services.reassert(case, actor=make.clerk(), at=late, because="Found the slip.")

    assert refusal.value.code == "reopening_window_over"
    assert again.round == 2


def test_what_was_won_is_not_asserted_again():
    case = make.dispute("resolved")

    with pytest.raises(NotNow) as refusal:
        services.reassert(case, actor=make.clerk(), at=NOW, because="More.")

    assert refusal.value.code == "nothing_denied"


def test_a_case_with_money_under_way_does_not_close():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.won(case))
    services.letter_left(case, at=NOW)
    later = NOW + timedelta(days=31)
    Chargeback.objects.filter(pk=leg.pk).update(due_on=date(2027, 1, 1))

    assert services.sweep(later)["closed"] == 0
    recovery.record_win(fresh(leg), actor=NETWORK, at=later)
    assert services.sweep(later + timedelta(minutes=1))["closed"] == 1

    assert type(case.ticket).objects.get().state == "closed"
