"""What a worked case may ask, by name, and where the engine's answer to it stands.

A key that is not in the table is looked up in what the rule found, by the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from law import calendars, stages
from law.calendars import CalendarMissing
from law.cn.complaints import central_bank_clock, complaint_clock
from law.deadlines import apply
from law.facts import Facts
from law.registry import rule
from law.verdicts import TIMELY, timely
from law.worked.case import Unreadable, Worked

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOTICE = "US-REGZ-13B1-NOTICE-60D"
# Questions that the facts answer without the named rule's own date.
APART = ("notes", "ended", "on_time", "regz_last", "regz", "chain", "total_days")


def answer(case: Worked, key: str) -> Any:
    """Answer one question of a case; a year that is not published is "calendar_missing:YEAR".

    Raises:
        Unreadable: nothing answers this key.
        MissingFact, BadFact, NoCalendar, UnknownCode: what the rule needs is not there.
    """
    try:
        if key in case.finds:
            return case.finds[key]()
        if key in ANSWERS and (key in APART or key not in case.due.found):
            return ANSWERS[key](case)
        return _found(case, key)
    except CalendarMissing as missing:
        return f"calendar_missing:{missing.year}"


def _found(case: Worked, key: str) -> Any:
    found = case.due.found
    for name in (key, f"{key}_on"):
        if name in found:
            return found[name]
    if f"{key}_minor" in found:
        return cents(found[f"{key}_minor"])
    known = ", ".join(sorted(found)) or "nothing besides its dates"
    raise Unreadable(f'nothing answers "{key}": the rule found {known}')


def cents(amount: Any) -> Any:
    """Return minor units, or several, as a decimal amount."""
    if isinstance(amount, (tuple, list)):
        return tuple(cents(one) for one in amount)
    return amount if amount is None else Decimal(amount) / 100


def safe(case: Worked) -> date:
    """Return the last business day on or before the last day."""
    return calendars.last_business_day_on_or_before(case.open_days, case.last)


def rolled(case: Worked) -> date:
    """Return the next business day on or after the last day."""
    return calendars.next_business_day_on_or_after(case.open_days, case.last)


def _last_or_none(case: Worked) -> date | None:
    return case.last if case.due.due_on or case.due.first_allowed_on else None


def _end(case: Worked) -> date | None:
    """The end of a count: for a wait that is no retention, the first free day."""
    if case.given.get("days") is not None and case.due.nature == "wait":
        return case.due.first_allowed_on
    return case.last


def _time(case: Worked) -> str:
    """The last minute in the zone of the case; a clock of whole days ends with its day."""
    due, zone = case.due, case.facts.zone
    if due.due_at is None or not zone:
        return "23:59 local"
    last = due.due_at.astimezone(ZoneInfo(zone)) - timedelta(seconds=1)
    return f"{last:%H:%M} local"


def _days_late(case: Worked) -> int:
    return max(0, (case.facts.day("acted_on") - case.last).days)


def _notice_last(case: Worked) -> date:
    notice = apply(rule(NOTICE), case.facts, case.calendar)
    return notice.due_on or case.facts.day("statement_transmitted")


def _in_time(case: Worked, last: date) -> bool:
    return timely(last, case.facts.day("notice_received")) == TIMELY


def _chain(case: Worked) -> tuple[date, ...]:
    """Run the network's longest course: each step takes all its days."""
    network, code = case.facts.text("network"), case.facts.text("network_code")
    day, days = case.facts.day("submitted_on"), []
    for rule_id in stages.longest_course(network, stages.workflow_of(network, code)):
        step = rule(rule_id)
        values: Mapping[str, Any] = {"network": network, "network_code": code, step.starts: day}
        facts = Facts(case.facts.jurisdiction, case.facts.kind, values)
        day = apply(step, facts, case.calendar).due_on or day
        days.append(day)
    return tuple(days)


def _notes(case: Worked) -> tuple[str, ...]:
    central = case.named.id.startswith("PBC")
    return (central_bank_clock if central else complaint_clock)(case.facts).notes


ANSWERS: dict[str, Callable[[Worked], Any]] = {
    "due": _last_or_none,
    "due_weekday": lambda case: WEEKDAYS[case.last.weekday()],
    "due_time": _time,
    "end_utc": lambda case: case.due.due_at.astimezone(UTC) if case.due.due_at else None,
    "deadline": lambda case: case.last,
    "end": _end,
    "start": lambda case: case.due.starts_on,
    "safe_due": safe,
    "internal_target": safe,
    "rolled_forward": rolled,
    "interpretation_act_reading": lambda case: case.due.other_reading_on or rolled(case),
    "first_allowed": lambda case: case.due.first_allowed_on,
    "literal_due": lambda case: case.due.other_reading_on,
    "cap": lambda case: case.due.latest_on,
    "amount": lambda case: cents(case.due.amount_minor),
    "amount_minor": lambda case: case.due.amount_minor,
    "compensation_inr": lambda case: cents(case.due.found["compensation_minor"]),
    "days_late": _days_late,
    "verdict": lambda case: case.due.verdict.partition(":")[0],
    "why": lambda case: case.due.verdict.partition(":")[2],
    "result": lambda case: case.due.verdict,
    "regz_last": _notice_last,
    "regz": lambda case: TIMELY if _in_time(case, _notice_last(case)) else "late",
    "network_last": lambda case: case.last,
    "network": lambda case: "open" if _in_time(case, case.last) else "closed",
    "chain": _chain,
    "total_days": lambda case: (_chain(case)[-1] - case.facts.day("submitted_on")).days,
    "notes": _notes,
    "ended": lambda case: case.facts.day("withdrawn"),
    "on_time": lambda case: case.facts.day("dispatched") <= case.facts.day("deadline"),
    "hidden_from": lambda case: case.due.due_on,
}
