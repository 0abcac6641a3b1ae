"""The folder is the registry: every module under ``law/<place>/`` that holds ``RULES``."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from kernel.folder import entries
from law.places import EVERYWHERE, places
from law.rule import Rule


class UnknownRule(LookupError):
    """There is no rule with this id."""

    def __init__(self, rule_id: str, known: list[str]) -> None:
        near = get_close_matches(rule_id.upper(), known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}" if near else ""
        super().__init__(f'there is no rule "{rule_id}"{hint}')
        self.rule_id, self.near = rule_id, near


@cache
def by_place() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each place, in the order of its files. Raises ValueError on a repeat."""
    found = {name: _rules_in(name) for name in places()}
    ids = [rule.id for rules in found.values() for rule in rules]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"two rules have the same id: {', '.join(twice)}")
    return found


@cache
def by_id() -> dict[str, Rule]:
    """Return every rule by its id."""
    return {rule.id: rule for rules in by_place().values() for rule in rules}


@cache
def applying(jurisdiction: str, kind: str) -> tuple[Rule, ...]:
    """Return the rules that a case of this kind meets, on or off: its place's and everywhere's."""
    return tuple(
        rule
        for place in (jurisdiction, *EVERYWHERE)
        for rule in by_place().get(place, ())
        if kind in rule.kinds
    )


def rule(rule_id: str) -> Rule:
    """Return one rule. Raises UnknownRule, with the nearest names."""
    if rule_id not in by_id():
        raise UnknownRule(rule_id, list(by_id()))
    return by_id()[rule_id]


def rules(jurisdiction: str | None = None) -> list[Rule]:
    """Return the rules of one place ("us", "networks", "house"), or all of them."""
    if jurisdiction is None:
        return list(by_id().values())
    return list(by_place().get(jurisdiction, ()))


def jurisdictions() -> list[str]:
    """Return the jurisdictions that have rules, by name; networks and house are none."""
    return [name for name in by_place() if name not in EVERYWHERE]


def _rules_in(place: str) -> tuple[Rule, ...]:
    modules = entries(import_module(f"law.{place}"))
    return tuple(rule for name in sorted(modules) for rule in getattr(modules[name], "RULES", ()))
