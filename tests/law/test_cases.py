"""Every worked case, every expected key: the table a lawyer reads beside the rules."""

import json
from collections import Counter
from pathlib import Path

import pytest

from law.registry import rules
from law.worked import report

HERE = Path(__file__).parent


def _cases(folder):
    return [
        case
        for table in sorted((HERE / folder).glob("*.json"))
        for case in json.loads(table.read_text(encoding="utf-8"))
    ]


CASES, CARRIED = _cases("cases"), _cases("interchange")


def _said(checked):
    return checked.unreadable, checked.differences


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}-{case['id']}" for case in CASES])
def test_worked_case(case):
    assert _said(report.check(case)) == ("", ()), case["why"]


@pytest.mark.parametrize(
    "case", CARRIED, ids=[f"{case['rule_id']}-{case['id']}" for case in CARRIED]
)
def test_carried_case(case):
    assert _said(report.check(case)) == ("", ()), case["reasoning"]


def test_all_carried_cases_are_there():
    ids = [case["id"] for case in CARRIED if not case["id"].startswith("X-")]  # X: our own
    western = [case for case in CARRIED if case["id"] in ids and "op" not in case]

    assert (len(western), len(ids) - len(western)) == (201, 79)


def test_only_readings_that_are_not_the_law_are_counted_apart_from_their_rule():
    checked = [report.check(case) for case in CARRIED]

    apart = [one.id for one in checked if "itself has another" in str(one.steps)]
    assert apart == ["C46", "X-C46"]


def test_no_case_is_told_twice():
    told = Counter(case["id"] for case in CASES)

    assert [one for one, times in told.items() if times > 1] == []


def test_every_rule_has_a_worked_case():
    worked = {case["rule"] for case in CASES} | {case["rule_id"] for case in CARRIED}
    missing = [one.id for one in rules() if one.nature != "duty" and one.id not in worked]

    assert missing == []


def test_case_whose_rule_does_not_run_is_a_difference():
    case = {
        "id": "1", "rule": "CMP-30", "jurisdiction": "cn", "kind": "complaint",
        "facts": {"received": "2026-03-02"}, "expect": {"deadline": "2026-04-01"},
    }  # fmt: skip

    found = report.check(case).differences[0].found

    assert found == "CMP-30 does not run on these facts"


def test_rule_without_a_last_day_says_so():
    case = {
        "id": "1", "rule": "US-REGZ-13D3-NOACCEL", "jurisdiction": "us", "kind": "dispute",
        "facts": {"notice_received": "2026-03-02"}, "expect": {"deadline": "2026-03-02"},
    }  # fmt: skip

    found = report.check(case).differences[0].found

    assert found == "US-REGZ-13D3-NOACCEL has no last day"
