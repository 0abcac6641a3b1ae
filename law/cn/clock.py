"""The complaint clock of mainland China: totals from receipt, extended by steps in time.

Two regimes share the shape. 银保监会令2020年第3号: 15, then 30, then 60 days in all. 人民银行令
〔2020〕第5号: 15, then 60. An extension, restart or appraisal that comes after the last day
repairs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from law.facts import BadFact, Facts

ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Step:
    """An extension: from which total it starts, and what must be on record (fact: note)."""

    after: int
    needs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Regime:
    """One regulation's clock."""

    name: str
    first: int
    steps: Mapping[int, Step]


_INFORMED = {"complainant_informed": "extension_refused_not_informed"}
BANKING = Regime(
    "cmp",
    15,
    {
        30: Step(15),
        60: Step(30, {"approved_by_superior": "extension_refused_no_approval"} | _INFORMED),
    },
)
CENTRAL_BANK = Regime(
    "pbc",
    15,
    {60: Step(15, {"approved_by_head": "extension_refused_no_approval"} | _INFORMED)},
)

WORDS = {
    "restarted": (
        "new facts and reasons: counted again from the new material",
        "有新的事实和理由：自收到新材料之日起重新计算",
    ),
    "merged": (
        "the same complaint again: joined, no new clock",
        "同一投诉再次提出：合并，不重新计算",
    ),
    "restart_too_late": (
        "new facts came after the last day: the missed day stands",
        "新的事实于期限届满后提出：逾期事实不变",
    ),
    "extension_too_late": (
        "an extension was taken after the last day: it repairs nothing",
        "期限届满后才延长：不能补救",
    ),
    "extension_refused_step": (
        "an extension skipped a step and does not count",
        "延长跳过了前一步，不予计算",
    ),
    "extension_refused_no_approval": (
        "an extension was not approved and does not count",
        "延长未经审批，不予计算",
    ),
    "extension_refused_not_informed": (
        "an extension was not told to the complainant: it does not count",
        "延长未告知投诉人，不予计算",
    ),
    "pause_ignored_not_informed": (
        "an appraisal was not told to the complainant: its days count",
        "鉴定未告知投诉人，期间照常计算",
    ),
    "agreed": ("bank and complainant agreed on another day", "银行与投诉人约定了其他日期"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """How a complaint's clock stands: which total applies, until when, and what was refused."""

    started_on: date
    total: int
    deadline: date
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pause:
    first: date
    until: date  # the day the result came: it counts again


def run(regime: Regime, facts: Facts, started_on: date) -> Clock:
    """Apply extensions, repeats, appraisals and an agreed day, in the order they happened."""
    pauses, notes = _pauses(facts)
    start, total = started_on, regime.first
    for day, kind, record in _happenings(regime, facts):
        last = last_day(start, total, pauses)
        if kind == "repeat":
            note = _repeat(record, in_time=day <= last)
            start, total = (day, regime.first) if note == "restarted" else (start, total)
        else:
            note = _refusal(regime, record, total, in_time=day <= last)
            total = total if note else record.number("to")
        notes += [note] * bool(note)
    agreed = facts.day_or_none("agreed_date")
    if agreed is not None:
        return Clock(start, total, agreed, (*notes, "agreed"))
    return Clock(start, total, last_day(start, total, pauses), tuple(notes))


def last_day(start: date, total: int, pauses: list[_Pause]) -> date:
    """Return the last day of ``total`` days after ``start``, appraisal days left out."""
    last, counted_to = start + timedelta(total), start + ONE_DAY
    for pause in pauses:
        first = max(pause.first, counted_to)
        if first <= last and pause.until > first:
            last += pause.until - first
            counted_to = pause.until
    return last


def appraisals(facts: Facts) -> list[_Pause]:
    """Return the appraisals whose days do not count."""
    return _pauses(facts)[0]


def _pauses(facts: Facts) -> tuple[list[_Pause], list[str]]:
    records = facts.records("pauses")
    told = [_pause(one) for one in records if one.flag("informed")]
    notes = ["pause_ignored_not_informed" for one in records if not one.flag("informed")]
    return sorted(told, key=lambda pause: pause.first), notes


def _pause(record: Facts) -> _Pause:
    pause = _Pause(
        record.day("from"), record.day("to", "the day on which the appraisal's result came")
    )
    if pause.until < pause.first:
        raise BadFact("pauses", f"ends on {pause.until}, before it began on {pause.first}")
    return pause


def _happenings(regime: Regime, facts: Facts) -> list[tuple[date, str, Facts]]:
    """Return extensions of this regime and repeats, by day; an extension before a repeat."""
    source = "pbc" if facts.text("source", "") == "pboc_transfer" else "cmp"
    extensions = [
        (one.day("decided"), "extension", one)
        for one in facts.records("extensions")
        if one.text("regime", source) == regime.name
    ]
    repeats = [(one.day("received"), "repeat", one) for one in facts.records("repeats")]
    return sorted([*extensions, *repeats], key=lambda happening: happening[:2])


def _repeat(record: Facts, *, in_time: bool) -> str:
    if not record.flag("new_facts"):
        return "merged"
    return "restarted" if in_time else "restart_too_late"


def _refusal(regime: Regime, record: Facts, total: int, *, in_time: bool) -> str:
    """Return why an extension does not count, "" when it does."""
    to = record.number("to")
    step = regime.steps.get(to)
    if step is None:
        known = " or ".join(str(one) for one in regime.steps)
        raise BadFact("extensions", f"extends to {to} days: give {known}")
    if not in_time:
        return "extension_too_late"
    if step.after != total:
        return "extension_refused_step"
    return next((note for fact, note in step.needs.items() if not record.flag(fact)), "")
