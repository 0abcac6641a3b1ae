"""Every door leads in: idempotent, redacted, routed, and the same matter joins its case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from complaints import services
from complaints.models import Arrival, Complaint
from kernel import actors
from kernel.errors import NotNow, Unfit
from tests import make
from tests.snapshot import snapshot
from tickets import history
from tickets.models import Deadline, Event, Ticket

pytestmark = pytest.mark.django_db


def take(holder, **fields):
    at = fields.pop("at", timezone.now())
    return services.receive(
        holder, make.grievance(**fields), actor=make.clerk("customer_service"), at=at
    )


def test_free_text_is_enough():
    case = take(make.cardholder())

    assert (case.state, case.category, case.ticket.account) == ("received", "", None)
    assert case.ticket.messages.get().body == "Your collector called me at midnight."
    assert case.ticket.department == "customer_service"
    assert case.ticket.reference.startswith("C-")


def test_card_numbers_are_masked_before_anything_is_stored():
    case = take(make.cardholder(), story="My card 4111 1111 1111 1111 was read out aloud.")

    assert "4111 1111 1111 1111" not in case.ticket.messages.get().body


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"story": " "}, "text_empty"),
        ({"category": "weather"}, "unknown_category"),
        ({"account": "acc-of-nobody"}, "unknown_account"),
        ({"complained_of_department": "kitchen"}, "bad_department"),
        ({"received_at": datetime(2100, 1, 1, tzinfo=UTC)}, "received_in_future"),
        ({"joins": "C-00000-00000-0"}, "unknown_case"),
    ],
)
def test_what_cannot_be_taken_moves_nothing(fields, code):
    holder, actor = make.cardholder(), make.clerk("customer_service")
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        services.receive(holder, make.grievance(**fields), actor=actor, at=timezone.now())

    assert refusal.value.code == code
    assert snapshot() == before


def test_the_only_account_is_the_one_it_is_about():
    account = make.account()

    assert take(account.cardholder).ticket.account == account


def test_of_two_accounts_none_is_guessed():
    account = make.account()
    make.account(account.cardholder)

    assert take(account.cardholder).ticket.account is None


def test_the_same_delivery_is_one_case():
    holder = make.cardholder()

    first = take(holder, source="letter", external_ref="L-1")
    again = take(holder, source="letter", external_ref="L-1")

    assert first.pk == again.pk
    assert (Complaint.objects.count(), Arrival.objects.count()) == (1, 1)


def test_a_reference_of_another_cardholders_case_is_refused_in_words():
    take(make.cardholder(), source="letter", external_ref="L-1")

    with pytest.raises(Unfit) as refusal:
        take(make.cardholder(), source="letter", external_ref="L-1")

    assert refusal.value.code == "external_ref_used"


def test_two_bodies_may_count_alike():
    holder = make.cardholder()

    take(holder, source="regulator", body="nfra", external_ref="1")
    take(holder, source="regulator", body="pboc", external_ref="1")

    assert Complaint.objects.count() == 2


def test_the_regulators_transfer_joins_and_restarts_nothing():
    holder = make.cardholder(jurisdiction="cn")
    make.account(holder)
    start = datetime(2026, 3, 2, 4, tzinfo=UTC)
    case = take(holder, category="collect_hours", at=start)

    again = take(
        holder, category="collect_hours", source="regulator", body="nfra", external_ref="12378-9",
        at=start + timedelta(days=8),
    )  # fmt: skip

    assert again.pk == case.pk
    assert list(case.arrivals.values_list("source", "body", "external_ref")) == [
        ("app", "", ""), ("regulator", "nfra", "12378-9"),
    ]  # fmt: skip
    law = Deadline.objects.filter(ticket=case.ticket).exclude(severity="internal")
    assert list(law.values_list("rule", "due_on")) == [("CMP-15", date(2026, 3, 17))]
    assert Ticket.objects.get(pk=case.ticket_id).alert == "came again through nfra"


def test_the_central_banks_clock_starts_beside_the_first():
    holder = make.cardholder(jurisdiction="cn")
    start = datetime(2026, 3, 2, 4, tzinfo=UTC)
    case = take(holder, at=start)

    take(
        holder, joins=case.ticket.reference, source="regulator", body="pboc",
        external_ref="12363-1", at=start + timedelta(days=8),
    )  # fmt: skip

    law = Deadline.objects.filter(ticket=case.ticket, state="running", severity="statutory")
    assert dict(law.values_list("rule", "due_on")) == {
        "CMP-15": date(2026, 3, 17), "PBC-15": date(2026, 3, 25),
    }  # fmt: skip


def test_a_letter_that_had_come_before_brings_the_dates_forward():
    holder = make.cardholder(jurisdiction="cn")
    start = datetime(2026, 3, 10, 4, tzinfo=UTC)
    case = take(holder, at=start)

    joined = take(
        holder, joins=case.ticket.reference, source="letter", external_ref="L-9",
        received_at=start - timedelta(days=4), at=start + timedelta(days=1),
    )  # fmt: skip

    row = Deadline.objects.get(ticket=case.ticket, rule="CMP-15")
    assert (row.starts_on, row.due_on) == (date(2026, 3, 6), date(2026, 3, 21))
    assert joined.received_on == date(2026, 3, 6)
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert ticket.received_at == start - timedelta(days=4)
    assert list(history.broken_links(ticket)) == []


def test_the_transfer_delivered_twice_joins_once():
    holder = make.cardholder()
    case = take(holder)
    same = {"joins": case.ticket.reference, "source": "regulator", "external_ref": "R-1"}

    take(holder, **same)
    take(holder, **same)

    assert case.arrivals.count() == 2
    assert Event.objects.filter(name="complaint.join").count() == 1


def test_another_matter_is_another_case():
    holder = make.account().cardholder

    take(holder, category="fee")
    take(holder, category="interest")

    assert Complaint.objects.count() == 2


def test_what_a_regulator_passes_on_comes_first():
    case = take(make.cardholder(), source="regulator", body="cfpb", external_ref="230101-1")

    assert case.ticket.priority == 2


def test_withdrawing_drops_the_draft_and_keeps_the_case():
    case = make.complaint("drafted")

    case = services.withdraw(
        case, actor=actors.cardholder(case.ticket.cardholder), at=timezone.now()
    )

    assert (case.state, case.outcome) == ("withdrawn", "withdrawn")
    assert case.decisions.get().state == "returned"
    assert Ticket.objects.get(pk=case.ticket_id).resolution == "withdrawn"


def test_after_the_reopening_window_only_staff_reopens():
    case, late = make.complaint("responded"), timezone.now() + timedelta(days=61)
    holder = actors.cardholder(case.ticket.cardholder)

    with pytest.raises(NotNow) as refusal:
        services.reopen(case, actor=holder, at=late, because="Again.")

    assert refusal.value.code == "reopening_window_over"
    moved = services.reopen(case, actor=make.clerk("lead"), at=late, because="Found more.")
    assert (moved.state, moved.round, moved.outcome) == ("investigating", 2, "")
