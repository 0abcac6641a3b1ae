"""JSON lines: one object a complaint, with the names of the fields as members."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from accounts.sources.lines import Lines
from accounts.sources.rows import Unreadable, unreadable
from complaints.sources.records import FIELDS, Record, line
from kernel.errors import Unfit


def read(
    handle: BinaryIO,
    *,
    encoding: str = "utf-8",
    advance: Callable[[int], object] = lambda size: None,
) -> Iterator[Record | Unreadable]:
    """Yield the complaints of a file; a line that is none is yielded, not raised."""
    lines = Lines(handle, encoding, advance)
    try:
        for text in lines:
            if text.strip():
                yield _record(line(lines.number), text)
    except Unfit as refusal:
        yield Unreadable(line(lines.number), refusal)


def _record(place: str, text: str) -> Record | Unreadable:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return unreadable(place, "json_unfit", _("This is not a JSON object."))
    if set(told) - set(FIELDS):
        # The name is not repeated: it may be anything.
        sentence = _("There is a member that is no field. Fields are: %(fields)s.")
        return unreadable(place, "field_unknown", sentence % {"fields": ", ".join(FIELDS)})
    values = {name: _text(value) for name, value in told.items() if value is not None}
    if any(value is None for value in values.values()):
        return unreadable(place, "json_unfit", _("A member is no text, number, true or false."))
    return Record(place, {name: value for name, value in values.items() if value is not None})


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    return None
