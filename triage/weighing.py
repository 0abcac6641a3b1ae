"""Weigh what the table found: one kind, one owner, one priority, and the words behind each.

A specific grievance about the bank's conduct makes a complaint, whatever else is asked; what else
is asked becomes a secondary kind. Without one, the heavier of dispute and hardship wins, a vague
grievance comes third, and whatever is left is an enquiry. Nothing here acts, and no text can make
it act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from triage import figures
from triage.language import language, right_to_left
from triage.reading import Reading, read
from triage.suggestion import KINDS, PRIORITIES, SAFETY, Evidence, Suggestion
from triage.table import Row, table

SPECIFIC, VAGUE = 3, 2
VERY_LONG = 2_000
OWNERS = {
    "complaint": "customer_service", "dispute": "finance", "hardship": "collections",
    "enquiry": "customer_service",
}  # fmt: skip
_HELP = {"dispute": "finance", "hardship": "collections"}
_FEES = {"fee", "late_charge", "interest"}
_SMALL_FEE = Decimal(50)
# A text that was passed on by a regulator says so by the door that it came in by.
_DOORS = {"regulator_transfer": "sender.regulator", "regulator": "sender.regulator"}


def suggest(text: str, *, channel: str = "", received_at: datetime | None = None) -> Suggestion:
    """Suggest what ``text`` is. Reads all of it, raises nothing, and always gives the same answer.

    ``text`` is what is stored, after masking. ``channel`` is the door it came in by, where known;
    ``received_at`` gives a year to the days that it names.
    """
    reading = read(text).once
    found, places = _find(reading, channel)
    case = _Case(found)
    kind, secondary = case.kind, case.secondary
    department = case.head.department if case.head and case.head.department else OWNERS[kind]
    facts = figures.find(reading.text, received_at.date() if received_at else None)
    flags = tuple(dict.fromkeys([*case.flags, *_by_shape(text)]))
    priority = case.priority
    if kind == "dispute" and priority == "normal" and case.subtype in _FEES and facts.amounts:
        priority = "low" if max(amount for amount, _ in facts.amounts) <= _SMALL_FEE else priority
    return Suggestion(
        kind=kind,
        secondary_kinds=secondary,
        subtype=case.subtype,
        department=department,
        assist=tuple(one for one in case.assist if one != department),
        priority=priority,
        flags=flags,
        language=language(text),
        facts=facts,
        evidence=tuple(_evidence(text, case, places)),
    )


def _find(reading: Reading, channel: str) -> tuple[list[Row], dict[str, list[tuple[int, int]]]]:
    """The rows that hold for this text, in the table's order, and where their words stand."""
    places = {
        name: [reading.span(*span) for span in spans]
        for name, spans in table().matches(reading).items()
    }
    tight = reading.tight
    if tight is not reading:
        for name, spans in table().matches(tight).items():
            places.setdefault(name, [tight.span(*span) for span in spans])
    if channel in _DOORS:
        places.setdefault(_DOORS[channel], [])
    said = frozenset(places)
    holding = [row for row in table().rows if _holds(row, said)]
    for row in holding:
        if row.follows:
            places[row.id] = [span for name in row.only_with for span in places.get(name, [])]
    return holding, places


def _holds(row: Row, said: frozenset[str]) -> bool:
    """Were its words said, in the company that it asks for and in none that it forbids?"""
    if not said.isdisjoint(row.not_with):
        return False
    company = not said.isdisjoint(row.only_with)
    return company if row.follows else row.id in said and (company or not row.only_with)


def _by_shape(text: str) -> Iterable[str]:
    """Flags that no word gives."""
    if len(text) > VERY_LONG:
        yield "very_long"
    if right_to_left(text):
        yield "rtl"


@dataclass(frozen=True)
class _Case:
    """The rows that hold, weighed against each other."""

    rows: list[Row]

    def weight(self, kind: str) -> int:
        """The heaviest row of this kind."""
        return max((row.weight for row in self.rows if row.kind == kind), default=0)

    def _sum(self, kind: str) -> int:
        return sum(row.weight for row in self.rows if row.kind == kind)

    @cached_property
    def final(self) -> Row | None:
        """A row that ends the weighing, such as a withdrawal."""
        return next((row for row in self.rows if row.final), None)

    @cached_property
    def empty_command(self) -> bool:
        """Commands a machine and says nothing else of substance."""
        others = (row.weight for row in self.rows if row.id != "text.injection")
        return any(row.id == "text.injection" for row in self.rows) and max(others, default=0) < 3

    @cached_property
    def kind(self) -> str:
        if self.final:
            return self.final.kind
        if self.empty_command:
            return "enquiry"
        if self.weight("complaint") >= SPECIFIC and not self._certain_enquiry:
            return "complaint"
        money, means = self.weight("dispute"), self.weight("hardship")
        if max(money, means) >= VAGUE and self.weight("enquiry") < max(money, means, 4):
            bigger = (money, self._sum("dispute")) >= (means, self._sum("hardship"))
            return "dispute" if bigger else "hardship"
        if self.weight("complaint") and self.weight("enquiry") < VAGUE:
            return "complaint"
        return "enquiry"

    @cached_property
    def _certain_enquiry(self) -> bool:
        return self.weight("enquiry") > self.weight("complaint")

    @cached_property
    def secondary(self) -> tuple[str, ...]:
        if self.final or self.empty_command:
            return ()
        least = {"complaint": VAGUE, "dispute": SPECIFIC, "hardship": SPECIFIC, "enquiry": SPECIFIC}
        if self.kind == "enquiry":
            least = dict.fromkeys(KINDS, SPECIFIC)
        return tuple(
            kind for kind in KINDS if kind != self.kind and self.weight(kind) >= least[kind]
        )

    @cached_property
    def head(self) -> Row | None:
        """The row that names the matter: of the kind, and of the highest rank."""
        if self.final:
            return self.final
        rows = [row for row in self.rows if row.kind == self.kind and row.subtype]
        return None if self.empty_command else max(rows, key=lambda row: row.rank, default=None)

    @property
    def subtype(self) -> str:
        """What the matter is; a complaint that names only its door is about what else it says."""
        if self.kind == "complaint" and self.head and self.head.rank <= 1 and not self.final:
            rows = [row for row in self.rows if row.kind in self.secondary and row.subtype]
            head = max([self.head, *rows], key=lambda row: row.rank)
            return head.subtype
        return self.head.subtype if self.head else "unclear"

    @cached_property
    def flags(self) -> tuple[str, ...]:
        rows = self.rows if not self.final else [self.final, *self._safety_rows]
        return tuple(dict.fromkeys(flag for row in rows for flag in row.flags))

    @property
    def _safety_rows(self) -> list[Row]:
        return [row for row in self.rows if SAFETY.intersection(row.flags)]

    @cached_property
    def assist(self) -> tuple[str, ...]:
        rows = self.rows if not self.final else self._safety_rows
        asked = {self.kind, "", *self.secondary} if self.kind != "complaint" else {*KINDS, ""}
        helpers = [one for row in rows if row.kind in asked for one in row.assist]
        helpers += [_HELP[kind] for kind in self.secondary if kind in _HELP]
        return () if self.empty_command else tuple(dict.fromkeys(helpers))

    @cached_property
    def priority(self) -> str:
        usual = "low" if self.kind == "enquiry" or self.final else "normal"
        rows = self.rows if not (self.final or self.empty_command) else self._safety_rows
        raised = [row.priority for row in rows if row.priority and self.kind in row.priority_for]
        return max([usual, *raised], key=PRIORITIES.index)


def _evidence(
    text: str, case: _Case, places: dict[str, list[tuple[int, int]]]
) -> Iterable[Evidence]:
    """One piece of evidence for each row, each thing that it suggests and each place."""
    for row in case.rows:
        for about, value in _claims(row):
            for start, end in places[row.id] or [(0, 0)]:
                yield Evidence(about, value, start, end, text[start:end], row.id, row.why)


def _claims(row: Row) -> Iterable[tuple[str, str]]:
    """What a row suggests, by field of the suggestion."""
    named = {"kind": row.kind, "subtype": row.subtype, "priority": row.priority}
    yield from ((about, value) for about, value in named.items() if value)
    yield from (("flags", flag) for flag in row.flags)
    yield from (("assist", one) for one in row.assist)
    if row.department or row.kind:
        yield "department", row.department or OWNERS[row.kind]
