"""The western worked cases: ``rule_id``, ``jurisdiction``, ``facts``, ``calendar``, ``expected``.

Their facts have names of their own ("trigger", "actual", "processing_date"); each becomes the
fact that the rule reads. What one rule alone needs stands in law.worked.oddities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from law import calendars
from law.calendars import Calendar
from law.facts import Facts, zone_named
from law.places import EVERYWHERE, places
from law.registry import rule
from law.rule import Rule
from law.trace import Step
from law.worked import oddities, values
from law.worked.case import STAND_IN, Unreadable, Worked, place_of

PLACES = {"uk": "gb", "net": "us"}  # a network's rule runs everywhere: any place will do
RENAMED = {
    "actual": "acted_on",
    "act": "acted_on",
    "attempt": "tried_merchant",
    "conditions_met": "liability_conditions_met",
    "processing_date": "processing_on",
    "first_deposit": "first_deposit_on",
    "transfer": "transfer_on",
    "transaction": "transaction_on",
    "info_received": "info_received_on",
    "mailed": "mailed_on",
    "picked_up": "picked_up_on",
    "furnisher_received": "furnisher_received_on",
    "escalated": "escalated_on",
    "instant_utc": "contact_at",
}
MONEY = {
    "amount": "amount_minor",
    "disputed": "amount_minor",
    "outstanding": "outstanding_minor",
    "finance_charges": "finance_charges_minor",
    "before_notification": "unauthorised_before_minor",
    "after_notification": "unauthorised_after_minor",
    "cash_price": "cash_price_minor",
    "loss_first_two_bd": "loss_first_two_days_minor",
    "loss_after": "loss_after_minor",
}
STARTS = ("trigger", "start")
ENDS: Mapping[str, Callable[[date], date]] = {
    "end_exclusive": lambda day: day,  # the first free day
    "end_inclusive": lambda last: last + timedelta(1),
}
APART = ("zone", "closed_dates", "limit", "steps")  # read elsewhere
ANNOUNCED = "IN-MH"  # knows only what is announced: a case says what is closed


def read(case: Mapping[str, Any]) -> Worked:
    """Read a case. Raises UnknownRule, Unreadable, NoCalendar, BadFact."""
    one, raw = rule(case["rule_id"]), case["facts"]
    labels = {name: str(text) for name, text in raw.items() if name.endswith("_label")}
    given = {name: value for name, value in raw.items() if name not in labels}
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= _fact(one, name, value, given)
    found |= oddities.facts(one.id, given, labels)
    notes = _stand_in(one, found)
    zone = given.get("zone", "")
    facts = Facts(_place(case, one), one.kinds[0], found, zone)
    calendar = _calendar(case.get("calendar") or "", given)
    return Worked(
        case["id"], one, facts, calendar, case["expected"], case.get("reasoning", ""),
        given=given, notes=notes,
    )  # fmt: skip


def _place(case: Mapping[str, Any], one: Rule) -> str:
    own = place_of(one)
    name = str(case.get("jurisdiction") or ("us" if own in EVERYWHERE else own)).lower()
    name = PLACES.get(name, name)
    if name not in places() or name in EVERYWHERE:
        known = ", ".join(place.upper() for place in places() if place not in EVERYWHERE)
        raise Unreadable(f'no rules are loaded for the jurisdiction "{name.upper()}": give {known}')
    return name


def _fact(one: Rule, name: str, value: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    if name in APART:
        return {}
    if name in STARTS:
        return {one.starts: values.read(value)}
    if name == "instant_local":
        return {one.starts: _aware(value, given.get("zone", ""))}
    if name in ENDS:
        return {one.ended_by: ENDS[name](values.read(value))} if one.ended_by else {}
    if name in MONEY:
        return {MONEY[name]: values.minor(value)}
    return {RENAMED[name]: values.read(value)} if name in RENAMED else _unlisted(name, value)


def _unlisted(name: str, value: Any) -> dict[str, Any]:
    """Pass on a fact of another name: as it is, and as the house would call it."""
    found = values.read(value)
    if isinstance(found, date):
        return {name: found, f"{name}_on": found}
    if isinstance(value, str) and values.number(value) is not None:
        return {name: found, f"{name}_minor": values.minor(value)}
    return {name: found}


def _aware(value: str, zone: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=zone_named(zone))


def _stand_in(one: Rule, found: dict[str, Any]) -> list[Step]:
    """Start a rule that the case does not date: a test of amounts gives the same on any day."""
    if any(name in found for name in (one.starts, *one.or_starts)):
        return []
    first, last = one.in_force
    day = max(first or STAND_IN, min(STAND_IN, last or STAND_IN))
    found[one.starts] = day
    return [Step(f"the case names no start: {day} stands in", f"案例未给出起算日，以{day}代之")]


def _calendar(wanted: Any, given: Mapping[str, Any]) -> Calendar | None:
    """Return the case's calendar with its closed days; CAL is no calendar."""
    name = wanted.get("id", "") if isinstance(wanted, Mapping) else str(wanted)
    closed = [values.read(day) for day in given.get("closed_dates", ())]
    if name in ("", "CAL"):
        return None
    if name != ANNOUNCED:
        return calendars.named(name).closed_on(closed)
    days = [day for day in map(values.read, given.values()) if isinstance(day, date)]
    known = [*days, *closed] or [STAND_IN]
    years = {day.year + near for day in known for near in (-1, 0, 1)}
    return calendars.named(name).announced(sorted(years & set(range(1, 9999))), closed)
