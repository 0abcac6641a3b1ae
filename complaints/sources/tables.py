"""Read CSV as it is in real life, a row at a time: marks, quoted line breaks, wrong counts, NUL."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.sources.lines import Lines
from accounts.sources.rows import Unreadable, unreadable
from complaints.sources.records import line
from kernel.errors import Unfit

Cells = tuple[str, dict[str, str]]
_NUL = "\x00"


def read(
    handle: BinaryIO,
    *,
    encoding: str,
    advance: Callable[[int], object],
    accept: Callable[[Sequence[str]], Unfit | None],
    delimiter: str = ",",
) -> Iterator[Cells | Unreadable]:
    """Yield each row's place and its cells by heading; what cannot be read is yielded, not raised.

    ``accept`` looks at the heading and says what is wrong with it, or nothing. A row with a wrong
    number of cells, or with a NUL, is one bad row; a quote that never closes ends the reading.
    """
    lines = Lines(handle, encoding, advance)
    place = line(1)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        heading = [cell.strip() for cell in next(reader, [])]
        if refusal := _refusal(heading) or accept(heading):
            yield Unreadable(place, refusal)
            return
        while True:
            # A quoted cell may hold line breaks: the row begins on the line after the last one.
            place = line(lines.number + 1)
            cells = next(reader, None)
            if cells is None:
                return
            if any(cells):
                yield _row(place, heading, cells)
    except csv.Error:
        # csv's own message may quote the cell.
        sentence = _("From here on this is not CSV: look for a quote that is not closed.")
        yield unreadable(place, "csv_unfit", sentence)
    except Unfit as refusal:
        yield Unreadable(line(lines.number), refusal)


def _refusal(heading: Sequence[str]) -> Unfit | None:
    if not any(heading):
        return Unfit("csv_unfit", _("There is no heading."))
    named = [name for name in heading if name]
    if len(set(named)) < len(named):
        return Unfit("csv_unfit", _("Two columns have the same heading."))
    return None


def _row(place: str, heading: Sequence[str], cells: Sequence[str]) -> Cells | Unreadable:
    if len(cells) != len(heading):
        sentence = _(
            "There are %(found)s cells under %(wanted)s headings: look for a comma or a line "
            "break that is not in quotes."
        )
        counts = {"found": len(cells), "wanted": len(heading)}
        return unreadable(place, "cells_unfit", sentence % counts)
    if any(_NUL in cell for cell in cells):
        sentence = _("The row holds a NUL byte: export the file again, as text.")
        return unreadable(place, "text_not_clean", sentence)
    return place, dict(zip(heading, cells, strict=True))
