"""The house's own cases (tests/law/cases): facts by the names that the rules read.

A case is a mapping: ``id``, ``rule``, ``jurisdiction``, ``kind``, ``facts``, ``expect``, ``why``,
and where it needs them ``calendar``, ``zone``, ``reckon`` (arithmetic apart from the rule: so
many business days from a start) or ``hypothetical`` (ask the rule although it does not run).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from law import calendars
from law.counts import after
from law.facts import Facts
from law.places import calendar_of
from law.registry import rule
from law.worked.case import Worked
from law.worked.values import read as read_value

SAID = ("counted as the case says, from", "按案例所述起算日")


def read(case: Mapping[str, Any]) -> Worked:
    """Read a case. Raises UnknownRule, NoCalendar, KeyError for a field that is not there."""
    one, values = rule(case["rule"]), read_value(case["facts"])
    facts = Facts(case["jurisdiction"], case["kind"], values, case.get("zone", ""))
    through = not case.get("hypothetical", False)
    reckon = case.get("reckon")
    if reckon:
        start = {one.starts: read_value(reckon["start"])}
        facts, through = replace(facts, values={**values, **start}), False
        said = ("counted as the case says, from", "按案例所述起算日")
        one = replace(
            one, due=after("business_days", reckon["business_days"], one.starts, said=said)
        )
    name = case.get("calendar") or calendar_of(facts.jurisdiction, facts.text("region", ""))
    return Worked(
        case["id"], one, facts, calendars.named(name) if name else None, case["expect"],
        case.get("why", ""), through, case["facts"],
    )  # fmt: skip
