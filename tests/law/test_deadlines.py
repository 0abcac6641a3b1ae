"""The engine: which rules run, what they give, and what they refuse to guess."""

from datetime import UTC, date, datetime

import pytest

from law import deadlines as engine
from law.deadlines import BadFact, Facts, UnknownRule, apply, deadlines, rule

CLOSINGS = (
    date(2026, 2, 5),
    date(2026, 3, 5),
    date(2026, 4, 5),
    date(2026, 5, 5),
    date(2026, 6, 5),
)
NOTICE = {"notice_received": date(2026, 3, 10), "cycle_closings": CLOSINGS}


def by_id(facts, **options):
    return {due.rule_id: due for due in deadlines(facts, **options)[0]}


def test_resolution_is_explained_step_by_step():
    due = by_id(Facts("us", "dispute", NOTICE))["US-REGZ-13C2-RESOLVE-2CYC-90D"]

    assert due.due_on == date(2026, 6, 5)
    assert due.starts_on == date(2026, 3, 10)
    assert due.safe_on == date(2026, 6, 5)
    assert tuple(step.en for step in due.trace) == (
        "notice received 2026-03-10",
        "2 complete billing cycles end on 2026-06-05",
        "90 calendar days end on 2026-06-08",
        "the earlier is 2026-06-05",
    )
    assert not due.pausable


def test_projected_closings_that_end_too_early_are_asked_for():
    facts = Facts("us", "dispute", NOTICE | {"cycle_closings": CLOSINGS[:3]})

    dues, unknown = deadlines(facts)

    (asked,) = unknown
    assert asked.rule_id == "US-REGZ-13C2-RESOLVE-2CYC-90D"
    assert asked.why == (
        'The fact "cycle_closings" is missing: give projected closing dates up to 2026-06-08.'
    )
    assert asked.rule_id not in {due.rule_id for due in dues}


def test_unknown_rule_names_its_neighbours():
    with pytest.raises(UnknownRule, match="US-REGZ-13C1-ACK-30D"):
        rule("US-REGZ-13C1-ACK")


def test_naive_instant_is_refused_by_name():
    naive = Facts("us", "dispute", {"notice_received": datetime(2026, 3, 10)})  # noqa: DTZ001 - the point

    with pytest.raises(BadFact, match=r'"notice_received" is .* without a time zone'):
        apply(rule("US-REGZ-13C1-ACK-30D"), naive)
    assert {one.rule_id: one.why for one in deadlines(naive)[1]}["US-REGZ-13C1-ACK-30D"] == (
        'The fact "notice_received" is 2026-03-10T00:00:00 without a time zone: give a date.'
    )


def test_instant_becomes_the_cardholders_own_date():
    late = datetime(2026, 3, 11, 3, 30, tzinfo=UTC)
    facts = Facts("us", "dispute", {"notice_received": late}, zone="America/Chicago")

    assert by_id(facts)["US-REGZ-13C1-ACK-30D"].due_on == date(2026, 4, 9)


def test_last_day_ends_at_midnight_where_the_days_are_counted():
    values = {"notice_received": date(2026, 2, 6)}  # thirty days later the clocks go forward

    known = by_id(Facts("us", "dispute", values, zone="America/New_York"))
    unknown = by_id(Facts("us", "dispute", values))

    assert known["US-REGZ-13C1-ACK-30D"].due_on == date(2026, 3, 8)
    assert known["US-REGZ-13C1-ACK-30D"].due_at == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert unknown["US-REGZ-13C1-ACK-30D"].due_at is None


def test_issuers_calendar_takes_the_place_of_the_jurisdictions():
    facts = Facts("us", "dispute", {"autopay_on": date(2026, 7, 7)})

    assert by_id(facts)["US-REGZ-13D1-AUTOPAY-3BD"].due_on == date(2026, 7, 2)
    office = by_id(facts, calendar="US-OFFICE")
    assert office["US-REGZ-13D1-AUTOPAY-3BD"].due_on == date(2026, 7, 1)


def test_case_without_a_calendar_keeps_its_dates_and_asks_for_one():
    facts = Facts("atlantis", "hardship", {"documents_complete": date(2026, 3, 2)})
    received = Facts("atlantis", "hardship", {"received": date(2026, 3, 2)})

    (plan,) = deadlines(facts)[0]
    owner = deadlines(received)[1][1]

    assert plan.due_on == date(2026, 3, 9)
    assert plan.safe_on is None
    assert plan.waits_for.startswith("No business-day calendar is named for this place")
    assert owner.rule_id == "POL-ACK-1WD"
    assert owner.why == plan.waits_for


def test_targets_of_the_house_may_pause():
    facts = Facts("us", "enquiry", {"received": date(2026, 7, 2)})

    target = by_id(facts)["POL-ENQ-3WD"]

    assert target.pausable
    assert target.due_on == date(2026, 7, 7)


def test_rules_are_found_in_their_folders():
    assert "us" in engine.jurisdictions()
    assert rule("NET-VISA-FILE-75D") in engine.rules("networks")
