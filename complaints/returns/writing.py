"""A return as CSV, and the list of the cases behind its numbers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TextIO

from django.utils.translation import override

from complaints import taxonomy
from complaints.returns.counting import MEASURES, TOTAL, Cell, Count
from complaints.returns.profiles import Profile
from complaints.spreadsheet import safe
from tickets import departments

HEADING = [
    "return", "from", "to", "measure", "by", "code", "words", "unit", "currency", "number",
]  # fmt: skip
CASES_HEADING = ["measure", "by", "code", "currency", "case", "number"]
_ORDER = {measure: number for number, measure in enumerate(MEASURES)}


def ordered(found: Count) -> list[tuple[Cell, int]]:
    """The numbers in the order of the return: measure, total first, then by each division."""
    return sorted(
        found.numbers.items(),
        key=lambda item: (
            _ORDER[item[0].measure], item[0].by != TOTAL, item[0].by, item[0].code,
            item[0].currency,
        ),
    )  # fmt: skip


def write(found: Count, file: TextIO) -> None:
    """Write the return; text that a spreadsheet would compute is kept from it."""
    rows = csv.writer(file)
    rows.writerow(HEADING)
    head = [found.profile.code, found.span.first.isoformat(), found.span.last.isoformat()]
    for cell, number in ordered(found):
        told = [
            *head, cell.measure, cell.by, cell.code, words(cell, found.profile),
            MEASURES[cell.measure], cell.currency,
        ]  # fmt: skip
        rows.writerow([*map(safe, told), number])


def cases_writer(file: TextIO) -> Callable[[Cell, str, int], object]:
    """Return what writes a line for each case in each cell, as it is counted."""
    rows = csv.writer(file)
    rows.writerow(CASES_HEADING)

    def tell(cell: Cell, reference: str, number: int) -> None:
        told = [cell.measure, cell.by, cell.code, cell.currency, reference]
        rows.writerow([*map(safe, told), number])

    return tell


def words(cell: Cell, profile: Profile) -> str:
    """The words of a code in the language of the return; a product is its own."""
    with override(profile.language):
        if cell.by == "department":
            return str(departments.label(cell.code))
        table = {
            "category": taxonomy.CATEGORIES, "root_cause": taxonomy.ROOT_CAUSES,
            "root_cause_group": taxonomy.ROOT_CAUSE_GROUPS, "kind": taxonomy.REDRESS,
        }.get(cell.by, {})  # fmt: skip
        return table[cell.code].label(profile.language) if cell.code in table else ""
