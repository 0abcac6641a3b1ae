"""The Chinese worked cases: ``rule_id``, ``op`` (what to compute), ``facts``, ``expected``.

Each op is one function below: it names the facts as the rules read them. An op that counts
gives its own number of days; where the named rule has another, the case's number is counted,
and the trace says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from law import calendars
from law.calendars import CalendarMissing
from law.cn.complaints import central_bank_clock, complaint_clock
from law.contact import may_contact
from law.counts import after
from law.deadlines import Uncomputable, apply
from law.facts import Facts
from law.places import calendar_of
from law.registry import UnknownRule, rule
from law.rule import Due, Rule
from law.trace import Step
from law.worked import values
from law.worked.case import STAND_IN, Unreadable, Worked

Raw = Mapping[str, Any]
Facts_ = dict[str, Any]
PLACE = "cn"
NO_RULE = "POL"  # a policy of the product that has no rule of its own: the op decides
UNITS = {
    "calendar_days": "days",
    "calendar_days_missing_calendar": "days",
    "add_days": "days",
    "working_days": "business_days",
    "years": "years",
    "months": "months",
    "weeks": "weeks",
}
SAID = ("counted as the case says, from", "按案例所述起算日")
RENAMED = {
    "at": "contact_at", "signed": "plan_signed", "last_due": "last_due_on", "first": "first_on",
    "n": "count", "due": "payment_due_on", "paid": "paid_on", "day": "on", "daily": "daily_rate",
    "arose": "overdue_arose_on", "repaid": "repaid_on",
}  # fmt: skip
MONEY = {
    "total": "total_minor", "pay": "paid_minor", "interest": "interest_minor",
    "fees": "fees_minor", "principal": "principal_minor", "short": "short_minor",
    "amount": "overdue_minor",
}  # fmt: skip
KINDS = {"may_call": "contact", "third_party": "contact", "plan": "plan"}


def read(case: Raw) -> Worked:
    """Read a case. Raises UnknownRule, Unreadable."""
    op, raw = str(case["op"]), case["facts"]
    one = _rule(case["rule_id"], op)
    if op in UNITS and one is not None:
        worked = _counted(case, one, UNITS[op], raw)
    elif op in OPS:
        worked = _named(case, one, op, raw)
    else:
        raise Unreadable(f'there is no op "{op}": give one of {", ".join([*UNITS, *OPS])}')
    return worked


def _rule(rule_id: str, op: str) -> Rule | None:
    try:
        return rule(rule_id)
    except UnknownRule:
        if rule_id == NO_RULE and op in KINDS:
            return None
        raise


def _worked(case: Raw, one: Rule | None, kind: str, found: Facts_) -> Worked:
    return Worked(
        case["id"], one, Facts(PLACE, kind, found), calendars.named(calendar_of(PLACE)),
        case["expected"], case.get("reasoning", ""), given=case["facts"],
    )  # fmt: skip


def _counted(case: Raw, one: Rule, unit: str, raw: Raw) -> Worked:
    """So many days, working days or years after a start: the rule's own count, if it is that."""
    start = values.read(raw.get("received") or raw.get("start"))
    count = next((raw[name] for name in ("days", "years", "months", "weeks") if name in raw), None)
    if count is None:
        raise Unreadable(f'the facts of an op "{case["op"]}" name no number of days or years')
    found = {one.starts: start, **_rest(raw)}
    worked = _worked(case, one, one.kinds[0], found)
    apart = replace(one, due=after(unit, count, one.starts, said=SAID), nature="deadline")
    if not _agree(worked, one, apart):
        worked.rule = apart
        worked.notes.append(Step(
            f"{one.id} itself has another number or kind of days: the case's own is counted",
            f"{one.id}规定的天数或日期种类与案例不同，此处按案例计算",
        ))  # fmt: skip
    return worked


def _rest(raw: Raw) -> Facts_:
    known = ("received", "start", "days", "years", "months", "weeks")
    return {name: values.read(value) for name, value in raw.items() if name not in known}


def _agree(worked: Worked, one: Rule, apart: Rule) -> bool:
    """Say whether the rule and the case's own number give one day, or fail alike."""
    own, asked = (_days_of(worked, each) for each in (one, apart))
    return bool(own & asked)


def _days_of(worked: Worked, one: Rule) -> set[Any]:
    try:
        due = apply(one, worked.facts, worked.calendar)
    except CalendarMissing as missing:
        return {missing.year}
    except Uncomputable:
        return set()
    return _ends(due)


def _ends(due: Due) -> set[Any]:
    """The last day; of a wait the last day of waiting (years kept) or the first free (notice)."""
    free = due.first_allowed_on
    if due.nature != "wait" or free is None:
        return {due.due_on}
    return {free, free - timedelta(1)}


def _named(case: Raw, one: Rule | None, op: str, raw: Raw) -> Worked:
    """Every other op: the facts by the names that the rules read."""
    found = {}
    for name, value in raw.items():
        if name in MONEY:
            found[MONEY[name]] = values.minor(value)
        else:
            found[RENAMED.get(name, name)] = values.read(value)
    kind = KINDS.get(op) or (one.kinds[0] if one else "contact")
    worked = _worked(case, one, kind, found)
    if one is not None and not one.started(worked.facts):
        found[one.starts] = found.get("received") or STAND_IN
    OPS[op](worked, found)
    return worked


def _complaint(worked: Worked, found: Facts_) -> None:
    """The clock as its extensions left it: the rule of the step that is reached answers."""
    named = worked.named
    central = named.id.startswith("PBC")
    if central:
        found["source"] = "pboc_transfer"
        for one in found.get("extensions", ()):
            one.setdefault("approved_by_head", one.get("approved_by_superior", False))
    now = (central_bank_clock if central else complaint_clock)(worked.facts)
    reached = rule(f"{'PBC' if central else 'CMP'}-{now.total}")
    if reached.id != named.id:
        worked.notes.append(Step(f"the step reached is {reached.id}", f"现行步骤为{reached.id}"))
    worked.rule = reached


def _third_party(worked: Worked, found: Facts_) -> None:
    found.setdefault("third_person", True)


def _may_call(worked: Worked, found: Facts_) -> None:
    """Every rule of contact is asked, not only the one that the case names."""
    worked.finds = {"result": partial(_contact, worked)}


def _contact(worked: Worked) -> str:
    found = may_contact(worked.facts)
    if not found.allowed:
        worked.notes.append(
            Step(f"{found.rule_id}: {found.why_en}", f"{found.rule_id}：{found.why_zh}")
        )
    return found.code


def _as_it_is(worked: Worked, found: Facts_) -> None:
    """The facts say it all: the named rule, or the question itself, answers."""


OPS: dict[str, Callable[[Worked, Facts_], None]] = {
    "complaint": _complaint,
    "terminate": _as_it_is,
    "dispatch_on_time": _as_it_is,
    "credit_repair": _as_it_is,
    "may_call": _may_call,
    "third_party": _third_party,
    "plan": _as_it_is,
    "schedule": _as_it_is,
    "split": _as_it_is,
    "allocate": _as_it_is,
    "dpd": _as_it_is,
    "grace": _as_it_is,
    "rate": _as_it_is,
}
