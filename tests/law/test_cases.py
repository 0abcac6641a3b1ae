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
