"""Recovery: time limits, whose turn, silence, news in any order, and the money that returns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from disputes import balance, services
from disputes.models import Chargeback, Dispute, NetworkEvent
from disputes.services import news, recovery
from disputes.services.news import News
from kernel.actors import Actor
from kernel.errors import NotNow, Unfit
from law.registry import rule
from ledger import services as ledger
from tests import make
from tickets.models import Deadline, Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 17, tzinfo=UTC)
NETWORK = Actor("integrator", ref="integrator:network")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def fresh(leg: Chargeback) -> Chargeback:
    return Chargeback.objects.get(pk=leg.pk)


def tell(leg: Chargeback, kind: str, version: int, **fields) -> NetworkEvent:
    told = News(
        **{"network": leg.network, "event_id": f"ev-{kind}-{version}", "kind": kind,
           "network_reference": leg.network_reference, "version": version, "occurred_at": NOW,
           **fields}
    )  # fmt: skip
    return news.receive(told, actor=NETWORK, at=NOW)


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


def test_news_is_applied_once():
    leg = make.leg("submitted")

    first = tell(leg, "represented", 2)
    again = tell(leg, "represented", 2)

    assert (first.pk, first.status) == (again.pk, "applied")
    assert Event.objects.filter(name="chargeback.record_representment").count() == 1


def test_older_news_never_overtakes_newer():
    leg = make.leg("submitted")
    tell(leg, "represented", 5)

    late = tell(leg, "rejected", 4, words="late")

    assert (late.status, late.why) == ("quarantined", "older than version 5, which is known")
    assert fresh(leg).state == "represented"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "gossip"}, "unknown kind 'gossip'"),
        ({"network_reference": "nobody"}, "no such chargeback"),
        ({"currency": "EUR"}, "in EUR, the chargeback is in USD"),
        ({"amount_minor": 10**9}, "bad_amount: More than zero and at most what was claimed."),
    ],
)
def test_news_that_does_not_fit_is_quarantined_never_guessed(change, why):
    leg = make.leg("submitted")

    kind = change.pop("kind", "won")
    row = tell(leg, kind, 2, **change)

    assert (row.status, row.why) == ("quarantined", why)
    assert fresh(leg).state == "submitted"


def test_an_event_id_is_not_used_for_two_things():
    leg = make.leg("submitted")
    tell(leg, "represented", 2, event_id="same")

    with pytest.raises(Unfit) as refusal:
        tell(leg, "lost", 3, event_id="same")

    assert refusal.value.code == "event_id_reused"


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


def test_withdrawing_asks_the_network_back_and_counts_only_when_it_lets_go():
    from kernel import actors

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
    from kernel import actors

    case = make.dispute("investigating")
    leg = make.leg("submitted", row=case)
    holder = actors.cardholder(case.ticket.cardholder)
    services.withdraw(case, actor=holder, at=NOW, cause="merchant_refunded")

    leg = recovery.record_refusal(fresh(leg), actor=NETWORK, at=NOW)

    assert (leg.state, leg.turn) == ("submitted", "acquirer")
    assert Event.objects.filter(name="dispute.recall_failed").count() == 1


def test_a_withdrawal_under_pressure_is_looked_at():
    from kernel import actors

    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)

    case = services.withdraw(case, actor=holder, at=NOW, cause="pressured")

    assert type(case.ticket).objects.get().alert == "withdrawal to look at: pressured"
    assert services.sweep(NOW + timedelta(days=2))["withdrawals"] == 0
    assert services.sweep(NOW + timedelta(days=3))["withdrawals"] == 1


def test_a_withdrawal_can_be_undone_and_the_law_ran_on():
    from kernel import actors

    case = make.dispute("investigating")
    holder = actors.cardholder(case.ticket.cardholder)
    due = Deadline.objects.get(ticket=case.ticket, key="resolve").due_at
    services.withdraw(case, actor=holder, at=NOW, cause="family_member")

    case = services.undo_withdrawal(case, actor=holder, at=NOW + timedelta(days=1))

    row = Deadline.objects.get(ticket=case.ticket, key="resolve")
    assert (case.state, row.due_at, row.state) == ("investigating", due, "running")


def test_asserting_again_is_a_new_round_and_only_in_time():
    from kernel import actors

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
    from kernel import actors

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
