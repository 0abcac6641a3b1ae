"""Exact money: what is granted, lent and taken back, and that nothing is paid twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disputes import balance, services
from disputes.services import Answer, Verdict, recovery
from kernel.errors import NotNow, Unfit
from ledger import services as ledger
from ledger.models import Transfer
from tests import make
from tests.disputes.moment import NOW
from tests.disputes.money import cardholder_has, decide, lend, sums
from tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "expected", "has"),
    [
        ("won", (0, 12_900, 0, 0, 12_900, 0), 12_900),
        ("written_off", (0, 12_900, 0, 0, 12_900, 0), 12_900),
        ("corrected", (0, 12_900, 0, 0, 12_900, 0), 12_900),
    ],
)
def test_what_is_granted_is_credited_and_borne(outcome, expected, has):
    case = make.dispute("investigating")

    decide(case, make.won(case, outcome))

    assert sums(case) == expected
    assert cardholder_has(case) == has
    borne = "corrections" if outcome == "corrected" else "loss"
    assert ledger.balance(case.ticket.reference, borne) == -12_900


def test_a_credit_that_was_lent_becomes_final_not_double():
    case = lend(make.dispute("investigating"))

    decide(case, make.won(case))

    assert cardholder_has(case) == 12_900
    assert [row.state for row in Transfer.objects.all()] == ["settled", "settled"]


def test_partly_won_pays_the_granted_part_and_takes_the_rest_back_later():
    case = lend(make.dispute("investigating"))
    answer = make.lost(case)
    part = replace(answer.verdicts[0], outcome="partly_won", granted_minor=5_000)

    decide(case, replace(answer, verdicts=[part], basis="different_error"))

    row = case.items.get()
    assert sums(case) == (0, 5_000, 7_900, 0, 5_000, 7_900)
    assert (row.credit, row.reverse_on) == ("reversal_announced", date(2026, 3, 17))
    assert cardholder_has(case) == 12_900
    services.letter_left(case, at=NOW)
    services.sweep(NOW + timedelta(days=8))
    assert cardholder_has(case) == 5_000


def test_a_lost_claim_takes_the_credit_back_on_the_announced_day_not_before():
    case = lend(make.dispute("investigating"))
    decide(case, make.lost(case))
    services.letter_left(case, at=NOW)

    early = services.sweep(NOW + timedelta(days=6))["reversals"]
    due = services.sweep(NOW + timedelta(days=7))["reversals"]
    again = services.sweep(NOW + timedelta(days=9))["reversals"]

    assert (early, due, again) == (0, 1, 0)
    assert cardholder_has(case) == 0
    event = Event.objects.get(ticket=case.ticket, name="dispute.reverse_credit")
    assert event.facts == {"item": 1, "minor": 12_900, "currency": "USD"}


def test_charges_on_the_disputed_amount_are_refunded_beside_it():
    case = make.dispute("investigating")

    decide(case, make.won(case, charges_minor=1_250))

    assert cardholder_has(case) == 14_150
    assert case.items.get().charges_minor == 1_250
    assert list(balance.disagreements()) == []


def test_the_merchants_own_refund_is_noted_and_never_paid_twice():
    case = lend(make.dispute("investigating"))
    answer = Answer("error_as_asserted", [Verdict(1, "merchant_credited")])

    decide(case, answer)
    services.letter_left(case, at=NOW)
    services.sweep(NOW + timedelta(days=8))

    row = case.items.get()
    assert (row.recovered_minor, row.merchant_minor, row.credited_minor) == (12_900, 12_900, 0)
    assert cardholder_has(case) == 12_900
    assert list(balance.disagreements()) == []


@pytest.mark.parametrize("minor", [0, -1, 12_901])
def test_no_more_is_lent_than_is_disputed(minor):
    case = make.dispute("investigating")

    with pytest.raises(Unfit) as refusal:
        lend(case, minor=minor)

    assert refusal.value.code == "bad_amount"
    assert not Transfer.objects.exists()


def test_a_credit_is_lent_once():
    case = lend(make.dispute("investigating"))

    with pytest.raises(NotNow) as refusal:
        lend(case)

    assert refusal.value.code == "already_credited"
    assert Transfer.objects.count() == 1


def test_a_recovery_after_a_denial_belongs_to_the_cardholder():
    case = lend(make.dispute("investigating"))
    leg = recovery.prepare(case, actor=make.clerk(), at=NOW, item=1, code="12.6.1")
    leg = recovery.submit(
        leg, actor=make.clerk(), at=NOW, network_reference="N1", holds=leg.evidence
    )
    decide(case, make.lost(case))
    leg = type(leg).objects.get(pk=leg.pk)
    assert leg.state == "withdrawing"

    recovery.record_win(leg, actor=make.clerk(), at=NOW)

    assert sums(case) == (12_900, 0, 0, 0, 12_900, 0)
    assert cardholder_has(case) == 12_900
    assert Event.objects.filter(name="dispute.credit_late").count() == 1
    assert list(balance.disagreements()) == []
