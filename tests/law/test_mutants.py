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
from tests.law.mutants import mutants_of, parts_of, standing
from tests.law.sayings import SAID

HERE = Path(__file__).parent
REGE = (
    "US-REGE-11C1-INVEST-10BD", "US-REGE-11C3I-NEWACCT-20BD", "US-REGE-11C2-PROVCREDIT-10BD",
    "US-REGE-11C2-45D", "US-REGE-11C3II-90D",
)  # fmt: skip
# Rules of different kinds and jurisdictions, each with the rules that share its clock.
RULES = {
    "US-REGZ-13B1-NOTICE-60D": (),
    "US-REGZ-13B1-UNSENT-60D": (),
    "US-REGZ-13B1-CREDIT-60D": (),
    "US-REGZ-13C1-ACK-30D": (),
    "US-REGZ-13C2-RESOLVE-2CYC-90D": (),
    "US-REGZ-13D1-NOCOLLECT": (),
    "US-REGZ-13D1-AUTOPAY-3BD": (),
    "US-REGZ-13D2-NOADVERSE": (),
    "US-REGZ-13D3-NOACCEL": (),
    "US-REGZ-13G3-REPORT-AFTER-10D": (),
    "US-REGZ-13G4-REDISPUTE": (),
    "US-REGZ-13A7-ADDRESS-20D": (),
    "US-REGZ-12B-UNAUTH-50": (),
    "US-REGZ-12C-CLAIMS": (),
    "US-TILA-161E-FORFEIT": (),
    "US-REGZ-12E-CREDIT-3BD": (),
    "US-REGZ-11-CREDITBAL-6M": (),
    "US-REGZ-10D-DUEDATE-ROLL": (),
    "US-REGZ-5B2-STMT-21D": (),
    "US-REGE-6B1-LOSS-2BD": (),
    "US-REGE-11C1-INVEST-10BD": REGE,
    "US-REGE-11C3I-NEWACCT-20BD": REGE,
    "US-REGE-11C2-PROVCREDIT-10BD": REGE,
    "US-REGE-11C2-45D": REGE,
    "US-REGE-11C3II-90D": REGE,
    "US-REGF-34-INITIAL-5D": (),
    "US-REGF-34-VALIDATION-30D": (),
    "US-FCRA-DIRECT-30D": ("US-FCRA-DIRECT-45D",),
    "US-FCRA-DIRECT-45D": ("US-FCRA-DIRECT-30D",),
    "US-FCRA-INDIRECT": (),
    "US-REGF-6B1-HOURS": (),
    "US-REGF-14B2A-7IN7": (),
    "US-REGF-14B2B-POSTCONV-7D": (),
    "NET-VISA-FILE-120D": (),
    "NET-MC-FILE-120D": (),
    "NET-MC-WAIT-30D": (),
    "NET-MC-2PRES-45D": (),
    "UK-DISP-1.5-3BD": (),
    "UK-DISP-1.6.2-8W": (),
    "UK-DISP-1.6.2A-15BD": (),
    "UK-DISP-1.6.2A-35BD": (),
    "UK-DISP-2.8.2-FOS-6M": (),
    "UK-PSR-74-13M": (),
    "UK-PSR-76-1BD": (),
    "UK-BS-60D": (),
    "UK-BS-MIDWAY": (),
    "UK-BS-REVIEW-20D": (),
    "UK-BS-MHC-30D": (),
    "UK-CONC-7.3.12-30D": (),
    "UK-CONC-7.14.1-DISPUTED": (),
    "UK-CCA-75": (),
    "UK-CCA-78-12WD": (),
    "UK-CCA-86C-ARREARS": (),
    "UK-CCA-88-14D": (),
    "EU-PSD2-71-13M": (),
    "EU-PSD2-73-1BD": (),
    "EU-PSD2-77-8W": (),
    "EU-PSD2-101-15BD": (),
    "EU-PSD2-101-35BD": (),
    "AU-RG271-ACK-24H": (),
    "AU-RG271-5BD": (),
    "AU-RG271-21D": (),
    "AU-RG271-30D": (),
    "AU-NCC-72-NOINFO-28D": (),
    "AU-NCC-88-30D": (),
    "SG-EUPG-21BD": (),
    "SG-EUPG-45BD": (),
    "NZ-BOS-DEADLOCK-2M": (),
    "HK-IC4-7D": (),
    "HK-IC4-30D": (),
    "HK-IC4-60D": (),
    "CMP-60": ("CMP-15", "CMP-30", "PBC-15", "PBC-60"),
    "CMP-REVIEW-DECIDE": (),
    "COL-HOURS": ("COL-ANSWERED-3", "COL-UNANSWERED-6", "COL-DIAL-3-NIFA"),
    "COL-ANSWERED-3": ("COL-HOURS", "COL-UNANSWERED-6", "COL-DIAL-3-NIFA"),
    "COL-UNANSWERED-6": ("COL-HOURS", "COL-ANSWERED-3", "COL-DIAL-3-NIFA"),
    "COL-THIRD": (),
    "CMP-REPS-5": ("CMP-MAJOR-20",),
    "CRD-20": (),
    "CRD-BAD-5Y": (),
    "CRD-REPAIR-2025": (),
    "PIP-15WD": (),
    "RET-COMPLAINT": (),
    "RET-COLLECTION-AUDIO": (),
    "RET-PIA": (),
    "RET-AML": (),
    "CIV-3Y": (),
    "ALC-57": (),
    "GRACE-3D": (),
    "INT-BAND": (),
    "IN-TAT-T5": (),
    "IN-TAT-C2C-T1": (),
    "IN-CC-BILL-30D": (),
    "IN-CC-PASTDUE-3D": (),
    "IN-UNAUTH-90D": (),
    "IN-EBT27-REPORT-5D": (),
    "IN-EBT27-45D": (),
    "IN-EBT27-60D": (),
    "IN-IOS-2021-1Y": (),
    "IN-IOS-2026-90D": (),
    "PLN-MAX-5Y": (),
    "PLN-CONDITIONS": (),
    "PLN-CONTENT": (),
    "PLN-NO-REINSTALMENT": (),
    "N13-INSTALMENT": (),
    "POL-ENQ-3WD": (),
}
# Changes that change nothing: rule, why, mutants.
EQUIVALENT = {
    "US-REGZ-12C-CLAIMS": {
        "the rule always says whose shop it is": (
            "us.reg_z_12.claims_and_defences: False -> True",
        ),
        "the rule gives its own 0 for a claim that fails": (
            "us.reg_z_12.claims_and_defences: 0 if why else min(amount, outstanding) -> "
            "-1 if why else min(amount, outstanding)",
            "us.reg_z_12.claims_and_defences: 0 if why else min(amount, outstanding) -> "
            "1 if why else min(amount, outstanding)",
        ),
        "where it is 0 nobody asks for the distance": (
            "us.reg_z_12._miles: 0 -> -1",
            "us.reg_z_12._miles: 0 -> 1",
        ),
    },
    "COL-HOURS": {
        "at eight sharp it is open, and nobody asks when it opens next": (
            "cn.collection.next_opening: moment.time() >= OPENS -> moment.time() > OPENS",
        ),
    },
    "US-REGE-6B1-LOSS-2BD": {
        "told in time, what came after is not counted": (
            "us.reg_e_liability.loss_report: 0 if in_time else "
            "_cents(facts, 'loss_after_minor') -> -1 if in_time else "
            "_cents(facts, 'loss_after_minor')",
            "us.reg_e_liability.loss_report: 0 if in_time else "
            "_cents(facts, 'loss_after_minor') -> 1 if in_time else "
            "_cents(facts, 'loss_after_minor')",
        ),
    },
    "ALC-57": {
        "the facts are read first, and none below 0 comes so far": (
            "cn.repayment.allocate: min(paid, charges, principal) -> max(paid, charges, principal)",
            "cn.repayment.allocate: min(paid, charges, principal) < 0 -> "
            "min(paid, charges, principal) < -1",
        ),
    },
    "PLN-CONTENT": {
        "the facts are read first, and none below comes so far": (
            "cn.plans._at_least_one: count < 1 -> count < 0",
            "cn.plans.split: total < 0 -> total < -1",
        ),
    },
    "PLN-NO-REINSTALMENT": {
        "one thing at most stands against it": ("cn.plans._judged: result[0] -> result[-1]",),
    },
    "GRACE-3D": {
        "one fen is within the ten yuan": (
            "cn.repayment._amount: facts.number(name, 'an amount in fen') if facts.has(name) "
            "else 0 -> facts.number(name, 'an amount in fen') if facts.has(name) else 1",
        ),
        "the rule always says how much is short": (
            "cn.repayment.is_overdue: 0 -> -1",
            "cn.repayment.is_overdue: 0 -> 1",
        ),
    },
    "CMP-60": {
        "an appraisal of no day adds none": (
            "cn.clock.last_day: pause.until > first -> pause.until >= first",
        ),
    },
}


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
    def stop(*_):
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, count)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
