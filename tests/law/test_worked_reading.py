"""How a case of another's making becomes the facts that the rules read."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from law.worked import files, networks, report

INTERCHANGE = Path(__file__).with_name("interchange")
STRANGE = (
    None, "", -1, 3.5, "soon", "2026-02-30", "2026-03-02T10:00:00", [], {}, True, "9999-12-31",
    "0001-01-01", "NaN", 10**12,
)  # fmt: skip


def _west(rule_id, facts, **fields):
    case = {"id": "1", "rule_id": rule_id, "facts": facts, "expected": {"due": ""}, **fields}
    return files.read(case)


def test_names_that_every_rule_shares():
    read = _west(
        "US-REGZ-13D1-NOCOLLECT",
        {"start": "2026-04-10", "end_inclusive": "2026-05-19", "act": "2026-05-01", "exempt": True},
    )

    assert read.facts.values == {
        "notice_received": date(2026, 4, 10), "resolved_on": date(2026, 5, 20),
        "acted_on": date(2026, 5, 1), "exempt": True,
    }  # fmt: skip


def test_local_time_gets_its_zone():
    facts = {"instant_local": "2026-10-03T10:00:00", "zone": "Australia/Sydney"}

    read = _west("AU-RG271-ACK-24H", facts, jurisdiction="AU")

    assert read.facts.instant(read.named.starts) == datetime.fromisoformat(
        "2026-10-03T10:00:00+10:00"
    )
    assert read.facts.zone == "Australia/Sydney"


def test_fact_of_another_name_is_passed_on_in_the_houses_words_too():
    read = _west("UK-CCA-75", {"served": "2026-04-10", "deposit": "1.50"}, jurisdiction="UK")

    assert read.facts.values["served_on"] == date(2026, 4, 10)
    assert read.facts.values["deposit_minor"] == 150


def test_start_that_no_case_names_stands_in_and_is_said():
    read = _west("US-TILA-161E-FORFEIT", {"disputed": "420.00", "finance_charges": "6.30"})

    assert read.facts.day("breached_on") == date(2026, 1, 1)
    assert read.notes[0].en == "the case names no start: 2026-01-01 stands in"


@pytest.mark.parametrize(
    ("rule_id", "given", "label", "found"),
    [
        ("NET-VISA-FILE-120D", {}, "processing date (10.4)", ("10.4", "processing_on")),
        ("NET-VISA-FILE-120D", {"processing_date": "2026-01-02"}, "due", ("13.1", "expected_on")),
        (
            "NET-VISA-FILE-120D",
            {"processing_date": "2026-01-02"},
            "goods received (13.3)",
            ("13.3", "received_goods_on"),
        ),
        ("NET-MC-FILE-120D", {"processing_date": "2026-01-02"}, "aware", ("4853", "aware_on")),
        ("NET-VISA-WAIT-15D", {}, "goods returned", ("13.7", "returned_on")),
        ("NET-MC-WAIT-30D", {}, "transaction date", ("4853", "transaction_on")),
    ],
)  # fmt: skip
def test_network_code_and_what_the_trigger_is(rule_id, given, label, found):
    facts = networks.facts(
        rule_id, {"trigger": "2026-03-20", **given}, {"trigger_label": label}
    )  # fmt: skip

    code, name = found
    assert (facts["network_code"], facts[name]) == (code, date(2026, 3, 20))


@pytest.mark.parametrize(("steps", "code"), [(3, "10.4"), (4, "13.1")])
def test_workflow_is_known_by_its_number_of_steps(steps, code):
    given = {"trigger": "2026-03-02", "steps": [30] * steps}

    assert networks.facts("NET-VISA-STAGE-30D", given, {})["network_code"] == code


def test_closed_days_are_taken_from_the_case():
    read = _west(
        "US-REGZ-12E-CREDIT-3BD",
        {"trigger": "2026-11-23", "closed_dates": ["2026-11-24"]},
        calendar={"id": "US-FED"},
    )

    assert read.due.due_on == date(2026, 11, 30)


def test_step_of_a_complaint_that_was_reached_answers():
    case = {
        "id": "1", "rule_id": "CMP-60", "op": "complaint", "expected": {"deadline": "2026-04-01"},
        "facts": {"received": "2026-03-02", "extensions": [{"to": 30, "decided": "2026-03-16"}]},
    }  # fmt: skip

    checked = report.check(case)

    assert checked.agrees
    assert checked.steps[0].en == "the step reached is CMP-30"


@pytest.mark.parametrize("name", ["western", "chinese", "own"])
def test_strange_facts_are_told_and_never_a_crash(name):
    cases = json.loads((INTERCHANGE / f"{name}.json").read_text(encoding="utf-8"))

    for case in cases[::31]:
        for fact in case["facts"]:
            for value in STRANGE:
                told = report.check({**case, "facts": {**case["facts"], fact: value}})
                assert list(report.lines(told, "zh")) != []
