"""Canada beyond the worked cases: the Interpretation Act's reading beside the date."""

from datetime import date, timedelta

import pytest

from law.ca.bank_act import next_juridical_day
from law.calendars import named
from law.deadlines import Facts, apply, deadlines, rule


def respond(received, calendar="CA-ON", **values):
    facts = Facts("ca", "complaint", {"received": received, **values})
    found = apply(rule("CA-BANKACT-56D"), facts, named(calendar) if calendar else None)
    return found.due_on, found.found.get("interpretation_act_reading")


@pytest.mark.parametrize(
    ("received", "due_on", "reading"),
    [
        (date(2026, 7, 12), date(2026, 9, 6), date(2026, 9, 8)),  # Sunday before Labour Day
        (date(2026, 5, 9), date(2026, 7, 4), date(2026, 7, 4)),  # Saturdays are no holidays
        (date(2026, 10, 30), date(2026, 12, 25), date(2026, 12, 26)),
        (date(2026, 5, 6), date(2026, 7, 1), date(2026, 7, 2)),  # Canada Day
        (date(2028, 5, 6), date(2028, 7, 1), date(2028, 7, 3)),  # Canada Day on a Saturday
    ],
)
def test_only_sundays_and_holidays_move_the_reading(received, due_on, reading):
    assert respond(received) == (due_on, reading)


@pytest.mark.parametrize("day", [date(2028, 1, 1), date(2028, 7, 1), date(2027, 12, 25)])
def test_holiday_of_its_own_date_counts_on_a_saturday(day):
    calendar = named("CA-ON")

    assert next_juridical_day(calendar, day) > day
    assert next_juridical_day(calendar, day - timedelta(14)) == day - timedelta(14)


def test_no_reading_without_a_calendar_or_beyond_its_years():
    assert respond(date(2026, 7, 12), calendar="") == (date(2026, 9, 6), None)
    assert respond(date(2031, 7, 14)) == (date(2031, 9, 8), None)


def test_sunday_is_a_holiday_whatever_the_calendar_says():
    assert respond(date(2026, 7, 12), calendar="CAL") == (date(2026, 9, 6), date(2026, 9, 7))


def test_raising_the_complaint_restarts_nothing():
    values = {"received": date(2026, 3, 2), "escalated_on": date(2026, 4, 10)}

    due = apply(rule("CA-BANKACT-56D"), Facts("ca", "complaint", values))

    assert due.due_on == date(2026, 4, 27)
    assert due.trace[-1].en == "raised to the next level on 2026-04-10: nothing starts anew"


def test_rules_that_run_on_a_complaint():
    facts = Facts("ca", "complaint", {"received": date(2026, 3, 2), "source": "letter"})

    assert {due.rule_id for due in deadlines(facts)[0]} == {"POL-ACK-1WD", "CA-BANKACT-56D"}


def test_act_is_not_in_force_before_30_june_2022():
    facts = Facts("ca", "complaint", {"received": date(2022, 6, 29)})

    assert {due.rule_id for due in deadlines(facts)[0]} == {"POL-ACK-1WD"}
