"""Counts that need no function of their own: so many days, weeks, months after a dated fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from law.facts import Facts
from law.rule import Term
from law.trace import Trace

Count = Callable[[Facts, Trace], date]


def after(unit: str, count: int, *starts: str, said: tuple[str, str]) -> Count:
    """Return a rule's function: ``count`` units after the first of ``starts`` that is known.

    ``unit`` is a counting method of Trace: days, days_from (the day itself is day 1), weeks,
    months, years, business_days, days_before, business_days_before. ``said`` names the starting
    fact in English and Chinese.
    """
    getattr(Trace, unit)  # an unknown unit fails when the rules are read, not on a case
    return partial(_after, unit, count, starts, said)


def _after(
    unit: str, count: int, starts: tuple[str, ...], said: tuple[str, str], facts: Facts,
    trace: Trace,
) -> date:  # fmt: skip
    start = trace.start(facts.first_day(*starts), *said)
    found: date = getattr(trace, unit)(start, count)
    return found


def no_date(facts: Facts, trace: Trace) -> Term:
    """Give no date: the function of a duty to which the law sets no number."""
    trace.say("the law sets no number of days", "法律未规定具体期限")
    return Term()
