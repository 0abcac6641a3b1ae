"""Hours and ends of days against a walk over each minute of UTC, in zones that turn oddly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.facts import Facts
from law.trace import Trace
from tests.law.oracles import minutes
from tests.law.oracles.dates import DAY

ZONES = (
    "America/New_York", "America/Phoenix", "America/St_Johns", "America/Sao_Paulo",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Beirut", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/London", "Europe/Dublin", "Pacific/Apia", "Pacific/Auckland",
    "Pacific/Kiritimati", "Africa/Casablanca",
)  # fmt: skip
# Days on which the wall does something odd: a gap or a fold, at midnight, of half an hour, a day.
ODD = (
    ("America/New_York", date(2026, 3, 8)), ("America/New_York", date(2026, 11, 1)),
    ("America/Sao_Paulo", date(2017, 10, 15)), ("America/Sao_Paulo", date(2018, 2, 17)),
    ("America/Sao_Paulo", date(2018, 11, 4)), ("Asia/Beirut", date(2023, 3, 30)),
    ("Australia/Lord_Howe", date(2026, 4, 5)), ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Sydney", date(2026, 10, 4)), ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)), ("Pacific/Apia", date(2011, 12, 29)),
    ("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Apia", date(2011, 12, 31)),
    ("America/St_Johns", date(2010, 3, 14)), ("America/St_Johns", date(2010, 11, 6)),
    ("Asia/Kathmandu", date(2026, 1, 1)), ("Africa/Casablanca", date(2026, 2, 15)),
)  # fmt: skip
AROUND = [(zone, day + n * DAY) for zone, day in ODD for n in (-1, 0, 1)]
ANY = st.tuples(st.sampled_from(ZONES), st.dates(date(2008, 1, 1), date(2030, 1, 1)))


def ends(zone, day):
    return Trace().end_of_day(day, zone), Facts("us", "dispute", {}, zone).end_of(day)


@pytest.mark.parametrize(("zone", "day"), AROUND, ids=str)
def test_odd_day_ends_at_the_first_minute_of_a_later_date(zone, day):
    first = minutes.first_after(day, zone)

    assert ends(zone, day) == (first, first)


@given(ANY)
def test_any_day_ends_at_the_first_minute_of_a_later_date(where):
    zone, day = where
    first = minutes.first_after(day, zone)

    assert ends(zone, day) == (first, first)


@given(ANY | st.sampled_from(AROUND), st.integers(0, 1439), st.sampled_from([1, 24, 48, 72]))
@settings(max_examples=60)
def test_hours_elapse_minute_by_minute_whatever_the_wall_shows(where, minute, hours):
    zone, day = where
    start = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=minute)
    trace = Trace()

    end = trace.hours(start, hours, zone)

    walked = minutes.elapsed(start, hours)
    assert (end, end.utcoffset()) == (walked, timedelta(0))
    assert f" {minutes.wall(walked, zone)} in {zone}" in trace.steps[0].en


@pytest.mark.parametrize(("zone", "day"), AROUND, ids=str)
def test_instant_is_read_as_the_date_on_the_wall(zone, day):
    for at in minutes.quarters_of(day, zone):
        assert Facts("us", "dispute", {"x": at}, zone).day("x") == day
