"""Every worked case, every expected key: the table a lawyer reads beside the rules."""

import json
from pathlib import Path

import pytest

from law.checks import answers

CASES = [
    case
    for table in sorted(Path(__file__).with_name("cases").glob("*.json"))
    for case in json.loads(table.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}-{case['id']}" for case in CASES])
def test_worked_case(case):
    assert answers(case) == case["expect"], case["why"]


def test_no_case_is_told_twice():
    ids = [case["id"] for case in CASES]

    assert len(ids) == len(set(ids)) == 114


def test_case_whose_rule_does_not_run_is_an_error():
    case = {
        "rule": "CMP-30", "jurisdiction": "cn", "kind": "complaint",
        "facts": {"received": "2026-03-02"}, "expect": {"deadline": ""},
    }  # fmt: skip

    with pytest.raises(LookupError, match="CMP-30 does not run on these facts"):
        answers(case)


def test_rule_without_a_last_day_is_an_error():
    case = {
        "rule": "US-REGZ-13D3-NOACCEL", "jurisdiction": "us", "kind": "dispute",
        "facts": {"notice_received": "2026-03-02"}, "expect": {"due": ""},
    }  # fmt: skip

    with pytest.raises(LookupError, match="has no last day"):
        answers(case)
