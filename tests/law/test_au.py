"""Australia beyond the worked cases: elapsed hours over a clock change, and which rules run."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from law.deadlines import Facts, deadlines

SYDNEY = "Australia/Sydney"


def run(kind, calendar=None, enabled=(), zone=SYDNEY, **values):
    dues, unknown = deadlines(
        Facts("au", kind, values, zone), enabled=enabled, calendar=calendar
    )  # fmt: skip
    assert unknown == []
    return {due.rule_id: due for due in dues}


def at(*parts):
    return datetime(*parts, tzinfo=ZoneInfo(SYDNEY))


@pytest.mark.parametrize(
    ("received", "elapsed", "elapsed_utc", "next_day", "due_at"),
    [
        (  # summer time begins on 4 October, and the Monday is Labour Day
            at(2026, 10, 3, 10), "2026-10-04T11:00:00", "2026-10-04T00:00:00Z",
            date(2026, 10, 6), datetime(2026, 10, 6, 13, tzinfo=UTC),
        ),
        (  # summer time ends on 5 April, Easter Sunday
            at(2026, 4, 4, 10), "2026-04-05T09:00:00", "2026-04-04T23:00:00Z",
            date(2026, 4, 7), datetime(2026, 4, 7, 14, tzinfo=UTC),
        ),
    ],
)  # fmt: skip
def test_acknowledgement_counts_elapsed_hours(received, elapsed, elapsed_utc, next_day, due_at):
    due = run("complaint", received_at=received)["AU-RG271-ACK-24H"]

    assert due.found == {
        "elapsed_local": elapsed, "elapsed_utc": elapsed_utc, "bday_due": next_day,
    }  # fmt: skip
    assert (due.due_on, due.due_at) == (next_day, due_at)
    assert "safe practice keeps the 24 hours" in [step.en for step in due.trace]


def test_later_of_hours_and_business_day_is_the_limit():
    received = at(2026, 10, 3, 23, 30)

    due = run("complaint", "CAL", received_at=received)["AU-RG271-ACK-24H"]

    assert due.found["bday_due"] == date(2026, 10, 4)
    assert due.due_on == date(2026, 10, 5)
    assert due.due_at == datetime(2026, 10, 4, 13, 30, tzinfo=UTC)


def test_hours_need_a_time_zone():
    facts = Facts("au", "complaint", {"received_at": at(2026, 10, 3, 10)})

    _, unknown = deadlines(facts)

    assert [one.rule_id for one in unknown] == ["AU-RG271-ACK-24H"]
    assert "time zone" in unknown[0].why


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"AU-RG271-30D", "AU-RG271-5BD"}),
        ({"hardship": True}, {"AU-RG271-21D"}),
        ({"default_notice": True}, {"AU-RG271-21D", "AU-RG271-5BD"}),
        ({"written_response_requested": True}, {"AU-RG271-30D"}),
    ],
)
def test_rules_that_run_on_a_complaint(values, expected):
    found = run("complaint", received=date(2026, 3, 2), source="phone", **values)

    assert set(found) == {"POL-ACK-1WD", "AU-RG271-ACK-24H", *expected}


def test_guide_is_not_in_force_before_5_october_2021():
    assert set(run("complaint", received=date(2021, 10, 4))) == {"POL-ACK-1WD"}
    assert "AU-RG271-30D" in run("complaint", received=date(2021, 10, 5))


@pytest.mark.parametrize(
    ("asked", "came", "expected"),
    [
        (None, None, {"AU-NCC-72-21D"}),
        (date(2026, 3, 3), None, {"AU-NCC-72-21D", "AU-NCC-72-NOINFO-28D"}),
        (date(2026, 3, 3), date(2026, 3, 12), {"AU-NCC-72-INFO-21D"}),
        (date(2026, 3, 4), None, {"AU-NCC-72-21D"}),  # asked on day 22: too late
        (date(2026, 3, 4), date(2026, 3, 12), {"AU-NCC-72-21D"}),
        (None, date(2026, 3, 12), {"AU-NCC-72-21D"}),  # sent without being asked for
    ],
)
def test_one_decision_date_binds(asked, came, expected):
    notice = date(2026, 2, 10)
    values = {"information_requested_on": asked, "info_received_on": came}

    found = run(
        "hardship", enabled={"AU-NCC-72-NOINFO-28D"}, received=notice,
        hardship_notice_received=notice, **values,
    )  # fmt: skip

    assert set(found) - {"POL-ACK-1WD"} == expected


def test_enforcement_on_the_fourteenth_day_is_early():
    refused = {"hardship_refused_on": date(2026, 3, 3)}

    early = run("account", acted_on=date(2026, 3, 17), **refused)
    free = run("account", acted_on=date(2026, 3, 18), **refused)

    assert early["AU-NCC-89A-14D"].verdict == "early"
    assert free["AU-NCC-89A-14D"].verdict == "allowed"


def test_delay_notice_is_told_in_time_or_too_late():
    on_the_day = run("complaint", received=date(2026, 1, 28), delay_notified_on=date(2026, 2, 27))
    after = run("complaint", received=date(2026, 1, 28), delay_notified_on=date(2026, 2, 28))

    assert on_the_day["AU-RG271-30D"].trace[-1].en == "notice of delay given in time on 2026-02-27"
    assert after["AU-RG271-30D"].trace[-1].en == "notice of delay of 2026-02-28: too late"
