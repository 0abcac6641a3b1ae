"""Judgements on an act that has happened: was it in time, was it forbidden."""

from __future__ import annotations

from datetime import date

from law.facts import Facts
from law.rule import Term
from law.trace import Trace

TIMELY = "timely"


def timely(last_day: date, acted_on: date) -> str:
    """Return "timely", or "late_by_N" with the number of days; the last day itself is in time."""
    late = (acted_on - last_day).days
    return TIMELY if late <= 0 else f"late_by_{late}"


def say_timely(trace: Trace, last_day: date, acted_on: date, en: str, zh: str) -> None:
    """Say when an act happened and whether in time; ``en`` and ``zh`` begin the sentence."""
    late = (acted_on - last_day).days
    if late <= 0:
        trace.say(f"{en} {acted_on}: in time", f"{zh}{acted_on}：未逾期")
    else:
        trace.say(f"{en} {acted_on}: late by {late} days", f"{zh}{acted_on}：逾期{late}日")


def forbidden(
    starts_on: date, first_allowed_on: date | None, acted_on: date, *, exempt: bool = False
) -> str:
    """Return "prohibited" or "allowed" for an act on ``acted_on``.

    The whole first day is inside. ``first_allowed_on`` is the first free day; None means that
    the prohibition has no end. ``exempt`` acts (the undisputed part, another real ground) are
    free throughout.
    """
    ended = first_allowed_on is not None and acted_on >= first_allowed_on
    return "allowed" if exempt or ended or acted_on < starts_on else "prohibited"


def of_act(nature: str, starts_on: date, term: Term, facts: Facts) -> str:
    """Judge the act dated by the fact ``acted_on``, "" when no act is in question.

    A deadline or window: "timely" or "late_by_N". A prohibition: "prohibited" from its start
    until its first free day. A wait: "early" before its first allowed day. ``exempt`` acts are
    allowed throughout.
    """
    acted_on = facts.day_or_none("acted_on")
    if acted_on is None:
        return ""
    if nature in ("deadline", "window") and term.due_on is not None:
        return timely(term.due_on, acted_on)
    if nature == "prohibition":
        free_on, exempt = term.first_allowed_on, facts.flag("exempt")
        return forbidden(starts_on, free_on, acted_on, exempt=exempt)
    if nature == "wait" and term.first_allowed_on is not None:
        return "early" if acted_on < term.first_allowed_on else "allowed"
    return ""
