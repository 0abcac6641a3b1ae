"""Months, years, weeks and billing cycles against walks over every day between."""

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import calendars
from law.deadlines import Facts, apply, deadlines, rule
from law.trace import Trace
from tests.law.oracles import walking
from tests.law.oracles.dates import DAY

DAYS = st.dates(date(1990, 1, 1), date(2080, 1, 1))
MONTH_ENDS = DAYS.map(lambda day: day.replace(day=1) - DAY)
RESOLVE = "US-REGZ-13C2-RESOLVE-2CYC-90D"


@given(DAYS | MONTH_ENDS, st.integers(0, 40))
def test_months_are_walked(day, count):
    assert calendars.add_months(day, count) == walking.months_on(day, count)
    assert Trace().months(day, count) == walking.months_on(day, count)


@given(DAYS | st.sampled_from([date(2000, 2, 29), date(2024, 2, 29), date(2096, 2, 29)]),
       st.integers(0, 6))  # fmt: skip
def test_years_are_twelve_months_walked(day, count):
    assert calendars.add_years(day, count) == walking.months_on(day, 12 * count)
    assert Trace().years(day, count) == walking.months_on(day, 12 * count)


@given(DAYS, st.integers(0, 60))
def test_weeks_and_days_are_walked(day, count):
    assert Trace().weeks(day, count) == walking.weeks_on(day, count)
    assert Trace().days(day, count) == walking.days_on(day, count)
    assert Trace().days_from(day, count + 1) == walking.days_on(day, count)
    assert walking.days_on(Trace().days_before(day, count), count) == day


@st.composite
def billing(draw):
    """Closing dates of cycles of 10 to 95 days, reaching past the 90th day after receipt."""
    first = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    received = first + draw(st.integers(0, 100)) * DAY
    lengths = draw(st.lists(st.integers(10, 95), min_size=3, max_size=12))
    closings = tuple(accumulate(lengths, lambda day, length: day + length * DAY, initial=first))
    while closings[-1] < walking.days_on(received, 90):
        closings = (*closings, closings[-1] + draw(st.integers(10, 95)) * DAY)
    return received, closings


@given(billing())
def test_resolution_is_the_second_whole_cycle_or_the_ninetieth_day(bill):
    received, closings = bill
    facts = Facts("us", "dispute", {"notice_received": received, "cycle_closings": closings})

    due = apply(rule(RESOLVE), facts)

    assert due.due_on == walking.resolution(received, closings)
    literal = walking.whole_cycles(received, closings, 2, from_next_day=True)
    ninetieth = walking.days_on(received, 90)
    other = ninetieth if literal is None else min(literal, ninetieth)
    assert due.other_reading_on == (None if other == due.due_on else other)


@given(billing(), st.integers(1, 6))
def test_closings_that_end_before_the_ninetieth_day_never_give_a_later_date(bill, cut):
    received, closings = bill
    short = closings[:-cut]
    facts = Facts("us", "dispute", {"notice_received": received, "cycle_closings": short})

    dues, unknown = deadlines(facts)

    found = {due.rule_id: due.due_on for due in dues}
    asked = {one.rule_id: one.why for one in unknown}
    if RESOLVE in asked:
        assert '"cycle_closings" is missing: give projected closing dates' in asked[RESOLVE]
    else:
        assert found[RESOLVE] == walking.resolution(received, closings)


@pytest.mark.parametrize("offset", [0, 1])
def test_receipt_on_the_closing_day_and_the_day_after(offset):
    closings = (date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15),
                date(2026, 5, 15))  # fmt: skip

    found = walking.resolution(closings[0] + offset * DAY, closings)

    assert found == date(2026, 3, 15)
