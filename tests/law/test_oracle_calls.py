"""Calling hours minute by minute, and call counters against every window laid out by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import Facts, apply, deadlines, rule
from tests.law.oracles import counters, minutes

SHANGHAI = "Asia/Shanghai"
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
