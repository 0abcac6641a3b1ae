"""Recovery: time limits, whose turn, silence, and the money that returns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from disputes import balance, services
from disputes.models import Chargeback, Dispute
from disputes.services import recovery
from kernel.errors import NotNow, Unfit
from law.registry import rule
from ledger import services as ledger
from tests import make
from tests.disputes.legs import NETWORK, fresh
from tests.disputes.moment import NOW
from tickets.models import Deadline, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_preparing_starts_the_codes_own_filing_clock():
    leg = make.leg("prepared")

    limit = Deadline.objects.get(subject=f"leg {leg.pk}", key="file_with_network")
    assert (limit.rule, limit.due_on) == ("NET-VISA-FILE-120D", date(2026, 6, 17))
    assert (leg.due_on, leg.turn, leg.silence) == (
        date(2026, 6, 17), "issuer", "time_out_issuer",
    )  # fmt: skip


@pytest.mark.parametrize("code", ["10.4", "4834", "99", ""])
def test_a_code_must_fit_reason_and_network(code):
    with pytest.raises(Unfit) as refusal:
        make.leg("prepared", code=code)

    assert refusal.value.code == "code_does_not_fit"
    assert not Chargeback.objects.exists()


def test_an_unconfirmed_code_is_off_until_it_is_switched_on(settings):
    case = make.dispute(
        "investigating", reason="wrong_account", account=make.account(network="mastercard")
    )
    how = {"actor": make.clerk(), "at": NOW, "item": 1, "code": "4834"}
    settings.NETWORK_CODES_SWITCHED_ON = []

    with pytest.raises(Unfit):
        recovery.prepare(case, **how)
    settings.NETWORK_CODES_SWITCHED_ON = ["mastercard:4834"]

    assert recovery.prepare(case, **how).code == "4834"


def test_evidence_of_the_code_must_be_complete():
    leg = make.leg("prepared")

    with pytest.raises(Unfit) as refusal:
        recovery.submit(leg, actor=make.clerk(), at=NOW, network_reference="N", holds=[])

    assert refusal.value.code == "evidence_incomplete"
    assert refusal.value.details["missing"] == leg.evidence
    assert fresh(leg).state == "prepared"


def test_submitting_passes_the_turn_and_pauses_only_our_own_targets():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)

    case = Dispute.objects.get(pk=case.pk)
    assert (leg.turn, leg.silence, leg.due_on) == (
        "acquirer", "time_out_acquirer", date(2026, 4, 9),
    )  # fmt: skip
    assert (case.ticket.state, case.ticket.waiting_on) == ("waiting", "merchant")
    law = Deadline.objects.filter(ticket=case.ticket, severity="statutory")
    assert set(law.values_list("state", flat=True)) == {"running"}
    assert not Deadline.objects.filter(
        ticket=case.ticket, severity="internal", state="running"
    ).exists()


def test_past_the_filing_limit_the_right_is_gone_but_the_claim_stands():
    case = make.dispute("investigating")
    leg = make.leg("prepared", row=case)
    late = datetime(2026, 6, 18, 5, tzinfo=UTC)

    with pytest.raises(NotNow) as refusal:
        recovery.submit(leg, actor=make.clerk(), at=late, network_reference="N", holds=leg.evidence)
    services.sweep(late)

    assert refusal.value.code == "past_filing_limit"
    assert "2026-06-17" in refusal.value.sentence
    assert fresh(leg).state == "lost"
    assert Dispute.objects.get(pk=case.pk).state == "investigating"
    item = case.items.get()
    assert (item.open_minor, item.no_network_right) == (12_900, "past_filing_date")


def test_our_step_is_refused_once_the_networks_time_for_it_is_over():
    leg = make.leg("represented")
    worker, after = make.clerk(), leg.due_on + timedelta(days=1)
    at, before = NOW, Event.objects.count()

    with pytest.raises(NotNow) as refusal:
        recovery.go_pre_arbitration(leg, actor=worker, at=at, on=after)

    assert refusal.value.code == "past_stage_limit"
    assert rule("NET-VISA-STAGE-30D").text in refusal.value.sentence
    assert (fresh(leg).state, Event.objects.count()) == ("represented", before)
    recovery.go_pre_arbitration(leg, actor=worker, at=at, on=leg.due_on)
    assert fresh(leg).state == "in_pre_arbitration"


def test_the_last_day_counts_until_midnight_where_the_cardholder_lives():
    leg = make.leg("prepared")

    services.sweep(datetime(2026, 6, 18, 3, 59, tzinfo=UTC))
    assert fresh(leg).state == "prepared"
    services.sweep(datetime(2026, 6, 18, 4, 0, tzinfo=UTC))

    assert fresh(leg).state == "lost"


def test_a_waiting_period_refuses_with_the_rules_words():
    answers = {**make.answers("cancelled_or_returned"), "returned": "returned",
               "returned_on": "2026-03-05"}  # fmt: skip
    case = make.dispute("investigating", reason="cancelled_or_returned", answers=answers)
    leg = recovery.prepare(case, actor=make.clerk(), at=NOW, item=1, code="13.7")
    how = {"actor": make.clerk(), "network_reference": "N", "holds": leg.evidence}

    with pytest.raises(NotNow) as refusal:
        recovery.submit(leg, at=NOW + timedelta(days=9), **how)

    assert refusal.value.code == "waiting_period"
    assert refusal.value.details == {
        "rule": "NET-VISA-WAIT-15D", "first_allowed_on": "2026-03-20",
    }  # fmt: skip
    assert recovery.submit(leg, at=NOW + timedelta(days=10), **how).state == "submitted"


def test_silence_of_the_merchants_bank_is_acceptance():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)

    services.sweep(datetime(2026, 4, 10, 3, 59, tzinfo=UTC))
    assert fresh(leg).state == "submitted"
    services.sweep(datetime(2026, 4, 10, 4, tzinfo=UTC))

    assert (fresh(leg).state, fresh(leg).recovered_minor) == ("won", 12_900)
    assert case.items.get().recovered_minor == 12_900
    event = Event.objects.get(ticket=case.ticket, name="chargeback.time_out_acquirer")
    assert event.actor_kind == "system"


def test_our_own_silence_loses_the_recovery_never_the_claim():
    case = make.dispute("investigating")
    leg = make.leg("represented", row=case)

    services.sweep(datetime(2026, 4, 11, tzinfo=UTC))

    assert fresh(leg).state == "lost"
    assert Event.objects.filter(name="chargeback.time_out_issuer").count() == 1
    assert (case.items.get().open_minor, case.items.get().outcome) == (12_900, "")


def test_a_formal_rejection_is_no_loss():
    leg = make.leg("submitted")

    leg = recovery.record_rejection(leg, actor=NETWORK, at=NOW, words="field 72 is empty")

    assert (leg.state, leg.rejection, leg.due_on) == (
        "prepared", "field 72 is empty", date(2026, 6, 17),
    )  # fmt: skip
    again = recovery.submit(
        leg, actor=make.clerk(), at=NOW, network_reference="N-again", holds=leg.evidence
    )
    assert (again.state, again.rejection) == ("submitted", "")


def test_the_answer_never_waits_for_the_network():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)

    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.won(case))
    services.letter_left(case, at=NOW)

    row = case.items.get()
    assert (row.credited_minor, row.open_minor, fresh(leg).state) == (12_900, 12_900, "submitted")
    assert ledger.balance(case.ticket.reference, "suspense") == -12_900


@pytest.mark.parametrize(
    ("got", "recovered", "borne"), [(12_900, 12_900, 0), (5_000, 5_000, 7_900), (None, 12_900, 0)]
)
def test_what_the_network_does_not_give_of_a_granted_item_is_ours(got, recovered, borne):
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.won(case))

    recovery.record_win(fresh(leg), actor=NETWORK, at=NOW, minor=got)

    row = case.items.get()
    assert (row.recovered_minor, row.written_off_minor, row.open_minor) == (recovered, borne, 0)
    assert list(balance.disagreements()) == []


def test_a_lost_recovery_of_a_granted_item_is_ours():
    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.won(case))

    recovery.record_loss(fresh(leg), actor=NETWORK, at=NOW)

    assert case.items.get().written_off_minor == 12_900
    assert ledger.balance(case.ticket.reference, "loss") == -12_900


@pytest.mark.parametrize("minor", [0, -5, 12_901])
def test_no_more_comes_back_than_was_claimed(minor):
    leg = make.leg("submitted")

    with pytest.raises(Unfit):
        recovery.record_win(leg, actor=NETWORK, at=NOW, minor=minor)

    assert fresh(leg).state == "submitted"


def test_one_leg_at_a_time():
    case = make.dispute("investigating")
    make.leg("submitted", row=case)

    with pytest.raises(NotNow) as refusal:
        make.leg("prepared", row=case)

    assert refusal.value.code == "recovery_open"


def test_the_whole_course_of_a_collaboration():
    case = make.dispute("investigating")
    leg = make.leg("in_arbitration", row=case)

    recovery.record_win(leg, actor=NETWORK, at=NOW)

    names = Event.objects.filter(ticket=case.ticket, name__startswith="chargeback.")
    assert list(names.values_list("name", flat=True)) == [
        "chargeback.prepare", "chargeback.submit", "chargeback.record_representment",
        "chargeback.go_pre_arbitration", "chargeback.answer_pre_arbitration",
        "chargeback.go_arbitration", "chargeback.record_win",
    ]  # fmt: skip


def test_in_allocation_the_acquirer_attacks_and_silence_after_our_answer_wins():
    case = make.dispute("investigating", reason="fraud_card_absent")
    leg = make.leg("submitted", row=case, code="10.4")
    leg = recovery.record_pre_arbitration(leg, actor=NETWORK, at=NOW)
    assert (leg.turn, leg.silence) == ("issuer", "time_out_issuer")

    leg = recovery.answer_pre_arbitration(leg, actor=make.clerk(), at=NOW)
    assert (leg.turn, leg.due_on) == ("acquirer_files", date(2026, 3, 20))
    services.sweep(datetime(2026, 3, 21, 5, tzinfo=UTC))

    assert fresh(leg).state == "won"
