"""Disputes of a credit report: one period, longer by information, shorter by request."""

from datetime import UTC, date, datetime

import pytest

from law.deadlines import Facts, apply, deadlines, rule

DIRECT = date(2026, 3, 2)
SHORT, LONG = "US-FCRA-DIRECT-30D", "US-FCRA-DIRECT-45D"


def run(kind="dispute", zone="", **values):
    dues, unknown = deadlines(Facts("us", kind, values, zone))
    american = {due.rule_id: due for due in dues if "FCRA" in due.rule_id}
    return american, {one.rule_id: one.why for one in unknown}


@pytest.mark.parametrize("kind", ["dispute", "complaint"])
@pytest.mark.parametrize(
    ("info", "rule_id", "due_on"),
    [
        (None, SHORT, date(2026, 3, 31)),
        (date(2026, 3, 1), SHORT, date(2026, 3, 31)),
        (date(2026, 3, 2), LONG, date(2026, 4, 15)),
        (date(2026, 3, 31), LONG, date(2026, 4, 15)),  # day 30
        (date(2026, 4, 1), SHORT, date(2026, 3, 31)),  # day 31
    ],
)
def test_exactly_one_period_runs(kind, info, rule_id, due_on):
    dues, unknown = run(kind, direct_dispute_received=DIRECT, info_received_on=info)

    assert {one: due.due_on for one, due in dues.items()} == {rule_id: due_on}
    assert dues[rule_id].found == {"extended": rule_id == LONG}
    assert unknown == {}


def test_day_of_receipt_is_the_consumers_own():
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)

    chicago, _ = run(zone="America/Chicago", direct_dispute_received=late)

    assert chicago[SHORT].due_on == date(2026, 3, 31)
    assert chicago[SHORT].trace[0].en == "direct dispute received 2026-03-02"


@pytest.mark.parametrize(
    ("info", "asked", "due_on", "extended"),
    [
        (None, None, date(2026, 3, 31), False),
        (None, date(2026, 3, 30), date(2026, 3, 30), False),
        (None, date(2026, 4, 1), date(2026, 3, 31), False),
        (date(2026, 3, 31), None, date(2026, 4, 15), True),
        (date(2026, 3, 31), date(2026, 4, 10), date(2026, 4, 10), True),
        (date(2026, 4, 1), date(2026, 4, 10), date(2026, 3, 31), False),
    ],
)
def test_bureaus_period_and_the_day_it_names(info, asked, due_on, extended):
    dues, _ = run(bureau_received=DIRECT, info_received_on=info, response_due_on=asked)

    assert set(dues) == {"US-FCRA-INDIRECT"}
    due = dues["US-FCRA-INDIRECT"]
    assert (due.due_on, due.found) == (due_on, {"extended": extended})


def test_furnishers_own_receipt_starts_nothing():
    assert run(furnisher_received_on=DIRECT)[0] == {}


@pytest.mark.parametrize(
    ("determined", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 3, 7), date(2026, 3, 13)),  # a Saturday: Monday is day 1
        (date(2026, 11, 20), date(2026, 11, 30)),  # over Thanksgiving
    ],
)
def test_frivolous_dispute_is_told_in_five_business_days(determined, due_on):
    dues, _ = run(frivolous_determined_on=determined)

    assert {one: due.due_on for one, due in dues.items()} == {"US-FCRA-FRIVOLOUS-5BD": due_on}


def test_each_rule_asked_apart_gives_its_own_period():
    facts = Facts("us", "dispute", {"direct_dispute_received": DIRECT})

    assert apply(rule(SHORT), facts).due_on == date(2026, 3, 31)
    assert apply(rule(LONG), facts).due_on == date(2026, 4, 15)


def test_information_that_is_no_date_names_the_fact():
    _, unknown = run(direct_dispute_received=DIRECT, info_received_on="31 March")

    assert unknown[SHORT] == unknown[LONG]
    assert unknown[SHORT] == "The fact \"info_received_on\" is '31 March': give a date."
