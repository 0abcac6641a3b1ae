"""Worked cases: plain JSON facts and expected answers, computed through the engine itself.

A case is a mapping: ``rule``, ``jurisdiction``, ``kind``, ``facts``, ``expect``, and where it
needs them ``calendar``, ``reckon`` (arithmetic apart from the rule) or ``hypothetical`` (ask the
rule although it does not apply). Each key of ``expect`` names one function below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from law import calendars, stages
from law.calendars import Calendar, CalendarMissing
from law.cn.complaints import complaint_clock
from law.deadlines import apply, deadlines, rule
from law.facts import Facts
from law.places import calendar_of
from law.rule import Due, Rule
from law.trace import Trace
from law.verdicts import forbidden, timely

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Answer = str | int | bool | list[str] | None


@dataclass(frozen=True)
class Worked:
    """One case, read."""

    rule: Rule
    facts: Facts
    calendar: Calendar | None
    hypothetical: bool
    reckon: Mapping[str, Any]

    @property
    def due(self) -> Due:
        """The rule's dates, reached the way a case reaches them."""
        if self.hypothetical:
            return apply(self.rule, self.facts, self.calendar)
        dues, unknown = deadlines(self.facts, enabled={self.rule.id}, calendar=self.calendar)
        for one in dues:
            if one.rule_id == self.rule.id:
                return one
        if any(one.rule_id == self.rule.id for one in unknown):
            return apply(self.rule, self.facts, self.calendar)  # raises what is not there
        raise LookupError(f"{self.rule.id} does not run on these facts")

    @property
    def last(self) -> date:
        """The last day of a deadline or window, or the last day of waiting."""
        if "business_days" in self.reckon:
            start = _read(self.reckon["start"])
            return calendars.add_business_days(self._named(), start, self.reckon["business_days"])
        due = self.due
        if due.due_on is not None:
            return due.due_on
        if due.first_allowed_on is None:
            raise LookupError(f"{self.rule.id} has no last day")
        return due.first_allowed_on - timedelta(1)

    def safe(self) -> date:
        """The last business day on or before the last day."""
        return calendars.last_business_day_on_or_before(self._named(), self.last)

    def rolled(self) -> date:
        """The next business day on or after the last day."""
        return calendars.next_business_day_on_or_after(self._named(), self.last)

    def _named(self) -> Calendar:
        return Trace(self.calendar).calendar


def answers(case: Mapping[str, Any]) -> dict[str, Answer]:
    """Compute every answer that ``case`` expects, as plain JSON."""
    worked = read(case)
    return {key: _plain(ANSWERS[key], worked) for key in case["expect"]}


def read(case: Mapping[str, Any]) -> Worked:
    """Read a case: ISO dates become dates, aware instants stay instants."""
    facts = Facts(case["jurisdiction"], case["kind"], _read(case["facts"]))
    name = case.get("calendar") or calendar_of(facts.jurisdiction)
    calendar = calendars.named(name) if name else None
    return Worked(
        rule(case["rule"]),
        facts,
        calendar,
        bool(case.get("hypothetical")),
        case.get("reckon", {}),
    )


def _read(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _read(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if isinstance(value, str) and value[:1].isdigit():
        return _read_day(value)
    return value


def _read_day(value: str) -> date | str:
    for reader in (date.fromisoformat, datetime.fromisoformat):
        try:
            return reader(value)
        except ValueError:
            continue
    return value


def _plain(question: Callable[[Worked], Any], worked: Worked) -> Answer:
    try:
        found = question(worked)
    except CalendarMissing as missing:
        return f"calendar_missing:{missing.year}"
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, tuple):
        return [str(one) for one in found]
    answer: Answer = found
    return answer


def _verdict(case: Worked) -> str:
    due, acted = case.due, case.facts.day_or_none("acted_on")
    if acted is None:
        return due.verdict.partition(":")[0]
    exempt = case.facts.flag("exempt")
    return forbidden(due.starts_on, due.first_allowed_on, acted, exempt=exempt)


def _notice_last(case: Worked) -> date:
    notice = apply(rule("US-REGZ-13B1-NOTICE-60D"), case.facts, case.calendar)
    return notice.due_on or notice.starts_on


def _in_time(case: Worked, last: date) -> bool:
    return timely(last, case.facts.day("notice_received")) == "timely"


def _chain(case: Worked) -> tuple[date, ...]:
    """Run the network's longest course: each step takes all its days."""
    network, code = case.facts.text("network"), case.facts.text("network_code")
    workflow = stages.workflow_of(network, code)
    day, days = case.facts.day("submitted_on"), []
    for rule_id in stages.longest_course(network, workflow):
        step = rule(rule_id)
        values = {"network": network, "network_code": code, step.starts: day}
        facts = Facts(case.facts.jurisdiction, case.facts.kind, values)
        day = apply(step, facts, case.calendar).due_on or day
        days.append(day)
    return tuple(days)


def _total_days(case: Worked) -> int:
    return (_chain(case)[-1] - case.facts.day("submitted_on")).days


ANSWERS: dict[str, Callable[[Worked], Any]] = {
    "due": lambda case: case.last,
    "due_weekday": lambda case: WEEKDAYS[case.last.weekday()],
    "deadline": lambda case: case.last,
    "end": lambda case: case.last,
    "safe_due": Worked.safe,
    "internal_target": Worked.safe,
    "rolled_forward": Worked.rolled,
    "first_allowed": lambda case: case.due.first_allowed_on,
    "literal_due": lambda case: case.due.other_reading_on,
    "cap": lambda case: case.due.latest_on,
    "amount_minor": lambda case: case.due.amount_minor,
    "verdict": _verdict,
    "why": lambda case: case.due.verdict.partition(":")[2],
    "regz_last": _notice_last,
    "regz": lambda case: "timely" if _in_time(case, _notice_last(case)) else "late",
    "network_last": lambda case: case.last,
    "network": lambda case: "open" if _in_time(case, case.last) else "closed",
    "chain": _chain,
    "total_days": _total_days,
    "notes": lambda case: complaint_clock(case.facts).notes,
    "ended": lambda case: case.facts.day("withdrawn"),
    "on_time": lambda case: case.facts.day("dispatched") <= case.facts.day("deadline"),
    "hidden_from": lambda case: case.due.due_on,
}
