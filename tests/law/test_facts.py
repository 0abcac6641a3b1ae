"""Facts name themselves when they are missing or cannot be read."""

from datetime import UTC, date, datetime

import pytest

from law.facts import BadFact, Facts, MissingFact


def facts(zone="", jurisdiction="us", **values):
    return Facts(jurisdiction, "dispute", values, zone)


def test_missing_fact_says_what_to_give():
    with pytest.raises(MissingFact, match=r'"grace_days" is missing: give the days of grace\.'):
        facts().number("grace_days", "the days of grace")


def test_any_of_several_dates_is_asked_for():
    with pytest.raises(MissingFact, match=r'"received" .* give a date \(or notice_received\)'):
        facts().first_day("received", "notice_received")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda f: f.day("x"), "2026-03-02"),
        (lambda f: f.day("x"), 20260302),
        (lambda f: f.day("x"), datetime(2026, 3, 2, 9)),  # noqa: DTZ001 - the point
        (lambda f: f.number("x"), True),
        (lambda f: f.number("x"), "25"),
        (lambda f: f.number("x"), 25.0),
        (lambda f: f.text("x"), 3),
        (lambda f: f.flag("x"), "yes"),
        (lambda f: f.days("x"), "2026-03-02"),
        (lambda f: f.days("x"), (date(2026, 3, 2), date(2026, 3, 2))),
        (lambda f: f.days("x"), (date(2026, 3, 2), date(2026, 2, 2))),
        (lambda f: f.days("x"), (date(2026, 3, 2), None)),
        (lambda f: f.records("x"), {"from": date(2026, 3, 2)}),
        (lambda f: f.records("x"), (date(2026, 3, 2),)),
    ],
)
def test_bad_fact_is_refused_by_name(read, value):
    with pytest.raises(BadFact, match='The fact "x"'):
        read(facts(x=value))


def test_instant_needs_a_zone_where_the_jurisdiction_has_several():
    instant = datetime(2026, 3, 2, 3, tzinfo=UTC)

    with pytest.raises(BadFact, match="cardholder's time zone"):
        facts(x=instant).day("x")
    assert facts("America/New_York", x=instant).day("x") == date(2026, 3, 1)
    assert facts(jurisdiction="cn", x=instant).day("x") == date(2026, 3, 2)


def test_absent_facts_have_quiet_readings():
    empty = facts()

    assert empty.day_or_none("x") is None
    assert empty.text("x", "none") == "none"
    assert empty.flag("x") is False
    assert empty.records("x") == ()
    assert not empty.has("x")


def test_records_are_read_like_facts():
    (one,) = facts(pauses=({"from": date(2026, 3, 10), "informed": True},)).records("pauses")

    assert one.day("from") == date(2026, 3, 10)
    assert one.flag("informed")
