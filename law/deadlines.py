"""Facts in; dates out, each with its law and the steps that led to it."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from law import calendars, contradictions, verdicts
from law.calendars import Calendar, CalendarMissing, NoCalendar
from law.facts import BadFact, Facts, MissingFact
from law.places import calendar_of, places
from law.registry import UnknownRule, applying, jurisdictions, rule, rules
from law.rule import Due, Rule, Term, Unknown
from law.stages import UnknownCode
from law.trace import Step, Trace

__all__ = [
    "BadFact", "CalendarMissing", "Due", "Facts", "MissingFact", "Rule", "Step", "Term", "Trace",
    "Unknown", "UnknownRule", "apply", "deadlines", "jurisdictions", "rule", "rules",
]  # fmt: skip
# Why a rule that runs has no date: something is not there, or cannot be read without a guess.
Uncomputable = (MissingFact, BadFact, CalendarMissing, NoCalendar, UnknownCode)


def deadlines(
    facts: Facts, *, enabled: Container[str] = (), calendar: str | Calendar | None = None
) -> tuple[list[Due], list[Unknown]]:
    """Return every date that runs on these facts, and every rule that runs without a date.

    A rule runs when it is on (or its id is in ``enabled``), knows the kind of case, is in force
    on the facts' own dates, applies to them, and the fact that starts it is known. ``calendar``
    is the issuer's business-day calendar; the jurisdiction's stands in. Nothing is guessed: a
    fact that is missing, contradicts another or cannot be read, and a year that is not loaded,
    each give an Unknown that says what to give.
    """
    days = _calendar(facts, calendar)
    dues: list[Due] = []
    unknown = _without_rules(facts)
    contradiction = contradictions.find(facts)
    for one in applying(facts.jurisdiction, facts.kind):
        if not (one.enabled or one.id in enabled) or one.nature == "duty":
            continue
        if not one.started(facts):
            continue
        try:
            if contradiction is not None:
                raise contradiction
            if one.applies_on(facts) and (one.when is None or one.when(facts)):
                dues.append(_apply(one, facts, days))
        except Uncomputable as problem:
            unknown.append(_unknown(one, problem))
    return dues, unknown


def apply(one: Rule, facts: Facts, calendar: Calendar | None = None) -> Due:
    """Apply one rule to facts that it is known to fit.

    Raises:
        MissingFact, BadFact, CalendarMissing, NoCalendar: what the rule needs is not there,
            contradicts another fact, or cannot be read.
    """
    contradiction = contradictions.find(facts)
    if contradiction is not None:
        raise contradiction
    return _apply(one, facts, calendar)


def _apply(one: Rule, facts: Facts, calendar: Calendar | None) -> Due:
    trace = Trace(calendar)
    found = one.due(facts, trace)
    term = found if isinstance(found, Term) else _term(one, found)
    starts_on = trace.started_on or _starts_on(one, term, facts)
    safe_on, rolled_on, waits_for = _by_calendar(one, term.due_on, calendar)
    return Due(
        one.id, one.key, one.name_en, one.name_zh, one.citation, one.severity, one.confidence,
        binds=term.binds or one.binds,
        nature=one.nature,
        version=one.version,
        starts_on=starts_on,
        due_on=term.due_on,
        due_at=term.due_at or (facts.end_of(term.due_on) if term.due_on else None),
        first_allowed_on=term.first_allowed_on,
        safe_on=safe_on,
        rolled_on=rolled_on,
        ends=one.ends,
        warn_before_days=one.warn_before_days,
        trace=tuple(trace.steps),
        pausable=one.pausable,
        waits_for=waits_for,
        latest_on=term.latest_on,
        other_reading_on=term.other_reading_on,
        verdict=term.verdict or _judged(one, starts_on, term, facts),
        amount_minor=term.amount_minor,
        found=term.found,
    )  # fmt: skip


def _term(one: Rule, day: date | None) -> Term:
    return Term(first_allowed_on=day) if one.nature == "wait" else Term(due_on=day)


def _starts_on(one: Rule, term: Term, facts: Facts) -> date | None:
    """The day that starts the rule; None for a test that answers from amounts alone."""
    names = (one.starts, *one.or_starts)
    dated = any(isinstance(facts.values.get(name), date) for name in names)  # a flag may start it
    if (term.verdict or term.amount_minor is not None) and not dated:
        return None
    return facts.first_day(*names)


def _judged(one: Rule, starts_on: date | None, term: Term, facts: Facts) -> str:
    return verdicts.of_act(one.nature, starts_on, term, facts) if starts_on else ""


def _by_calendar(
    one: Rule, due_on: date | None, calendar: Calendar | None
) -> tuple[date | None, date | None, str]:
    """Return the safe date, the date rolled forward, and which calendar they wait for."""
    if due_on is None or one.nature not in ("deadline", "window"):
        return None, None, ""
    if calendar is None:
        return None, None, str(NoCalendar())
    safe_on = rolled_on = None
    try:
        safe_on = calendars.last_business_day_on_or_before(calendar, due_on)
        if one.rolls:
            rolled_on = calendars.next_business_day_on_or_after(calendar, due_on)
    except CalendarMissing as missing:
        return safe_on, rolled_on, str(missing)
    return safe_on, rolled_on, ""


def _calendar(facts: Facts, calendar: str | Calendar | None) -> Calendar | None:
    region = facts.values.get("region")
    part = region if isinstance(region, str) else ""
    chosen = calendar or calendar_of(facts.jurisdiction, part)
    try:
        return calendars.named(chosen) if chosen else None
    except NoCalendar:
        if calendar:
            raise
        return None  # the issuer chose one that is not loaded yet: its rules say so


def _without_rules(facts: Facts) -> list[Unknown]:
    if facts.jurisdiction in places():
        return []
    why = (
        f'No rules are loaded for the jurisdiction "{facts.jurisdiction}"; '
        f"there are rules for {', '.join(jurisdictions())}."
    )
    return [Unknown("", "no_rules", "", "No rules loaded", "未加载规则", "statutory", why)]


def _unknown(one: Rule, problem: Exception) -> Unknown:
    why = str(problem)
    if isinstance(problem, CalendarMissing):
        why = f"The {why}: load it, and this date can be computed."
    return Unknown(
        one.id, one.key, one.citation, one.name_en, one.name_zh, one.severity, why,
        one.ends, one.binds, one.nature,
    )  # fmt: skip
