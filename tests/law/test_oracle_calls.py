"""Calling hours minute by minute, and call counters against every window laid out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import Facts, apply, deadlines, rule
from tests.law.oracles import counters, minutes
from tests.law.oracles.dates import DAY

SHANGHAI, HOURS = "Asia/Shanghai", "US-REGF-6B1-HOURS"
SPRING, NUMBERS = date(2026, 3, 2), ("138****8000", "139****9000")


def verdict_of(rule_id, place, **values):
    dues, unknown = deadlines(Facts(place, "contact", values))
    assert rule_id not in {one.rule_id for one in unknown}
    return {one.rule_id: one for one in dues}[rule_id]


def beijing_day(at):
    return (at + timedelta(hours=8)).date()  # no clock in China has turned since 1991


@pytest.mark.parametrize("day", [SPRING, date(2026, 3, 29), date(2028, 2, 29)])
def test_chinese_hours_minute_by_minute(day):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for minute in range(1440):
        at = start + timedelta(minutes=minute)
        free = minutes.within(at, SHANGHAI, "08:00", "22:00", closing_minute_included=False)

        due = apply(rule("COL-HOURS"), Facts("cn", "contact", {"contact_at": at}))

        assert due.verdict == ("allowed" if free else "blocked:hours")


@pytest.mark.parametrize(
    ("clock", "verdict"),
    [
        ("07:59:59.999999", "blocked:hours"), ("08:00:00", "allowed"),
        ("21:59:59.999999", "allowed"), ("22:00:00", "blocked:hours"),
    ],
)  # fmt: skip
def test_chinese_hours_to_the_last_instant(clock, verdict):
    at = datetime.fromisoformat(f"2026-03-02T{clock}+08:00")

    assert verdict_of("COL-HOURS", "cn", contact_at=at).verdict == verdict


CALL = st.fixed_dictionaries({
    "at": st.integers(-900, 1440).map(
        lambda minute: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    "answered": st.booleans(),
    "number": st.sampled_from(NUMBERS),
})  # fmt: skip


@given(st.lists(CALL, max_size=24))
def test_chinese_counters_of_one_beijing_day(log):
    now = datetime(2026, 3, 2, 13, 59, tzinfo=UTC)
    past = [one for one in log if one["at"] <= now]
    values = {"contact_at": now, "number": NUMBERS[0], "log": tuple(log)}
    answered = counters.answered_that_day(past, SPRING, beijing_day)
    missed = counters.unanswered_that_day(past, SPRING, NUMBERS[0], beijing_day)

    by_debtor = verdict_of("COL-ANSWERED-3", "cn", **values)
    by_number = verdict_of("COL-UNANSWERED-6", "cn", **values)

    assert by_debtor.verdict == ("allowed" if answered < 3 else "blocked:answered_cap")
    assert by_number.verdict == ("allowed" if missed < 6 else "blocked:unanswered_cap")
    assert by_debtor.found["answered_today"] == answered
    assert by_number.found["unanswered_today"] == missed


# One zone that turns, one that does not, two at once, half an hour, the far side of the date line.
PLACES = (
    ("America/New_York",), ("America/Phoenix", "America/Denver"), ("Pacific/Honolulu",),
    ("Australia/Lord_Howe",), ("America/New_York", "Pacific/Guam"), ("Pacific/Apia",),
)  # fmt: skip
TURNING = (date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5))


@pytest.mark.parametrize("day", TURNING)
@pytest.mark.parametrize("zones", PLACES, ids="+".join)
def test_american_hours_minute_by_minute(zones, day):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for minute in range(0, 2880, 3):
        at = start + timedelta(minutes=minute)
        free = all(
            minutes.within(at, zone, "08:00", "21:00", closing_minute_included=True)
            for zone in zones
        )

        due = apply(rule(HOURS), Facts("us", "contact", {"contact_at": at, "zones": zones}))

        assert due.verdict == ("allowed" if free else "prohibited"), at
        assert list(due.found["local"]) == [minutes.wall(at, zone) for zone in zones]


@pytest.mark.parametrize("zone", ["America/New_York", "America/Phoenix", "Asia/Kathmandu"])
@pytest.mark.parametrize("hour", [7, 8, 20, 21])
def test_american_hours_around_each_bound(zone, hour):
    start = datetime(2026, 3, 8, hour, tzinfo=ZoneInfo(zone)) - timedelta(seconds=2)
    for second in (0, 1, 1.999999, 2, 2.000001, 3):
        at = (start + timedelta(seconds=second)).astimezone(UTC)
        free = minutes.within(at, zone, "08:00", "21:00", closing_minute_included=True)

        due = apply(rule(HOURS), Facts("us", "contact", {"contact_at": at, "zones": (zone,)}))

        assert due.verdict == ("allowed" if free else "prohibited"), at


PLACED = st.lists(st.integers(0, 25).map(lambda gap: SPRING + gap * DAY), min_size=1, max_size=30)


@given(PLACED)
def test_seven_calls_in_any_seven_days(calls):
    most = counters.most_in_seven_days(calls)

    due = verdict_of("US-REGF-14B2A-7IN7", "us", calls=tuple(calls))

    assert due.found["max_in_window"] == most
    assert due.verdict == ("presumed_violation" if most > 7 else "presumed_compliant")


@given(PLACED, st.integers(-8, 33))
def test_one_more_call_is_looked_at_in_the_windows_that_hold_it(calls, gap):
    asked = SPRING + gap * DAY
    most = counters.most_around(calls, asked)
    values = {"calls": tuple(calls), "contact_at": asked}

    due = apply(rule("US-REGF-14B2A-7IN7"), Facts("us", "contact", values))

    assert due.found["max_in_window"] == most
    assert due.verdict == ("presumed_violation" if most > 7 else "presumed_compliant")
