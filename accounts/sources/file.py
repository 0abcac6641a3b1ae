"""Read facts from files: CSV, JSON lines and OFX, a row at a time.

CSV has a heading of field names (those of ``accounts.facts``). A column ``kind`` says what each
row is; without one the whole file is of the kind that was asked for, or that its name begins with
("transactions-2026-03.csv"). JSON lines hold one object each, with its ``kind``. In both, a row may
refer to rows above it. Formulas in cells are text like any other.

Text is UTF-8, with or without a byte order mark; GB18030 only when asked for, because nearly any
bytes are valid GB18030 and a wrong guess would go unnoticed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.facts import KINDS
from accounts.sources import ofx
from accounts.sources.lines import Lines
from accounts.sources.rows import Row, Unreadable, unreadable
from kernel.errors import Unfit

ENCODINGS = ("utf-8", "gb18030")
_OFX, _JSON, _CSV = {".ofx", ".qfx"}, {".jsonl", ".ndjson", ".json"}, {".csv"}


def read(
    path: Path,
    *,
    kind: str = "",
    account: str = "",
    encoding: str = "",
    advance: Callable[[int], object] = lambda size: None,
) -> Iterator[Row | Unreadable]:
    """Yield what the file holds, in order; what cannot be read is yielded, not raised.

    ``kind`` is what rows are that do not say so themselves; ``account`` is the account of an
    OFX statement. ``advance`` is told the bytes read.

    Raises:
        OSError: the file cannot be opened or read.
    """
    suffix = path.suffix.lower()
    if suffix in _OFX:
        content = path.read_bytes()
        advance(len(content))
        yield from ofx.read(content, account=account, encoding=encoding)
        return
    if suffix not in _CSV | _JSON:
        sentence = _("Only .csv, .jsonl, .ndjson, .json, .ofx and .qfx files can be read.")
        yield unreadable(_("the file"), "format_unknown", sentence)
        return
    with path.open("rb") as handle:
        lines = Lines(handle, encoding or "utf-8", advance)
        try:
            if suffix in _CSV:
                yield from _read_csv(lines, kind or _kind_of(path))
            else:
                yield from _read_json(lines, kind or _kind_of(path))
        except Unfit as refusal:
            yield Unreadable(_line(lines.number), refusal)


def _kind_of(path: Path) -> str:
    """The kind that a file's name begins with, or nothing."""
    name = path.name.lower()
    return next((kind for kind in KINDS if name.startswith(kind)), "")


def _read_csv(lines: Lines, kind: str) -> Iterator[Row | Unreadable]:
    reader = csv.reader(lines, strict=True)
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        if refusal := _heading_refusal(heading, kind):
            yield Unreadable(_line(1), refusal)
            return
        while True:
            # A quoted cell may hold line breaks: the row begins on the line after the last one.
            place = _line(lines.number + 1)
            cells = next(reader, None)
            if cells is None:
                return
            if cells:
                yield _csv_row(place, heading, cells, kind)
    except csv.Error:
        # csv's own message may quote the cell.
        yield unreadable(_line(lines.number), "csv_unfit", _("This is not CSV."))


def _csv_row(place: str, heading: list[str], cells: list[str], kind: str) -> Row | Unreadable:
    if len(cells) != len(heading):
        sentence = _("There are %(found)s cells under %(wanted)s headings.")
        counts = {"found": len(cells), "wanted": len(heading)}
        return unreadable(place, "cells_unfit", sentence % counts)
    values: dict[str, Any] = dict(zip(heading, cells, strict=True))
    kind = values.pop("kind", "").strip() or kind
    if kind not in KINDS:
        return _without_kind(place)
    # Where kinds share a file, a row leaves the columns of the others empty.
    fields = KINDS[kind].fields
    return Row(place, kind, {k: v for k, v in values.items() if v.strip() or k in fields})


def _heading_refusal(heading: list[str], kind: str) -> Unfit | None:
    known = {name for each in KINDS.values() for name in each.fields} | {"kind"}
    if not heading:
        return Unfit("csv_unfit", _("There is no heading."))
    if unknown := [place for place, name in enumerate(heading, 1) if name not in known]:
        # The heading itself is not repeated: in a file without one it is a row of data.
        sentence = _("The heading of column %(column)s is no known field.")
        return Unfit("field_unknown", sentence % {"column": unknown[0]})
    if len(set(heading)) < len(heading):
        return Unfit("csv_unfit", _("Two columns have the same heading."))
    if "kind" not in heading and kind not in KINDS:
        return Unfit("kind_unknown", _kind_sentence())
    return None


def _read_json(lines: Lines, kind: str) -> Iterator[Row | Unreadable]:
    for line in lines:
        place = _line(lines.number)
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            yield unreadable(place, "json_unfit", _("This is not a JSON object."))
            continue
        named = values.pop("kind", kind)
        if isinstance(named, str) and named in KINDS:
            yield Row(place, named, values)
        else:
            yield _without_kind(place)


def _without_kind(place: str) -> Unreadable:
    return unreadable(place, "kind_unknown", _kind_sentence())


def _kind_sentence() -> str:
    return _("Say which kind this is: %(kinds)s.") % {"kinds": ", ".join(KINDS)}


def _line(number: int) -> str:
    return _("line %(number)s") % {"number": max(number, 1)}
