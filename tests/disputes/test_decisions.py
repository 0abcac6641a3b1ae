"""Deciding: the statutory question, findings with exhibits, four eyes, and exact money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from disputes import balance, services
from disputes.models import Dispute
from disputes.services import Answer, Verdict, recovery
from kernel.errors import NotAllowed, NotNow, Stale, Unfit
from ledger import services as ledger
from ledger.models import Transfer
from tests import make
from tickets import messages
from tickets.models import Approval, Deadline, Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 17, tzinfo=UTC)


def decide(case: Dispute, answer: Answer, **who) -> Dispute:
    return services.resolve(case, actor=who.get("by", make.clerk()), at=NOW, answer=answer)


def lend(case: Dispute, **inputs) -> Dispute:
    return services.grant_credit(case, actor=make.clerk(), at=NOW, item=1, **inputs)


def sums(case: Dispute) -> tuple[int, ...]:
    row = case.items.get()
    return (
        row.recovered_minor, row.written_off_minor, row.denied_minor, row.open_minor,
        row.credited_minor, row.lent_minor,
    )  # fmt: skip


def cardholder_has(case: Dispute) -> int:
    return ledger.balance(case.ticket.reference, "cardholder:*", held=True)


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


def proposal(minor: int = 60_000) -> tuple[Dispute, object]:
    case, finance = make.dispute("investigating", minor=minor), make.clerk()
    return decide(case, make.won(case), by=finance), finance


def test_above_the_limit_a_second_person_decides_in_both_names():
    case, finance = proposal()
    lead = make.clerk("lead")
    assert (case.state, case.proposed, Transfer.objects.count()) == ("investigating", "resolve", 0)

    case = services.approve(case, actor=lead, at=NOW)

    decision = case.decisions.get()
    assert (case.state, case.outcome, case.proposed) == ("resolving", "won", "")
    assert (decision.decided_by, decision.approved_by) == (finance.ref, lead.ref)


def test_at_the_limit_one_person_is_enough():
    case = make.dispute("investigating", minor=50_000)

    assert decide(case, make.won(case)).state == "resolving"


def test_a_currency_without_a_limit_always_needs_two(settings):
    settings.FOUR_EYES_ABOVE = {}
    case = make.dispute("investigating")

    assert decide(case, make.won(case)).proposed == "resolve"


def test_the_proposer_never_approves():
    case, at = make.dispute("investigating", minor=60_000), NOW
    both = make.clerk("finance", "lead")
    case = decide(case, make.won(case), by=both)

    with pytest.raises(NotAllowed) as refusal:
        services.approve(case, actor=both, at=at)

    assert refusal.value.code == "same_person"
    assert Approval.objects.get().state == "proposed"


def test_what_changed_since_the_proposal_must_be_looked_at_again():
    case, _finance = proposal()
    make_word(case)

    with pytest.raises(Stale) as refusal:
        services.approve(case, actor=make.clerk("lead"), at=NOW)

    assert refusal.value.code == "changed_since_proposal"


def make_word(case: Dispute) -> None:
    from kernel import actors

    messages.write(
        case.ticket, direction="in", body="I found the slip.", at=NOW,
        actor=actors.cardholder(case.ticket.cardholder),
    )  # fmt: skip


def test_a_recalled_proposal_is_gone_and_only_its_maker_recalls():
    case, finance = proposal()
    with pytest.raises(NotAllowed):
        services.recall(case, actor=make.clerk("finance"), at=NOW)

    case = services.recall(case, actor=finance, at=NOW)

    assert (case.proposed, Approval.objects.get().state) == ("", "recalled")
    assert decide(case, make.won(case), by=finance).proposed == "resolve"


def test_a_large_credit_is_lent_by_two():
    case = lend(make.dispute("investigating", minor=60_000), minor=55_000)
    assert (case.proposed, Transfer.objects.count()) == ("grant_credit", 0)

    services.approve(case, actor=make.clerk("lead"), at=NOW)

    assert case.items.get().lent_minor == 55_000


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


def test_a_claim_not_taken_at_all_needs_a_second_person():
    case = make.dispute("investigating")
    answer = make.lost(case)
    verdict = replace(answer.verdicts[0], outcome="invalid")

    case = decide(case, replace(answer, basis="not_a_notice", verdicts=[verdict]))

    assert case.proposed == "resolve"


def test_items_are_decided_each_on_its_own():
    case = make.dispute("investigating", items=2)
    answer = make.lost(case)
    mixed = [Verdict(1, "won", 12_900), answer.verdicts[1]]

    case = decide(case, replace(answer, verdicts=mixed))

    assert case.outcome == "partly_won"
    assert list(case.items.values_list("outcome", "denied_minor", "credited_minor")) == [
        ("won", 0, 12_900), ("lost", 12_900, 0),
    ]  # fmt: skip


def test_silence_of_the_cardholder_never_denies():
    case = make.dispute("investigating")
    services.ask_cardholder(
        case, actor=make.clerk(), at=NOW, evidence=["receipt"], text="Please send it."
    )

    services.sweep(NOW + timedelta(days=15))

    case = Dispute.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.ticket.state) == ("investigating", "", "open")
    assert Event.objects.filter(ticket=case.ticket, name="ticket.time_out").count() == 1


def test_asking_names_evidence_from_the_list():
    case = make.dispute("investigating")

    for evidence in ([], ["grandmother"]):
        with pytest.raises(Unfit) as refusal:
            services.ask_cardholder(
                case, actor=make.clerk(), at=NOW, evidence=evidence, text="Send."
            )
        assert refusal.value.code == "unknown_evidence"


def test_an_answer_takes_the_case_up_again():
    from kernel import actors

    case = make.dispute("investigating")
    services.ask_cardholder(case, actor=make.clerk(), at=NOW, evidence=["receipt"], text="Send.")
    ticket = Dispute.objects.get(pk=case.pk).ticket
    assert (ticket.state, ticket.waiting_on, ticket.waiting_for) == (
        "waiting", "cardholder", "receipt",
    )  # fmt: skip

    services.hear(ticket, actor=actors.cardholder(ticket.cardholder), at=NOW, body="Here it is.")

    ticket.refresh_from_db(fields=["waiting_on"])
    assert (type(ticket).objects.get(pk=ticket.pk).state, ticket.waiting_on) == ("open", "")


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
