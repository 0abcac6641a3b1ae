"""The law's dates of real complaints: receipt, answer, and what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from complaints import services
from kernel import actors
from tests import make
from tests.complaints.places import NOON, dates, extend, of
from tickets import reassessing
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("place", "fields", "expected"),
    [
        ("cn", {}, {"CMP-15": date(2026, 3, 17)}),
        ("cn", {"source": "regulator", "body": "pboc"}, {"PBC-15": date(2026, 3, 17)}),
        ("gb", {}, {"UK-DISP-1.6.2-8W": date(2026, 4, 27)}),
        ("gb", {"payment_services": True}, {"UK-DISP-1.6.2A-15BD": date(2026, 3, 23)}),
        ("eu", {}, {"EU-PSD2-101-15BD": date(2026, 3, 23)}),
        ("eu", {"payment_services": False}, {}),
        ("au", {}, {"AU-RG271-30D": date(2026, 4, 1)}),
        ("au", {"hardship": True}, {"AU-RG271-21D": date(2026, 3, 23)}),
        (
            "us",
            {"source": "regulator", "body": "cfpb"},
            {"US-CFPB-15D": date(2026, 3, 17), "US-CFPB-60D": date(2026, 5, 1)},
        ),
        ("us", {}, {}),
        ("ca", {}, {"CA-BANKACT-56D": date(2026, 4, 27)}),
        ("in", {}, {"IN-IOS-30D": date(2026, 4, 1)}),
    ],
)
def test_receipt_starts_the_law_of_the_place(place, fields, expected):
    found = dates(of(place, **fields))

    assert {rule: found.get(rule) for rule in expected} == expected
    if place != "in":
        assert set(found) == set(expected)


def test_the_clock_starts_when_it_was_said_and_not_when_it_was_typed():
    said = NOON - timedelta(days=3)
    case = of("cn", received_at=said)

    assert dates(case) == {"CMP-15": date(2026, 3, 14)}
    assert case.ticket.received_at == said


def test_receipt_counts_where_the_cardholder_lives():
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai

    assert dates(of("cn", at=late)) == {"CMP-15": date(2026, 3, 18)}


def test_our_own_targets_run_beside_the_law():
    case = of("gb")

    own = Deadline.objects.filter(ticket=case.ticket, severity="internal")

    assert set(own.values_list("rule", flat=True)) == {"POL-ACK-1WD", "POL-UK-ACK-5BD"}


def test_a_transfer_in_a_later_round_has_its_clock_too():
    case = of("cn", "responded")
    at = NOON + timedelta(days=30)
    case = services.reopen(case, actor=make.clerk("lead"), at=at, because="More was found.")
    again = make.grievance(
        source="regulator", body="pboc", external_ref="12363-2", joins=case.ticket.reference
    )

    services.receive(
        case.ticket.cardholder, again, actor=make.clerk("customer_service"),
        at=at + timedelta(days=2),
    )  # fmt: skip

    assert dates(case) == {"CMP-15": date(2026, 4, 16), "PBC-15": date(2026, 4, 18)}


def test_dates_are_counted_again_from_the_complaints_own_facts():
    case = of("cn", "investigating")
    at = NOON + timedelta(days=5)
    case = services.extension_left(extend(case, at, date(2026, 3, 20)), at=at)

    assert list(reassessing.changes(case.ticket)) == []


def test_what_it_is_about_may_shorten_the_limit_and_never_lengthen_it():
    case = of("gb", "investigating")
    clerk = make.clerk("customer_service")

    case = services.classify(case, actor=clerk, at=NOON, category="unauthorised_use", payments=True)
    assert dates(case) == {"UK-DISP-1.6.2A-15BD": date(2026, 3, 23)}
    case = services.classify(case, actor=clerk, at=NOON, category="unauthorised_use")

    assert dates(case) == {"UK-DISP-1.6.2A-15BD": date(2026, 3, 23)}
    assert Ticket.objects.get(pk=case.ticket_id).topic == "unauthorised_use"


def test_the_answer_opens_the_way_to_a_review_and_the_review_has_its_own_date():
    case = of("cn", "responded")
    window = Deadline.objects.get(ticket=case.ticket, rule="CMP-REVIEW-APPLY")
    assert (window.due_on, window.binds, window.state) == (date(2026, 4, 1), "customer", "running")

    at = NOON + timedelta(days=20)
    who = actors.cardholder(case.ticket.cardholder)
    case = services.request_review(case, actor=who, at=at, because="The recording is another.")

    assert dates(case)["CMP-REVIEW-DECIDE"] == date(2026, 4, 21)
    assert Deadline.objects.get(pk=window.pk).state == "met"


def test_the_ombudsmans_six_months_run_beside_a_review():
    case = of("gb", "under_review")

    window = Deadline.objects.get(ticket=case.ticket, rule="UK-DISP-2.8.2-FOS-6M")

    assert (window.due_on, window.state) == (date(2026, 9, 2), "running")


def test_a_withdrawn_complaint_owes_nothing_more():
    case = of("gb", "withdrawn")

    assert Deadline.objects.filter(ticket=case.ticket, state="running").count() == 0


def test_taken_up_again_it_counts_anew_beside_the_old_dates():
    case = of("cn", "responded")
    at = NOON + timedelta(days=30)

    case = services.reopen(
        case, actor=make.clerk("lead"), at=at, because="There is a second recording."
    )

    again = Deadline.objects.get(ticket=case.ticket, rule="CMP-15", subject="round 2")
    assert (again.starts_on, again.due_on) == (date(2026, 4, 1), date(2026, 4, 16))
    assert Deadline.objects.get(ticket=case.ticket, rule="CMP-15", subject="").due_on == date(
        2026, 3, 17
    )
    case = services.extension_left(extend(case, at, date(2026, 4, 28)), at=at)
    second = Deadline.objects.filter(ticket=case.ticket, subject="round 2", state="running")
    assert list(second.filter(key="respond").values_list("rule", "due_on")) == [
        ("CMP-30", date(2026, 5, 1))
    ]
