"""The law's dates of real complaints: receipt, extension in steps, answer, what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from complaints import services
from complaints.models import Complaint, Extension
from kernel import actors
from kernel.errors import NotAllowed, NotNow, Unfit
from tests import make
from tickets import reassessing
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
PLACES = {
    "cn": {"time_zone": "Asia/Shanghai", "currency": "CNY"},
    "gb": {"time_zone": "Europe/London", "currency": "GBP"},
    "us": {"time_zone": "America/New_York", "currency": "USD"},
    "eu": {"time_zone": "Europe/Berlin", "currency": "EUR"},
    "au": {"time_zone": "Australia/Sydney", "currency": "AUD"},
    "ca": {"time_zone": "America/Toronto", "currency": "CAD"},
    "in": {"time_zone": "Asia/Kolkata", "currency": "INR"},
}


def of(place: str, state: str = "received", at: datetime = NOON, **fields) -> Complaint:
    told = PLACES[place]
    holder = make.cardholder(jurisdiction=place, time_zone=told["time_zone"])
    account = make.account(holder, currency=told["currency"])
    return make.complaint(state, of=account, at=at, **fields)


def dates(case: Complaint, state: str = "running") -> dict[str, date]:
    """Dates of the answer by rule: what binds us and is no target of our own."""
    rows = Deadline.objects.filter(ticket=case.ticket, state=state, nature="deadline")
    rows = rows.filter(binds="issuer").exclude(severity="internal").exclude(key="acknowledge")
    return {row.rule: row.due_on for row in rows}


def extend(case: Complaint, at: datetime, day: date, **fields) -> Complaint:
    who = fields.pop("who", None) or make.clerk("lead")
    return services.extend(
        case, actor=who, at=at, because="The recording is with the agency.", expected_on=day,
        **fields,
    )  # fmt: skip


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


def test_china_steps_from_15_to_30_to_60():
    case = of("cn", "investigating")

    case = extend(case, NOON + timedelta(days=10), date(2026, 3, 28))
    assert dates(case) == {"CMP-15": date(2026, 3, 17)}
    case = services.extension_left(case, at=NOON + timedelta(days=10))
    assert dates(case) == {"CMP-30": date(2026, 4, 1)}
    case = extend(
        case, NOON + timedelta(days=25), date(2026, 4, 30), approver="Head office, deputy president"
    )
    case = services.extension_left(case, at=NOON + timedelta(days=25))

    assert dates(case) == {"CMP-60": date(2026, 5, 1)}
    assert dates(case, "ended") == {"CMP-15": date(2026, 3, 17), "CMP-30": date(2026, 4, 1)}
    assert Ticket.objects.get(pk=case.ticket_id).next_due_rule == "CMP-60"
    old = Deadline.objects.get(ticket=case.ticket, rule="CMP-15")
    assert (old.due_on, old.breached_at) == (date(2026, 3, 17), None)
    assert old.trace[-1][0] == "closed on 2026-03-12: the law's next step applies"


def test_china_has_no_third_step():
    case = of("cn", "investigating")
    for days, day in ((5, 20), (6, 40)):
        at = NOON + timedelta(days=days)
        case = extend(case, at, NOON.date() + timedelta(days=day), approver="Head office")
        case = services.extension_left(case, at=at)

    with pytest.raises(NotNow) as refusal:
        extend(case, NOON + timedelta(days=7), date(2026, 4, 30), approver="Head office")

    assert refusal.value.code == "no_extension"


@pytest.mark.parametrize(
    ("who", "approver", "refusal"),
    [
        ("customer_service", "Head office", NotAllowed),
        ("lead", " ", Unfit),
    ],
)
def test_china_step_to_60_needs_a_lead_and_the_name_of_who_approved(who, approver, refusal):
    case = of("cn", "investigating")
    at = NOON + timedelta(days=5)
    case = services.extension_left(extend(case, at, date(2026, 3, 20)), at=at)

    with pytest.raises(refusal):
        extend(case, at, date(2026, 4, 20), approver=approver, who=make.clerk(who))

    assert Extension.objects.count() == 1


def test_who_handles_it_does_not_approve_the_step():
    lead = make.staff("customer_service", "lead")
    case = of("cn", body="pboc", source="regulator")
    case = services.investigate(case, actor=actors.staff(lead), at=NOON)

    with pytest.raises(NotAllowed) as refusal:
        extend(case, NOON, date(2026, 4, 20), approver="Head", who=actors.staff(lead))

    assert refusal.value.code == "same_person"


def test_central_bank_steps_from_15_to_60():
    case = of("cn", "investigating", body="pboc", source="regulator")
    at = NOON + timedelta(days=10)

    case = extend(case, at, date(2026, 4, 28), approver="Head of complaint handling")
    case = services.extension_left(case, at=at)

    assert dates(case) == {"PBC-60": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        ("gb", "UK-DISP-1.6.2A-15BD", ("UK-DISP-1.6.2A-35BD", date(2026, 4, 22))),
        ("eu", "EU-PSD2-101-15BD", ("EU-PSD2-101-35BD", date(2026, 4, 22))),
    ],
)
def test_a_holding_response_gives_the_outer_limit(place, before, after):
    case = of(place, "investigating", payment_services=True)
    at = NOON + timedelta(days=14)

    case = extend(case, at, date(2026, 4, 10), who=make.clerk("customer_service"))
    case = services.extension_left(case, at=at)

    rule, day = after
    found = dates(case)
    assert found[rule] == day or place == "eu"
    assert set(found) == {rule}
    assert set(dates(case, "ended")) == {before}


def test_a_letter_that_leaves_too_late_extends_nothing():
    case = of("cn", "investigating")

    case = extend(case, NOON + timedelta(days=14), date(2026, 3, 28))
    case = services.extension_left(case, at=NOON + timedelta(days=17))

    assert dates(case) == {"CMP-15": date(2026, 3, 17)}


@pytest.mark.parametrize(
    ("at", "day", "refusal"),
    [
        (NOON + timedelta(days=20), date(2026, 4, 1), NotNow),
        (NOON + timedelta(days=5), date(2026, 3, 7), Unfit),
        (NOON + timedelta(days=5), date(2026, 4, 2), Unfit),
    ],
)
def test_no_extension_after_the_date_nor_to_a_day_that_the_law_does_not_allow(at, day, refusal):
    case = of("cn", "investigating")

    with pytest.raises(refusal):
        extend(case, at, day)

    assert Extension.objects.count() == 0


def test_a_limit_is_extended_once_even_before_its_letter_leaves():
    case = extend(of("cn", "investigating"), NOON, date(2026, 3, 20))

    with pytest.raises(NotNow) as refusal:
        extend(case, NOON, date(2026, 3, 21))

    assert refusal.value.code == "no_extension"


def test_in_progress_answers_the_first_date_of_the_bureau_and_the_final_one_stands():
    case = of("us", "investigating", source="regulator", body="cfpb")
    at = NOON + timedelta(days=14)

    case = extend(case, at, date(2026, 4, 20), who=make.clerk("customer_service"))
    case = services.extension_left(case, at=at)

    assert dates(case, "met") == {"US-CFPB-15D": date(2026, 3, 17)}
    assert dates(case) == {"US-CFPB-60D": date(2026, 5, 1)}


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
