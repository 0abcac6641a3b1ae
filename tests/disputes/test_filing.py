"""Filing: what is taken, what is refused, and what starts with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from disputes import services
from disputes.models import Dispute
from disputes.services import Claimed
from kernel import actors
from kernel.errors import NotNow, Unfit
from ledger.models import Transfer
from tests import make
from tests.disputes.moment import NOW
from tickets.models import Deadline, Event, Message, Ticket

pytestmark = pytest.mark.django_db


def file(row, *, at=NOW, by=None, **fields) -> Dispute:
    holder = row.account.cardholder
    return services.file(
        holder, make.notice(row, **fields), actor=by or actors.cardholder(holder), at=at
    )


def refused(row, code, **fields) -> Unfit:
    with pytest.raises((Unfit, NotNow)) as refusal:
        file(row, **fields)
    assert refusal.value.code == code
    assert not Dispute.objects.exists()
    assert not Ticket.objects.exists()
    return refusal.value


def posted(**fields):
    return make.transaction(posted_on=date(2026, 2, 20), **fields)


def test_a_filed_dispute_is_routed_dated_and_told():
    case = file(posted())

    ticket = case.ticket
    assert (case.state, ticket.state, ticket.department) == ("filed", "open", "finance")
    assert ticket.routed_because == "Money claims need finance"
    assert list(ticket.events.values_list("name", flat=True)) == [
        "ticket.open_ticket", "dispute.file", "ticket.triage",
    ]  # fmt: skip
    assert list(ticket.turns.values_list("party", flat=True)) == ["finance"]
    assert ticket.messages.get().body == "Please look at this."


def test_the_law_counts_from_receipt_where_the_cardholder_lives():
    # 03:30 UTC on 11 March is still 10 March in New York.
    case = file(posted(), at=datetime(2026, 3, 11, 3, 30, tzinfo=UTC))

    due = Deadline.objects.get(ticket=case.ticket, key="acknowledge")
    assert case.notice_on == date(2026, 3, 10)
    assert due.due_on == date(2026, 4, 9)
    assert due.due_at == datetime(2026, 4, 10, 4, tzinfo=UTC)
    assert due.citation == "12 CFR 1026.13(c)(1)"
    assert due.steps[0].startswith("notice received")


def test_a_letter_counts_from_the_day_it_came_not_the_day_it_is_typed():
    row, came = posted(), NOW - timedelta(days=6)

    case = file(row, by=make.clerk("customer_service"), received_at=came, source="letter")

    assert case.notice_on == date(2026, 3, 4)
    assert case.ticket.received_at == came


def test_nothing_is_received_in_the_future():
    refused(posted(), "received_in_future", received_at=NOW + timedelta(minutes=1))


def test_two_cycles_end_before_ninety_days():
    row = make.transaction(make.account(cycle_day=5), posted_on=date(2026, 2, 20))

    case = file(row)

    due = Deadline.objects.get(ticket=case.ticket, key="resolve")
    assert due.due_on == date(2026, 6, 5)
    assert case.ticket.next_due_rule == "POL-ACK-1WD"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ({"transaction": "tx-nobody"}, "unknown_transaction"),
        ({"minor": 0}, "amount_not_above_zero"),
        ({"minor": -5}, "amount_not_above_zero"),
        ({"minor": make.AMOUNT + 1}, "amount_exceeds_transaction"),
        ({"currency": "EUR"}, "wrong_currency"),
    ],
)
def test_a_claim_that_does_not_fit_its_transaction(claim, code):
    row = posted()
    items = [replace(Claimed(row.external_ref, row.amount_minor, row.currency), **claim)]

    refusal = refused(row, code, items=items)

    assert refusal.details["pointer"].startswith("/items/0/")


def test_somebody_elses_transaction_reads_like_none():
    mine, theirs = posted(), posted()
    items = [Claimed(theirs.external_ref, 100, "USD")]

    known, unknown = (
        refused(mine, "unknown_transaction", items=items).sentence,
        refused(mine, "unknown_transaction", items=[Claimed("tx-no", 100, "USD")]).sentence,
    )

    assert known.replace(theirs.external_ref, "X") == unknown.replace("tx-no", "X")


def test_a_refund_cannot_be_disputed():
    row = posted(amount_minor=-500)

    refused(row, "not_disputable", items=[Claimed(row.external_ref, 500, "USD")])


def test_the_same_transaction_twice_names_the_open_case():
    row = posted()
    first = file(row)

    with pytest.raises(NotNow) as refusal:
        file(row)

    assert refusal.value.code == "duplicate_dispute"
    assert refusal.value.details["existing"] == first.ticket.reference
    assert Dispute.objects.count() == 1


def test_what_was_given_back_cannot_be_disputed_again():
    row = posted()
    half = [Claimed(row.external_ref, 6_450, "USD")]
    case = services.investigate(file(row, items=half), actor=make.clerk(), at=NOW)
    services.letter_left(
        services.resolve(case, actor=make.clerk(), at=NOW, answer=make.won(case)), at=NOW
    )

    with pytest.raises(Unfit) as refusal:
        file(row)
    rest = file(row, items=half)

    assert refusal.value.code == "amount_exceeds_rest"
    assert rest.items.get().disputed_minor == 6_450


def test_one_dispute_for_each_account():
    holder = make.cardholder()
    rows = [make.transaction(make.account(holder)) for _number in range(2)]

    with pytest.raises(Unfit) as refusal:
        services.file(holder, make.notice(*rows), actor=actors.cardholder(holder), at=NOW)

    assert refusal.value.code == "several_accounts"


def test_a_transaction_is_named_once():
    row = posted()
    claim = Claimed(row.external_ref, 100, "USD")

    refused(row, "same_transaction_twice", items=[claim, claim])


def test_a_claim_names_a_transaction_unless_it_is_about_our_own_books():
    row = posted()
    refused(row, "no_transaction", items=[])

    case = file(
        row, items=[], reason="statement_not_sent", account=row.account.external_ref,
        answers=make.answers("statement_not_sent"),
    )  # fmt: skip

    assert (case.items.count(), case.ticket.account) == (0, row.account)


def test_anothers_account_is_unknown():
    other = make.account()

    refused(
        posted(), "unknown_account", items=[], reason="statement_not_sent",
        account=other.external_ref,
    )  # fmt: skip


def test_a_late_notice_is_taken_and_marked():
    row = make.transaction(posted_on=date(2025, 11, 1))
    make.statement(row.account, date(2025, 11, 5))

    case = file(row)

    window = Deadline.objects.get(ticket=case.ticket, key="notice")
    assert case.late is True
    assert window.due_on == date(2026, 1, 6)
    assert Deadline.objects.filter(ticket=case.ticket, key="resolve").exists()


def test_a_small_amount_is_credited_at_once_with_the_rule_on_record(settings):
    settings.SMALL_AMOUNTS = {"USD": 1_500}
    row = posted(amount_minor=9_900)

    case = file(row, items=[Claimed(row.external_ref, 1_500, "USD")])

    item = case.items.get()
    assert (case.state, case.outcome) == ("resolving", "written_off")
    assert case.policy_rule == "small amount: $15.00 is not above $15.00"
    assert (item.written_off_minor, item.credited_minor, item.open_minor) == (1_500, 1_500, 0)
    event = Event.objects.get(ticket=case.ticket, name="dispute.resolve")
    assert (event.actor_kind, event.facts["rule"]) == ("system", case.policy_rule)


def test_the_policy_judges_the_disputed_amount_and_counts_the_year(settings):
    settings.SMALL_AMOUNTS, settings.SMALL_AMOUNTS_A_YEAR = {"USD": 1_500}, 1
    of = make.account()
    rows = [make.transaction(of, amount_minor=1_000) for _number in range(2)]

    states = [file(row).state for row in rows]

    assert states == ["resolving", "filed"]


def test_fraud_is_never_settled_by_amount():
    case = file(posted(amount_minor=900), reason="fraud_card_absent")

    assert case.state == "filed"
    assert not Transfer.objects.exists()


def test_an_open_card_comes_first():
    answers = {"card_in_possession": True, "block_card": False}

    case = file(posted(), reason="fraud_card_absent", answers=answers)

    assert case.ticket.priority == 1


def test_the_same_external_reference_returns_the_first_case():
    row = posted()
    clerk = make.clerk("customer_service")

    first = file(row, by=clerk, source="branch", external_ref="B-77")
    again = file(row, by=clerk, source="branch", external_ref="B-77")

    assert first == again
    assert Ticket.objects.count() == 1


def test_free_text_is_redacted_before_it_is_stored():
    secret = "4111 1111 1111 1111"

    case = file(
        posted(), reason="wrong_amount", story=f"My card {secret} was read.",
        answers={**make.answers("wrong_amount"), "story": f"it is {secret}"},
    )  # fmt: skip

    assert "1111 1111" not in Message.objects.get().body + str(case.answers)
    assert Message.objects.get().body == "My card [card ••••1111] was read."


def test_china_runs_its_own_clocks_and_says_what_a_case_lacks():
    of = make.account(
        make.cardholder(jurisdiction="cn", language="zh-hans"),
        network="unionpay",
    )  # fmt: skip
    row = make.transaction(of, posted_on=date(2026, 2, 20))

    case = file(row, reason="fee_or_interest")

    rules = dict(Deadline.objects.filter(ticket=case.ticket).values_list("rule", "due_on"))
    assert rules["CMP-15"] == date(2026, 3, 26)
    assert "US-REGZ-13C1-ACK-30D" not in rules


def test_a_jurisdiction_without_rules_opens_and_says_so():
    of = make.account(make.cardholder(jurisdiction="zz", time_zone="UTC"))

    case = file(make.transaction(of, posted_on=date(2026, 2, 20)))

    waits = Deadline.objects.get(ticket=case.ticket, key="no_rules")
    assert 'No rules are loaded for the jurisdiction "zz"' in waits.waits_for


def test_receipt_is_now_when_nobody_says_otherwise():
    before = timezone.now()

    case = make.filed()

    assert before <= case.ticket.received_at <= timezone.now()
