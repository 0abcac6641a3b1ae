"""Every built-in calendar, day by day, against tables and Acts written down apart from it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import calendars
from law.trace import Trace
from tests.law.oracles import walking
from tests.law.oracles.asia import mumbai_saturdays_closed
from tests.law.oracles.calendars import CLOSED
from tests.law.oracles.dates import DAY

SHIPPED = calendars.shipped().values()
NAMES = sorted(one.id for one in SHIPPED if one.first_year <= one.last_year)
AS_ANNOUNCED = sorted(one.id for one in SHIPPED if one.first_year > one.last_year)


def years_of(name):
    _closed, first, last = CLOSED[name]
    known = calendars.named(name)
    return max(first, known.first_year), min(last, known.last_year)


@st.composite
def asked(draw, margin=90):
    """A calendar and a day far enough from the ends of what its oracle knows."""
    name = draw(st.sampled_from(NAMES))
    first, last = years_of(name)
    days = st.dates(date(first, 1, 1) + margin * DAY, date(last, 12, 31) - margin * DAY)
    return name, CLOSED[name][0], draw(days)


def test_every_calendar_has_an_oracle():
    assert [name for name in NAMES if name not in CLOSED] == []
    assert all(first + 2 <= last for first, last in map(years_of, NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_each_day_is_open_or_closed_as_the_oracle_says(name):
    closed, (first, last) = CLOSED[name][0], years_of(name)
    days = [
        date(first, 1, 1) + n * DAY for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)
    ]

    wrong = [day for day in days if calendars.is_business_day(name, day) is closed(day)]

    assert wrong == []


@pytest.mark.parametrize("year", [2025, 2026, 2028])
def test_mumbai_opens_on_odd_saturdays_of_the_years_that_are_announced(year):
    republic, saturday = date(year, 1, 26), date(year, 1, 1)
    while saturday.weekday() != 5:
        saturday += DAY
    bank = calendars.named("IN-MH").announced([year], [republic, saturday])
    days = [date(year, 1, 1) + n * DAY for n in range((date(year, 12, 31) - date(year, 1, 1)).days)]

    wrong = [
        day
        for day in days
        if calendars.is_business_day(bank, day)
        is (mumbai_saturdays_closed(day) or day in (republic, saturday))
    ]

    assert AS_ANNOUNCED == ["IN-MH"]
    assert wrong == []


@given(asked(), st.integers(0, 45))
def test_counting_forward_and_back_walks_the_oracles_days(question, count):
    name, closed, day = question

    assert calendars.add_business_days(name, day, count) == walking.nth_open(closed, day, count)
    back = walking.nth_open(closed, day, count, -DAY)
    assert calendars.business_days_before(name, day, count) == back


@given(asked())
def test_nearest_open_day_on_either_side(question):
    name, closed, day = question

    after = calendars.next_business_day_on_or_after(name, day)
    before = calendars.last_business_day_on_or_before(name, day)

    assert after == walking.nearest_open(closed, day)
    assert before == walking.nearest_open(closed, day, -DAY)


CHAIN = st.lists(
    st.tuples(st.sampled_from(["business_days", "days", "weeks", "months"]), st.integers(1, 4)),
    max_size=4,
)


def walk(closed, day, unit, count):
    if unit == "business_days":
        return walking.nth_open(closed, day, count)
    walks = {"days": "days_on", "weeks": "weeks_on", "months": "months_on"}
    return getattr(walking, walks[unit])(day, count)


@given(asked(margin=80), CHAIN.filter(lambda chain: sum(n for u, n in chain if u == "months") < 3))
def test_chain_of_counts_is_walked_link_by_link(question, chain):
    name, closed, day = question
    trace, by_engine, by_hand = Trace(calendars.named(name)), day, day

    for unit, count in chain:
        by_engine = getattr(trace, unit)(by_engine, count)
        by_hand = walk(closed, by_hand, unit, count)

    assert by_engine == by_hand
    assert len(trace.steps) == len(chain)


@given(asked(), st.sets(st.integers(1, 30), max_size=10), st.integers(0, 12))
def test_issuers_own_closures_are_closed_as_well(question, offsets, count):
    name, closed, day = question
    own = {day + offset * DAY for offset in offsets}
    branch = calendars.named(name).closed_on(own)

    found = calendars.add_business_days(branch, day, count)

    assert found == walking.nth_open(lambda one: closed(one) or one in own, day, count)
