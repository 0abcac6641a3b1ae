"""Count: each complaint says in which cells it stands, and a number is the sum of its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from complaints import taxonomy
from complaints.outcomes import PARTLY_UPHELD, UPHELD
from complaints.returns.matters import Matter, stream
from complaints.returns.profiles import NOT_SAID, Profile
from complaints.returns.span import Span

TOTAL = "total"
# What is counted, in the order of the return, and the unit.
MEASURES = {
    "open_at_start": "cases",
    "opened": "cases",
    "closed": "cases",
    "open_at_end": "cases",
    "upheld": "cases",
    "late_cases": "cases",
    "late_dates": "dates",
    "redress_paid": "minor units",
    "redress_lines": "lines",
}


class Cell(NamedTuple):
    """Where a number stands: what is counted, by what, of which value, in which currency."""

    measure: str
    by: str
    code: str
    currency: str = ""


@dataclass
class Count:
    """The numbers of a return."""

    profile: Profile
    span: Span
    numbers: Counter[Cell] = field(default_factory=Counter)

    def total(self, measure: str, currency: str = "") -> int:
        """The number of a measure in all."""
        return self.numbers[Cell(measure, TOTAL, TOTAL, currency)]

    @property
    def adds_up(self) -> bool:
        """Open at the start and opened since are closed or still open."""
        came = self.total("open_at_start") + self.total("opened")
        return came == self.total("closed") + self.total("open_at_end")


def count(
    profile: Profile,
    span: Span,
    now: datetime,
    tell: Callable[[Cell, str, int], object] = lambda cell, reference, number: None,
) -> Count:
    """Count the return, in a stream; ``tell`` hears of each cell, case and number as it is added.

    A total that is nothing stands there as zero: a return of nothing is a return. There is no
    transaction around it: on SQLite that would keep everybody else from writing. The numbers add
    up without one, because each complaint is read once and counts in all its cells at once.
    """
    found = Count(profile, span)
    for measure in MEASURES:
        found.numbers[Cell(measure, TOTAL, TOTAL)] = 0
    for matter in stream(profile, span, now):
        for cell, number in cells(matter, profile, span):
            found.numbers[cell] += number
            tell(cell, matter.reference, number)
    if any(cell.measure == "redress_paid" and cell.currency for cell in found.numbers):
        del found.numbers[Cell("redress_paid", TOTAL, TOTAL)]
    return found


def cells(matter: Matter, profile: Profile, span: Span) -> Iterator[tuple[Cell, int]]:
    """Every cell in which a complaint counts, and how much; no cell comes twice for cases."""
    after = span.last + timedelta(days=1)
    if matter.open_before(span.first):
        yield from _case("open_at_start", matter, profile)
    if matter.opened_on in span:
        yield from _case("opened", matter, profile)
        yield Cell("opened", "source", matter.source), 1
    if matter.closed_on in span:
        yield from _closed(matter, profile)
    if matter.open_before(after):
        yield from _case("open_at_end", matter, profile)
        yield Cell("open_at_end", "age", profile.age((span.last - matter.opened_on).days)), 1
    yield from _late(matter, profile, span)
    yield from _redress(matter, profile, span)


def _closed(matter: Matter, profile: Profile) -> Iterator[tuple[Cell, int]]:
    yield from _case("closed", matter, profile)
    cause = taxonomy.ROOT_CAUSES.get(matter.root_cause)
    yield Cell("closed", "outcome", matter.outcome), 1
    yield Cell("closed", "age", _age_at_close(matter, profile)), 1
    yield Cell("closed", "root_cause", matter.root_cause or NOT_SAID), 1
    yield Cell("closed", "root_cause_group", cause.group if cause else NOT_SAID), 1
    if profile.body:
        yield Cell("closed", "company_response", _company_response(matter)), 1
    if matter.outcome in {UPHELD, PARTLY_UPHELD}:
        yield from _case("upheld", matter, profile)
        yield Cell("upheld", "root_cause", matter.root_cause or NOT_SAID), 1


def _age_at_close(matter: Matter, profile: Profile) -> str:
    if profile.at_once and matter.settled_at_once:
        return "within_3_business_days"
    days = (matter.closed_on - matter.opened_on).days if matter.closed_on else 0
    return profile.age(days)


def _company_response(matter: Matter) -> str:
    """The regulator's words for how a company closed a complaint."""
    if any(one.minor for one in matter.redress):
        return "Closed with monetary relief"
    kinds = {one.kind for one in matter.redress} - {"none", "explanation", "apology"}
    return "Closed with non-monetary relief" if kinds else "Closed with explanation"


def _late(matter: Matter, profile: Profile, span: Span) -> Iterator[tuple[Cell, int]]:
    missed = [rule for rule, due_on in matter.late if due_on in span]
    if missed:
        yield from _case("late_cases", matter, profile)
    for rule in missed:
        yield Cell("late_dates", TOTAL, TOTAL), 1
        yield Cell("late_dates", "rule", rule), 1


def _redress(matter: Matter, profile: Profile, span: Span) -> Iterator[tuple[Cell, int]]:
    for line in matter.redress:
        if line.on not in span:
            continue
        yield Cell("redress_lines", TOTAL, TOTAL), 1
        yield Cell("redress_lines", "kind", line.kind), 1
        if line.minor:
            for by, code in [("kind", line.kind), *_groups(matter, profile)]:
                yield Cell("redress_paid", by, code, line.currency), line.minor


def _case(measure: str, matter: Matter, profile: Profile) -> Iterator[tuple[Cell, int]]:
    for by, code in _groups(matter, profile):
        yield Cell(measure, by, code), 1


def _groups(matter: Matter, profile: Profile) -> Iterator[tuple[str, str]]:
    """By what every measure is divided; each division adds up to the total."""
    yield TOTAL, TOTAL
    yield "product", matter.product or NOT_SAID
    yield "department", matter.department
    yield "category", matter.category or NOT_SAID
    for name in profile.schemes:
        yield name, profile.scheme(name, matter.category)
