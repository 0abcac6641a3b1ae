"""No number, comparison, unit or calendar of a rule can change without a worked case that fails."""

import json
import signal
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from law.deadlines import Facts, deadlines
from law.worked.report import check
from tests.law.mutants import mutants_of, parts_of
from tests.law.mutants_in_force import standing
from tests.law.mutated_rules import EQUIVALENT, RULES
from tests.law.sayings import SAID

HERE = Path(__file__).parent


@cache
def every_case():
    tables = [*HERE.glob("cases/*.json"), *HERE.glob("interchange/*.json")]
    found = []
    for table in sorted(tables):
        cases = json.loads(table.read_text(encoding="utf-8"))
        found += cases["cases"] if isinstance(cases, dict) else cases
    return found


def cases_of(rule_id):
    ids = {rule_id, *RULES[rule_id]}
    return [one for one in every_case() if one.get("rule", one.get("rule_id")) in ids]


class TooSlow(Exception):
    """A mutant that never ends: it was noticed."""


@contextmanager
def seconds(count):
    """Stop a mutant that never ends after so much time of the processor, however busy it is."""

    def stop(*_):
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, count)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def failing(rule_id):
    """Return the first case or silence that does not hold, "" when all do."""
    for case in cases_of(rule_id):
        if not check(case).agrees:
            return str(case["id"])
    for one in SAID:
        if one.rule in (rule_id, *RULES[rule_id]) and heard(one) != one.steps:
            return f"{one.rule} says {heard(one)}"
    return ""


def heard(one):
    """Return what a rule says on these facts: its steps, why it has no date, or nothing."""
    dues, unknown = deadlines(Facts(one.place, one.kind, one.values, one.zone), enabled={one.rule})
    said = [tuple(step.en for step in due.trace) for due in dues if due.rule_id == one.rule]
    asked = [(why.why,) for why in unknown if why.rule_id == one.rule]
    return (said + asked + [()])[0]


def killer(rule_id, parts, mutant):
    """Return what noticed the mutant: a case, an error on loading, or ""."""
    try:
        with seconds(2), standing(parts, mutant):
            return failing(rule_id)
    except Exception as noticed:
        return type(noticed).__name__


@cache
def outcome(rule_id):
    """Each mutant by its words, and who noticed it; of two alike the one that lived."""
    parts, found = parts_of(rule_id), {}
    for mutant in mutants_of(parts):
        by = killer(rule_id, parts, mutant)
        found[mutant.what] = found.get(mutant.what, by) and by
    return found


def alike(rule_id):
    """Return the mutants that are known to change nothing."""
    return {what for several in EQUIVALENT.get(rule_id, {}).values() for what in several}


@pytest.mark.parametrize("rule_id", RULES)
def test_every_mutant_of_a_rule_is_noticed(rule_id):
    assert failing(rule_id) == ""

    survivors = {what for what, by in outcome(rule_id).items() if not by}

    assert survivors == alike(rule_id)
    assert failing(rule_id) == ""


def test_tally(capsys):
    noticed = {rule_id: len([by for by in outcome(rule_id).values() if by]) for rule_id in RULES}
    every = sum(len(outcome(rule_id)) for rule_id in RULES)
    same = sum(len(alike(rule_id)) for rule_id in RULES)

    with capsys.disabled():
        sys.stdout.write(
            f"\n{sum(noticed.values())} of {every} mutants of {len(RULES)} rules noticed, "
            f"{same} change nothing\n"
        )

    assert all(noticed.values())
    assert sum(noticed.values()) + same == every
