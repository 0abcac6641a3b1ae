"""Contact with debtors in mainland China: hours, counters, third persons, visits."""

from datetime import UTC, datetime, timedelta

import pytest

from law.cn import collection, collection_third
from law.deadlines import Facts, deadlines

NUMBER = "138****8000"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Beijing
MINUTE = timedelta(minutes=1)


def asked(enabled=(), **values):
    facts = Facts("cn", "contact", {"contact_at": NOON, "number": NUMBER, **values})
    dues, unknown = deadlines(facts, enabled=enabled)
    return {due.rule_id: due for due in dues}, {one.rule_id: one for one in unknown}


def calls(count, *, answered=False, number=NUMBER, **more):
    return tuple(
        {"at": NOON - n * MINUTE, "answered": answered, "number": number, **more}
        for n in range(1, count + 1)
    )


@pytest.mark.parametrize(
    ("hour", "minute", "opens_in"),
    [(0, 0, timedelta(hours=8)), (7, 59, MINUTE), (22, 0, timedelta(hours=10)),
     (23, 59, timedelta(hours=8, minutes=1))],
)  # fmt: skip
def test_outside_the_hours_it_says_when_they_open(hour, minute, opens_in):
    moment = datetime(2026, 3, 2, hour, minute, tzinfo=collection.BEIJING)

    assert not collection.within_hours(moment)
    assert collection.next_opening(moment) == moment + opens_in
    assert collection.within_hours(collection.next_opening(moment))


@pytest.mark.parametrize(
    ("log", "verdict", "count"),
    [
        (calls(2, answered=True), "allowed", 2),
        (calls(3, answered=True), "blocked:answered_cap", 3),
        (calls(3, answered=True, number="another"), "blocked:answered_cap", 3),
        (calls(3, answered=True, inbound=True), "allowed", 0),
        (calls(3, answered=True, channel="sms"), "allowed", 0),
        (calls(3, answered=True, channel="ai_voice"), "blocked:answered_cap", 3),
    ],
)
def test_answered_calls_count_over_every_number(log, verdict, count):
    due = asked(log=log)[0]["COL-ANSWERED-3"]

    assert (due.verdict, due.found["answered_today"]) == (verdict, count)


def test_calls_after_the_moment_asked_about_do_not_count():
    later = tuple({"at": NOON + n * MINUTE, "answered": True, "number": "1"} for n in (1, 2, 3))

    assert asked(log=later)[0]["COL-ANSWERED-3"].found == {"answered_today": 0}


def test_letter_counts_no_calls_but_keeps_the_hours():
    dues, _ = asked(channel="letter", log=calls(9))

    assert set(dues) == {"COL-HOURS"}


def test_unanswered_calls_count_on_one_number_unless_agreed():
    dues, _ = asked(log=calls(6))
    agreed, _ = asked(log=calls(6), attempts_agreed=True)

    assert dues["COL-UNANSWERED-6"].verdict == "blocked:unanswered_cap"
    assert "COL-UNANSWERED-6" not in agreed


def test_without_a_number_the_cap_is_unknown():
    facts = Facts("cn", "contact", {"contact_at": NOON})

    _, unknown = deadlines(facts)

    assert [one.rule_id for one in unknown] == ["COL-UNANSWERED-6"]
    assert unknown[0].why == 'The fact "number" is missing: give a word.'


def test_older_wording_counts_every_call_when_it_is_turned_on():
    due = asked(log=calls(3), enabled={"COL-DIAL-3-NIFA"})[0]

    assert due["COL-DIAL-3-NIFA"].verdict == "blocked:dialled_cap"
    assert "COL-DIAL-3-NIFA" not in asked(log=calls(3))[0]


def test_guideline_binds_from_its_own_day():
    before = datetime(2026, 1, 29, 4, tzinfo=UTC)

    assert set(asked(contact_at=before)[0]) == {"COL-HOURS", "COL-ANSWERED-3"}


@pytest.mark.parametrize(
    ("values", "reached"),
    [
        ({}, False),
        ({"number_invalid": True}, True),
        ({"consecutive_failed": 3}, False),
        ({"consecutive_failed": 2, "next_day": True}, False),
        ({"consecutive_failed": 3, "next_day": True}, True),
        ({"unreachable_days": 2}, False),
        ({"unreachable_days": 3}, True),
        ({"debtor_dead": True}, True),
        ({"debtor_incapable": True}, True),
    ],
)
def test_debtor_is_out_of_reach(values, reached):
    assert collection_third.out_of_reach(Facts("cn", "contact", values)) is reached


def test_broken_plan_lets_collection_resume():
    kept = asked(plan_active=True)[0]["COL-STOP-PLAN"]
    broken = asked(plan_active=True, plan_broken=True)[0]["COL-STOP-PLAN"]

    assert (kept.verdict, broken.verdict) == ("blocked:plan", "allowed")
    assert kept.trace[-1].zh == "已达成还款协议：停止催收"


def test_naive_instant_is_refused_by_name():
    _, unknown = asked(contact_at=NOON.replace(tzinfo=None))

    assert '"contact_at" is 2026-03-02T04:00:00 without' in unknown["COL-HOURS"].why
