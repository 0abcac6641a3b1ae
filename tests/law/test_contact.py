"""May this debtor be contacted now: which rule speaks first, and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from law.contact import may_contact
from law.deadlines import BadFact, Facts

NUMBER = "138****8000"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Beijing
NIGHT = datetime(2026, 3, 2, 15, tzinfo=UTC)  # 23:00 in Beijing
ANSWERED = tuple(
    {"at": NOON - timedelta(minutes=n), "answered": True, "number": NUMBER} for n in (1, 2, 3)
)


def ask(place="cn", at=NOON, zone="", enabled=(), **values):
    facts = Facts(place, "contact", {"contact_at": at, "number": NUMBER, **values}, zone)
    return may_contact(facts, enabled=enabled)


def test_allowed_contact_names_its_counters_and_what_was_asked():
    verdict = ask(log=ANSWERED[:2])

    assert (verdict.allowed, verdict.code, verdict.rule_id) == (True, "allowed", "")
    assert verdict.counters == {"answered_today": 2, "unanswered_today": 0}
    assert verdict.checked == ("COL-HOURS", "COL-ANSWERED-3", "COL-UNANSWERED-6")
    assert verdict.unknown == ()


def test_refusal_names_its_rule_in_both_languages():
    verdict = ask(at=NIGHT)

    assert (verdict.allowed, verdict.code, verdict.rule_id) == (False, "blocked:hours", "COL-HOURS")
    assert verdict.name_zh == "催收时段"
    assert verdict.why_en == (
        "contact on 2026-03-02; in Beijing it is 23:00:00; outside 08:00 to 22:00"
    )
    assert verdict.why_zh.endswith("在22:00至次日08:00之间，不得催收")
    assert "2026-01-30" in verdict.citation
    assert verdict.not_before == datetime(2026, 3, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "rule_id"),
    [
        ({"self_harm_hold": True, "plan_active": True, "wrong_person": True}, "POL-SAFETY-HOLD"),
        ({"plan_active": True}, "COL-STOP-PLAN"),
        ({"wrong_person": True}, "COL-THIRD"),
        ({}, "COL-HOURS"),
    ],
)
def test_safety_speaks_first_then_statute_then_the_industry(values, rule_id):
    assert ask(at=NIGHT, log=ANSWERED, **values).rule_id == rule_id


@pytest.mark.parametrize("place", ["cn", "gb", "us", "au", "hk"])
def test_safety_hold_holds_everywhere(place):
    verdict = ask(place, zone="Europe/London", safety_hold=True)

    assert verdict.code == "blocked:safety_hold"
    assert verdict.not_before is None


def test_later_of_two_ends_is_told():
    early = datetime(2026, 3, 1, 23, tzinfo=UTC)  # 07:00 in Beijing on 2 March
    log = tuple({**one, "at": early - timedelta(minutes=5)} for one in ANSWERED)

    verdict = ask(at=early, log=log)

    assert verdict.rule_id == "COL-HOURS"
    assert verdict.not_before == datetime(2026, 3, 3, 0, tzinfo=UTC)


def test_refusal_without_an_end_leaves_the_end_open():
    assert ask(at=NIGHT, plan_active=True).not_before is None


def test_missing_fact_refuses_nothing_and_is_named():
    verdict = may_contact(Facts("cn", "contact", {"contact_at": NOON}))

    assert verdict.allowed
    assert [one.rule_id for one in verdict.unknown] == ["COL-UNANSWERED-6"]


def test_rule_that_is_off_is_asked_only_when_named():
    log = tuple({**one, "answered": False} for one in ANSWERED)

    assert ask(log=log).allowed
    assert ask(log=log, enabled={"COL-DIAL-3-NIFA"}).rule_id == "COL-DIAL-3-NIFA"


@pytest.mark.parametrize(
    ("day", "exempt", "code"),
    [
        (10, False, "allowed"), (11, False, "prohibited"), (11, True, "allowed"),
    ],
)  # fmt: skip
def test_running_prohibition_refuses(day, exempt, code):
    at = datetime(2026, 3, day, 12, tzinfo=UTC)

    verdict = ask("gb", at, "Europe/London", register_entry_on=date(2026, 3, 10), exempt=exempt)

    assert verdict.code == code
    assert verdict.rule_id == ("" if code == "allowed" else "UK-BS-60D")


def test_prohibition_names_the_instant_of_its_end():
    at = datetime(2026, 5, 9, 22, 59, tzinfo=UTC)  # the last minute of day 60 in London

    verdict = ask("gb", at, "Europe/London", register_entry_on=date(2026, 3, 10))

    assert verdict.not_before == datetime(2026, 5, 9, 23, tzinfo=UTC)
    after = ask("gb", verdict.not_before, "Europe/London", register_entry_on=date(2026, 3, 10))
    assert after.allowed


def test_contact_without_an_instant_leaves_prohibitions_unjudged():
    verdict = may_contact(Facts("gb", "contact", {"register_entry_on": date(2026, 3, 10)}))

    assert verdict.allowed
    assert "UK-BS-60D" in {one.rule_id for one in verdict.unknown}


@pytest.mark.parametrize("at", [NOON.replace(tzinfo=None), date(2026, 3, 2), "noon"])
def test_moment_that_is_no_instant_is_refused_by_name(at):
    with pytest.raises(BadFact, match='"contact_at"'):
        ask(at=at)


def test_case_of_another_kind_is_asked_as_a_contact():
    facts = Facts("cn", "dispute", {"contact_at": NIGHT, "number": NUMBER})

    assert may_contact(facts).code == "blocked:hours"


def test_third_person_is_judged_before_a_moment_is_chosen():
    facts = {"third_person": True, "number_invalid": True}

    free = may_contact(Facts("cn", "contact", facts))
    held = may_contact(Facts("cn", "contact", {**facts, "safety_hold": True}))
    objected = may_contact(Facts("cn", "contact", {**facts, "objected": True}))

    assert free.checked == ("COL-THIRD",)
    assert (free.code, held.code, objected.code) == (
        "allowed", "blocked:safety_hold", "blocked:objected",
    )  # fmt: skip
