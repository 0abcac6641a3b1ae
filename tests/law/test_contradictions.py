"""Two facts that cannot both be true stop every rule of a case, and the case opens all the same."""

from datetime import UTC, date, datetime

import pytest

from law import contradictions
from law.deadlines import BadFact, Facts, apply, deadlines, rule
from tests.law.oracles.dates import DAY

FIRST = date(2026, 3, 10)
ACK, RESOLVE = "US-REGZ-13C1-ACK-30D", "US-REGZ-13C2-RESOLVE-2CYC-90D"
CLOSINGS = tuple(date(2026, month, 5) for month in range(2, 9))
PAIRS = pytest.mark.parametrize(("earlier", "later"), contradictions.ORDER)


def case(zone="America/New_York", **values):
    return Facts("us", "dispute", values, zone)


@PAIRS
def test_later_fact_dated_before_the_earlier_names_both(earlier, later):
    found = contradictions.find(case(**{earlier: FIRST, later: FIRST - DAY}))

    assert str(found) == (
        f'The fact "{later}" is 2026-03-09, before "{earlier}" on 2026-03-10: '
        "correct one of the two."
    )
    assert found.name == later


@PAIRS
def test_same_day_and_later_days_are_fine(earlier, later):
    assert contradictions.find(case(**{earlier: FIRST, later: FIRST})) is None
    assert contradictions.find(case(**{earlier: FIRST, later: FIRST + DAY})) is None


@PAIRS
def test_one_fact_alone_contradicts_nothing(earlier, later):
    assert contradictions.find(case(**{earlier: FIRST})) is None
    assert contradictions.find(case(**{later: FIRST})) is None


def test_instants_are_compared_as_days_of_the_case():
    late_evening = datetime(2026, 3, 11, 3, tzinfo=UTC)  # still 10 March in New York

    assert contradictions.find(case(received=late_evening, resolved_on=FIRST)) is None
    found = contradictions.find(case("Asia/Tokyo", received=late_evening, resolved_on=FIRST))
    assert found.name == "resolved_on"


@pytest.mark.parametrize("unreadable", ["2026-03-09", datetime(2026, 3, 9)])  # noqa: DTZ001 - the point
def test_unreadable_fact_is_left_to_the_rules_that_read_it(unreadable):
    facts = case(notice_received=FIRST, resolved_on=unreadable, cycle_closings=CLOSINGS)

    dues, unknown = deadlines(facts)

    assert contradictions.find(facts) is None
    assert {"US-REGZ-13D1-NOCOLLECT"} == {one.rule_id for one in unknown}
    assert {one.rule_id: one.due_on for one in dues}[ACK] == date(2026, 4, 9)


def test_every_started_rule_waits_and_says_why():
    facts = case(notice_received=FIRST, resolved_on=FIRST - DAY, cycle_closings=CLOSINGS)

    dues, unknown = deadlines(facts)

    assert dues == []
    assert {ACK, RESOLVE, "US-REGZ-13D1-NOCOLLECT", "POL-ACK-1WD"} <= {
        one.rule_id for one in unknown
    }
    assert {one.why for one in unknown} == {
        'The fact "resolved_on" is 2026-03-09, before "notice_received" on 2026-03-10: '
        "correct one of the two."
    }
    assert "US-REGZ-13G3-REPORT-AFTER-10D" not in {one.rule_id for one in unknown}


def test_rule_asked_by_name_refuses():
    facts = case(notice_received=FIRST, resolved_on=FIRST - DAY)

    with pytest.raises(BadFact, match='"resolved_on" is 2026-03-09, before "notice_received"'):
        apply(rule(ACK), facts)


def test_first_of_several_contradictions_is_named():
    facts = case(received=FIRST, resolved_on=FIRST - DAY, closed_on=FIRST - DAY)

    assert contradictions.find(facts).name == "resolved_on"
