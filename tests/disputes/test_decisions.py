"""Deciding: the statutory question, grounds with exhibits, amounts, and the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disputes import services
from disputes.models import Dispute
from disputes.services import Answer, Verdict
from kernel.errors import NotNow, Unfit
from ledger.models import Transfer
from tests import make
from tests.disputes.moment import NOW
from tests.disputes.money import decide, sums
from tickets.models import Deadline

pytestmark = pytest.mark.django_db


def refused(case: Dispute, answer: Answer, code: str) -> None:
    before = (sums(case), Transfer.objects.count(), case.ticket.events.count())
    with pytest.raises(Unfit) as refusal:
        decide(case, answer)
    assert refusal.value.code == code
    assert (sums(case), Transfer.objects.count(), case.ticket.events.count()) == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": "error_as_asserted"}, "denial_without_basis"),
        ({"basis": "because"}, "bad_basis"),
        ({"explanation": "  "}, "explanation_missing"),
        ({"verdicts": []}, "verdicts_missing"),
    ],
)
def test_a_denial_needs_its_own_answer_in_law_and_words(change, code):
    case = make.dispute("investigating")

    refused(case, replace(make.lost(case), **change), code)


@pytest.mark.parametrize(
    ("grounds", "code"),
    [
        ([], "grounds_missing"),
        ([("past_filing_date", 1)], "bad_ground"),
        ([("three_ds_liability", 1)], "bad_ground"),
        ([("not_duplicate", 9)], "finding_missing"),
    ],
)
def test_that_the_network_gives_no_right_never_denies_a_claim(grounds, code):
    case = make.dispute("investigating")
    answer = make.lost(case)
    verdict = replace(answer.verdicts[0], grounds=grounds)

    refused(case, replace(answer, verdicts=[verdict]), code)


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict(1, "won", 12_899), "bad_amount"),
        (Verdict(1, "vanished", 0), "bad_outcome"),
        (Verdict(1, "won", 12_900, -1), "bad_amount"),
        (Verdict(1, "partly_won", 12_900, grounds=[("not_duplicate", 1)]), "bad_amount"),
        (Verdict(1, "partly_won", 0, grounds=[("not_duplicate", 1)]), "bad_amount"),
    ],
)
def test_amounts_must_fit_their_outcome(verdict, code):
    case = make.dispute("investigating")
    make.lost(case)

    refused(case, Answer("no_error", [verdict], "Because."), code)


@pytest.mark.parametrize("exhibit", ["message:M-NONE", "gossip:1", "transaction:", ""])
def test_a_finding_needs_an_exhibit_of_this_case(exhibit):
    case = make.dispute("investigating")

    with pytest.raises(Unfit) as refusal:
        services.find(case, actor=make.clerk(), at=NOW, statement="So it is.", exhibit=exhibit)

    assert refusal.value.code == "unknown_exhibit"
    assert case.findings.count() == 0


def test_another_cases_message_is_no_exhibit():
    case, other = make.dispute("investigating"), make.dispute("investigating")
    foreign = other.ticket.messages.get().ref

    with pytest.raises(Unfit):
        services.find(
            case, actor=make.clerk(), at=NOW, statement="So.", exhibit=f"message:{foreign}"
        )


def test_a_claim_is_resolved_only_when_its_letter_has_left():
    case = make.dispute("investigating")

    case = decide(case, make.won(case))
    assert (case.state, case.ticket.state) == ("resolving", "open")
    case = services.letter_left(case, at=NOW + timedelta(hours=2))

    assert (case.state, case.told_at) == ("resolved", NOW + timedelta(hours=2))
    assert (case.hold, case.ticket.state) == ("released", "resolved")
    assert services.letter_left(case, at=NOW + timedelta(days=9)).told_at == case.told_at


def test_after_a_denial_the_time_to_pay_runs_and_ends():
    case = make.dispute("investigating", at=NOW - timedelta(days=2))
    make.statement(case.ticket.account, date(2026, 3, 5))
    decide(case, make.lost(case))

    case = services.letter_left(case, at=NOW)
    assert (case.hold, case.hold_until) == ("payment_window", date(2026, 4, 4))
    rule = Deadline.objects.get(ticket=case.ticket, rule="US-REGZ-13G3-REPORT-AFTER-10D")
    assert (rule.nature, rule.first_allowed_on) == ("wait", date(2026, 4, 5))
    services.sweep(NOW + timedelta(days=25))
    assert Dispute.objects.get().hold == "payment_window"
    services.sweep(NOW + timedelta(days=26))

    assert Dispute.objects.get().hold == "released"


def test_a_decision_is_stopped_before_its_letter_when_nothing_was_paid():
    case = make.dispute("investigating")
    decide(case, make.lost(case))

    case = services.stop(case, actor=make.clerk("lead"), at=NOW, because="wrong slip")

    assert (case.state, case.outcome, sums(case)) == (
        "investigating", "", (0, 0, 0, 12_900, 0, 0),
    )  # fmt: skip
    assert case.decisions.get().stopped is True
    assert decide(case, make.won(case)).state == "resolving"


def test_a_decision_that_paid_is_not_stopped():
    case = make.dispute("resolving")

    with pytest.raises(NotNow) as refusal:
        services.stop(case, actor=make.clerk("lead"), at=NOW, because="wrong")

    assert refusal.value.code == "already_paid"


def test_items_are_decided_each_on_its_own():
    case = make.dispute("investigating", items=2)
    answer = make.lost(case)
    mixed = [Verdict(1, "won", 12_900), answer.verdicts[1]]

    case = decide(case, replace(answer, verdicts=mixed))

    assert case.outcome == "partly_won"
    assert list(case.items.values_list("outcome", "denied_minor", "credited_minor")) == [
        ("won", 0, 12_900), ("lost", 12_900, 0),
    ]  # fmt: skip
