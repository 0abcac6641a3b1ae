"""The European Union beyond the worked cases: which rules run on a case, and local midnight."""

from datetime import UTC, date, datetime

import pytest

from law.calendars import named
from law.deadlines import Facts, apply, deadlines, rule

RECEIVED = date(2026, 4, 2)
TARGETS = {"POL-ACK-1WD", "POL-DSP-30D"}
UNAUTHORISED = {"subtype": "unauthorised_transaction"}


def run(kind, calendar=None, zone="Europe/Berlin", **values):
    dues, unknown = deadlines(Facts("eu", kind, values, zone), calendar=calendar)
    assert unknown == []
    return {due.rule_id: due for due in dues}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"POL-ACK-1WD", "EU-PSD2-101-15BD"}),
        ({"payment_services": True}, {"POL-ACK-1WD", "EU-PSD2-101-15BD"}),
        ({"payment_services": False}, {"POL-ACK-1WD"}),
        ({"holding_sent_on": date(2026, 4, 20)}, {"POL-ACK-1WD", "EU-PSD2-101-35BD"}),
    ],
)
def test_rules_that_run_on_a_complaint(values, expected):
    assert set(run("complaint", received=RECEIVED, source="web", **values)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (UNAUTHORISED, {"POL-ACK-1WD", "EU-PSD2-73-1BD", "EU-PSD2-71-13M"}),
        ({**UNAUTHORISED, "nca_notified": True}, {"POL-ACK-1WD", "EU-PSD2-71-13M"}),
        ({"incorrectly_executed": True}, {"POL-ACK-1WD", "EU-PSD2-71-13M"}),
        ({"amount_not_exact": True}, {"POL-ACK-1WD", "EU-PSD2-77-8W", "EU-PSD2-77-10BD"}),
        ({"subtype": ""}, {"POL-ACK-1WD"}),
    ],
)
def test_rules_that_run_on_a_dispute(values, expected):
    dates = {"notice_received": RECEIVED, "received": RECEIVED, "posted_on": date(2026, 3, 20)}

    assert set(run("dispute", amount_minor=9900, **dates, **values)) == expected | TARGETS


@pytest.mark.parametrize(
    ("aware", "due_at"),
    [
        (date(2026, 10, 23), datetime(2026, 10, 26, 23, tzinfo=UTC)),  # summer time has ended
        (date(2027, 3, 25), datetime(2027, 3, 30, 22, tzinfo=UTC)),  # Easter, and it has begun
    ],
)
def test_refund_is_due_when_the_local_day_ends(aware, due_at):
    found = run("dispute", aware_on=aware, **UNAUTHORISED)

    assert found["EU-PSD2-73-1BD"].due_at == due_at


def test_hour_of_the_end_is_not_guessed_without_a_zone():
    found = run("dispute", zone="", aware_on=date(2026, 10, 23), **UNAUTHORISED)

    assert found["EU-PSD2-73-1BD"].due_on == date(2026, 10, 26)
    assert found["EU-PSD2-73-1BD"].due_at is None


@pytest.mark.parametrize(
    ("calendar", "due_on"),
    [
        ("DE", date(2026, 5, 15)),  # Ascension Day
        ("TARGET", date(2026, 5, 14)),
        ("FR", date(2026, 5, 15)),
    ],
)
def test_providers_own_calendar_decides(calendar, due_on):
    found = run("dispute", calendar, notice_received=date(2026, 5, 13), **UNAUTHORISED)

    assert found["EU-PSD2-73-1BD"].due_on == due_on


def test_trace_of_the_outer_limit_shows_the_first():
    values = {"received": date(2026, 8, 20), "holding_sent_on": date(2026, 9, 10)}

    due = run("complaint", **values)["EU-PSD2-101-35BD"]

    assert [step.en for step in due.trace] == [
        "complaint received 2026-08-20",
        "15 business days by TARGET end on 2026-09-10",
        "holding reply sent in time on 2026-09-10",
        "35 business days by TARGET end on 2026-10-08",
        "the user has the reply by then: allow for post",
    ]


def test_outer_limit_asked_by_name_needs_no_holding_reply():
    facts = Facts("eu", "complaint", {"received": date(2026, 5, 19)})

    due = apply(rule("EU-PSD2-101-35BD"), facts, named("DE"))

    assert due.due_on == date(2026, 7, 8)
    assert not [step for step in due.trace if "holding" in step.en]
