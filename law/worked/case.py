"""One worked case: the rule that it names, its facts, and what it expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from law import calendars
from law.calendars import Calendar, NoCalendar
from law.deadlines import apply, deadlines
from law.facts import Facts
from law.places import calendar_of
from law.registry import by_place
from law.rule import Due, Rule
from law.trace import Step

STAND_IN = date(2026, 1, 1)  # starts a rule where the case gives no date, as tests of amounts do


class Unreadable(ValueError):
    """A file or a case that cannot be read: one sentence says what and why."""


@dataclass(eq=False)
class Worked:
    """One case, read.

    ``through`` asks as a case of the product does, so that a rule that would not run is an
    error; without it the named rule is applied even when it is off. ``finds`` answers keys apart
    from a rule, by name. ``given`` are the facts as the file has them.
    """

    id: str
    rule: Rule | None
    facts: Facts
    calendar: Calendar | None
    expected: Mapping[str, Any]
    why: str = ""
    through: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
    finds: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    notes: list[Step] = field(default_factory=list)

    @property
    def named(self) -> Rule:
        """The rule. Raises LookupError for a case whose question names none."""
        if self.rule is None:
            raise LookupError("the case names no rule that gives a date")
        return self.rule

    @cached_property
    def due(self) -> Due:
        """The rule's dates and steps; without a calendar of its own, by the place's."""
        try:
            return self._ask(self.calendar)
        except NoCalendar:
            return self._ask(self.open_days)

    @property
    def open_days(self) -> Calendar:
        """The case's calendar, else its place's. Raises NoCalendar where neither names one."""
        name = calendar_of(self.facts.jurisdiction)
        if self.calendar is None and not name:
            raise NoCalendar
        return self.calendar or calendars.named(name)

    @property
    def last(self) -> date:
        """The last day of a deadline, window or prohibition, or the last day of waiting."""
        due = self.due
        if due.due_on is not None:
            return due.due_on
        if due.first_allowed_on is None:
            raise LookupError(f"{due.rule_id} has no last day")
        return due.first_allowed_on - timedelta(1)

    def _ask(self, calendar: Calendar | None) -> Due:
        one = self.named
        if not self.through:
            return apply(one, self.facts, calendar)
        dues, unknown = deadlines(self.facts, enabled={one.id}, calendar=calendar)
        for due in dues:
            if due.rule_id == one.id:
                return due
        if any(missing.rule_id == one.id for missing in unknown):
            return apply(one, self.facts, calendar)  # raises what is not there
        raise LookupError(f"{one.id} does not run on these facts")


def place_of(one: Rule) -> str:
    """Return the folder in which a rule stands ("us", "networks", "house")."""
    return next(place for place, found in by_place().items() if one in found)


def standing(one: Rule, facts: Facts) -> list[Step]:
    """Say what keeps the rule from running by itself on these facts; empty when nothing does."""
    said = []
    if not one.enabled:
        said.append(Step(f"{one.id} is off: asked all the same", f"{one.id}默认关闭，此处仍予计算"))
    if one.started(facts) and not one.applies_on(facts):
        said.append(
            Step("it is not in force on these facts' dates", "按所给日期，该规则未在施行期内")
        )
    if one.when is not None and not one.when(facts):
        said.append(Step("it does not apply to these facts by itself", "该规则本不适用于所给事实"))
    return said
