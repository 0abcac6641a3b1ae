"""May this debtor be contacted now: every rule of contact is asked, and the first refusal named."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from law.calendars import Calendar
from law.deadlines import deadlines
from law.facts import BadFact, Facts, MissingFact
from law.rule import Due, Unknown
from law.verdicts import forbidden

ONE_DAY = timedelta(1)
ALLOWED = "allowed"
SAFETY = "safety_hold"
REFUSALS = ("prohibited", "presumed_violation")
TIMED = ("prohibition", "wait")  # natures that refuse by their dates
ORDER = ("statutory", "network", "self_regulatory", "internal")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one contact is allowed, and if not, the rule that refuses it and why.

    ``code`` is "allowed" or what the rule found ("blocked:hours", "prohibited", "early").
    ``not_before`` is the instant at which nothing refuses any more, None where that cannot be
    said. ``counters`` are the rules' findings at that moment, by name. ``checked`` are the rules
    that were asked; ``unknown`` those that lack a fact: they refuse nothing by themselves.
    """

    allowed: bool
    code: str = ALLOWED
    rule_id: str = ""
    citation: str = ""
    name_en: str = ""
    name_zh: str = ""
    why_en: str = ""
    why_zh: str = ""
    counters: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    checked: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()


def may_contact(
    facts: Facts, *, enabled: Container[str] = (), calendar: str | Calendar | None = None
) -> Verdict:
    """Judge one attempt to reach a debtor at the instant of the fact contact_at.

    Asks the rules of kind "contact" of the place and of the house that are on (or whose ids are
    in ``enabled``), started and in force. Of several refusals safety speaks first, then statute,
    network, self-regulation and the house's own policy.

    Raises:
        BadFact: contact_at is given and is no instant with its offset. A rule that lacks any
            other fact refuses nothing and is named in ``unknown``.
    """
    asked = replace(facts, kind="contact")
    if asked.has("contact_at"):
        asked.instant("contact_at")  # or every rule would be unknown, and the contact allowed
    dues, unknown = deadlines(asked, enabled=enabled, calendar=calendar)
    contact_on, problem = _day(asked)
    exempt = asked.flag("exempt")
    refusals = [(due, code) for due in dues if (code := _refusal(due, contact_on, exempt=exempt))]
    undated = [_undated(due, problem) for due in dues if problem and due.nature in TIMED]
    found = Verdict(
        allowed=not refusals,
        counters=_counters(dues),
        checked=tuple(due.rule_id for due in dues),
        unknown=(*unknown, *undated),
    )
    if not refusals:
        return found
    first, code = min(refusals, key=lambda refusal: _rank(refusal[0]))
    return replace(_named(found, first, code), not_before=_not_before(refusals, asked))


def _named(found: Verdict, first: Due, code: str) -> Verdict:
    """Return the verdict with the rule that speaks first."""
    return replace(
        found,
        code=code,
        rule_id=first.rule_id,
        citation=first.citation,
        name_en=first.name_en,
        name_zh=first.name_zh,
        why_en="; ".join(step.en for step in first.trace),
        why_zh="；".join(step.zh for step in first.trace),
    )


def _day(facts: Facts) -> tuple[date | None, str]:
    """Return the day of the contact where days are counted, or what keeps it from being told."""
    try:
        return facts.day("contact_at", "the instant of the contact"), ""
    except (MissingFact, BadFact) as problem:
        return None, str(problem)


def _refusal(due: Due, contact_on: date | None, *, exempt: bool) -> str:
    """Return why a rule refuses the contact, "" when it does not."""
    if due.verdict.startswith("blocked") or due.verdict in REFUSALS:
        return due.verdict
    if contact_on is None or due.nature not in TIMED:
        return ""
    free_on = _free_on(due)
    if due.nature == "wait":
        return "early" if free_on is not None and contact_on < free_on else ""
    verdict = forbidden(due.starts_on or contact_on, free_on, contact_on, exempt=exempt)
    return "" if verdict == ALLOWED else verdict


def _undated(due: Due, problem: str) -> Unknown:
    return Unknown(
        due.rule_id, due.key, due.citation, due.name_en, due.name_zh, due.severity, problem
    )


def _free_on(due: Due) -> date | None:
    """Return the first free day of a prohibition or wait, None when it has no end yet."""
    if due.first_allowed_on is not None:
        return due.first_allowed_on
    return due.due_on + ONE_DAY if due.due_on is not None else None


def _rank(due: Due) -> int:
    return -1 if due.key == SAFETY else ORDER.index(due.severity)


def _counters(dues: list[Due]) -> dict[str, Any]:
    return {
        name: value
        for due in dues
        for name, value in due.found.items()
        if name != "not_before"
    }  # fmt: skip


def _not_before(refusals: Iterable[tuple[Due, str]], facts: Facts) -> datetime | None:
    """Return when the last of the refusals ends, None when one of them names no end."""
    ends = [_ends_at(due, facts) for due, _ in refusals]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _ends_at(due: Due, facts: Facts) -> datetime | None:
    if isinstance(said := due.found.get("not_before"), datetime):
        return said
    if due.nature not in TIMED:
        return None
    free_on = _free_on(due)
    return None if free_on is None else facts.end_of(free_on - ONE_DAY)
