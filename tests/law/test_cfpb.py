"""Complaints in the bureau's portal: both dates from one start, and what ends each."""

from datetime import date, datetime

import pytest

from law.deadlines import Facts, deadlines

FIRST, LAST = "US-CFPB-15D", "US-CFPB-60D"


def run(kind="complaint", **values):
    dues, unknown = deadlines(Facts("us", kind, values))
    american = {due.rule_id: due for due in dues if "CFPB" in due.rule_id}
    return american, {one.rule_id: one.why for one in unknown}


@pytest.mark.parametrize(
    ("sent", "first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 17), date(2026, 5, 1)),
        (date(2028, 2, 15), date(2028, 3, 1), date(2028, 4, 15)),  # counts the leap day
        (date(2026, 11, 5), date(2026, 11, 20), date(2027, 1, 4)),
    ],
)
def test_both_dates_run_from_the_sending(sent, first, last):
    dues, _ = run(portal_sent_on=sent)

    assert {one: due.due_on for one, due in dues.items()} == {FIRST: first, LAST: last}


def test_last_day_that_is_a_sunday_stands_and_the_safe_day_is_friday():
    due = run(portal_sent_on=date(2026, 3, 7))[0][FIRST]

    assert (due.due_on, due.safe_on) == (date(2026, 3, 22), date(2026, 3, 20))
    assert due.rolled_on is None


def test_mark_in_progress_ends_the_first_date_only():
    dues, _ = run(portal_sent_on=date(2026, 3, 2))

    assert dues[FIRST].ends == ("complaint.respond", "complaint.extend", "complaint.withdraw")
    assert dues[LAST].ends == ("complaint.respond", "complaint.withdraw")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("dispute", {"portal_sent_on": date(2026, 3, 2)}),
        ("complaint", {"received": date(2026, 3, 2)}),
    ],
)
def test_nothing_runs_without_the_portal(kind, values):
    assert run(kind, **values)[0] == {}


def test_naive_instant_names_the_fact():
    _, unknown = run(portal_sent_on=datetime(2026, 3, 2, 9))  # noqa: DTZ001 - the point

    assert set(unknown) == {FIRST, LAST}
    assert unknown[FIRST] == (
        'The fact "portal_sent_on" is 2026-03-02T09:00:00 without a time zone: give a date.'
    )
