"""A mapping file: which column of somebody's CSV is which field, and what else holds for all.

``columns`` names a column for each field; ``story`` may name several, which are joined with their
headings. ``same`` gives a field one value for every row, ``values`` turns a column's words into
ours, ``dates`` is the ``strptime`` shape of ``received_on``, ``delimiter`` one character.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from accounts.sources.rows import Unreadable
from complaints.sources import dates, tables
from complaints.sources.records import FIELDS, Record
from kernel.errors import Unfit

_KEYS = {"columns", "same", "values", "dates", "delimiter"}


@dataclass(frozen=True)
class Columns:
    """A mapping file as it was read and checked."""

    columns: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: str = ""
    delimiter: str = ","


def load(path: Path) -> Columns:
    """Read a mapping file.

    Raises:
        Unfit: it is no JSON object, names unknown fields, or lacks reference, date or words.
        OSError: it cannot be read.
    """
    try:
        told = json.loads(path.read_bytes())
        _check(told)
        columns = {
            name: (column,) if isinstance(column, str) else tuple(column)
            for name, column in told["columns"].items()
        }
        return Columns(
            columns, told.get("same", {}), told.get("values", {}), told.get("dates", ""),
            told.get("delimiter", ","),
        )  # fmt: skip
    except (ValueError, RecursionError):
        raise _unfit(_("The mapping is not a JSON object with “columns”.")) from None


def _check(told: Any) -> None:
    if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
        raise _unfit(_("The mapping is not a JSON object with “columns”."))
    if set(told) - _KEYS:
        known = ", ".join(sorted(_KEYS))
        raise _unfit(_("The mapping may hold only these: %(keys)s.") % {"keys": known})
    columns, same, values = told["columns"], told.get("same", {}), told.get("values", {})
    if not (isinstance(same, dict) and isinstance(values, dict) and _is_text(told, columns, same)):
        raise _unfit(_("Columns and values of a mapping are texts; only story may name several."))
    if unknown := (set(columns) | set(same) | set(values)) - set(FIELDS):
        fields = ", ".join(FIELDS)
        sentence = _("“%(name)s” is no field of a complaint. There are: %(fields)s.")
        raise _unfit(sentence % {"name": min(unknown), "fields": fields})
    if not {"external_ref", "story"} <= set(columns) or not {"received_on", "received_at"} & set(
        columns
    ):
        raise _unfit(_("Name the columns of external_ref, story and received_on or received_at."))


def _is_text(told: Mapping[str, Any], columns: Mapping[str, Any], same: Mapping[str, Any]) -> bool:
    several = columns.get("story")
    single = [column for name, column in columns.items() if name != "story"]
    named = several if isinstance(several, list) else [several]
    texts = [*single, *named, *same.values(), told.get("dates", ""), told.get("delimiter", ",")]
    tables_ = told.get("values", {}).values()
    return (
        all(isinstance(one, str) for one in texts)
        and len(told.get("delimiter", ",")) == 1
        and told.get("delimiter", ",") not in '"\r\n'
        and all(isinstance(one, dict) for one in tables_)
        and all(isinstance(word, str) for one in tables_ for word in one.values())
    )


def read(
    handle: BinaryIO,
    mapping: Columns,
    *,
    encoding: str = "utf-8",
    advance: Callable[[int], object] = lambda size: None,
) -> Iterator[Record | Unreadable]:
    """Yield the complaints of a CSV file whose columns ``mapping`` explains."""

    def accept(heading: Sequence[str]) -> Unfit | None:
        wanted = {one for names in mapping.columns.values() for one in names}
        if missing := wanted - set(heading):
            sentence = _("The mapping names a column that the file has not: %(column)s.")
            return Unfit("column_missing", sentence % {"column": min(missing)})
        return None

    rows = tables.read(
        handle, encoding=encoding, advance=advance, accept=accept, delimiter=mapping.delimiter
    )
    for row in rows:
        yield row if isinstance(row, Unreadable) else Record(row[0], _values(row[1], mapping))


def _values(cells: Mapping[str, str], mapping: Columns) -> dict[str, str]:
    found = dict(mapping.same)
    for name, columns in mapping.columns.items():
        if len(columns) == 1:
            found[name] = cells[columns[0]]
        else:
            parts = [f"{one}: {cells[one].strip()}" for one in columns if cells[one].strip()]
            found[name] = "\n".join(parts)
    for name, words in mapping.values.items():
        found[name] = words.get(found.get(name, "").strip(), found.get(name, ""))
    if mapping.dates:
        found["received_on"] = dates.shaped(found.get("received_on", ""), mapping.dates)
    return found


def _unfit(sentence: str) -> Unfit:
    return Unfit("mapping_unfit", sentence)
