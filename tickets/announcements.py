"""Files of closing dates, as a bank or a government announces them, read line by line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

STATUSES = ("closed", "open")


class BadFile(ValueError):
    """A file of closing dates that cannot be read; says which line and what to do."""


@dataclass(frozen=True)
class Announced:
    """Days on which business rests, and weekend days on which it does not."""

    closed: tuple[date, ...]
    opened: tuple[date, ...]


def read(text: str, *, year: int | None = None) -> Announced:
    """Read CSV (``date,status,name``) or JSON (``{"closed": [...], "open": [...]}``).

    Raises BadFile: no date is there, one is no date, is said twice, or is not of ``year``.
    """
    found: dict[date, str] = {}
    for place, day, status in _json(text) if text.lstrip().startswith(("{", "[")) else _csv(text):
        one = _day(place, day)
        if status not in STATUSES:
            raise BadFile(f'{place}: the status is "{status}"; write closed or open.')
        if one in found:
            raise BadFile(f"{place}: {one} is there twice; keep one of the two lines.")
        if year is not None and one.year != year:
            raise BadFile(f"{place}: {one} is not in {year}; give each year a file of its own.")
        found[one] = status
    if not found:
        raise BadFile("line 1: the file has no date; write one a line, as 2027-01-01,closed,name.")
    shut, free = (tuple(sorted(d for d, s in found.items() if s == one)) for one in STATUSES)
    return Announced(shut, free)


def _csv(text: str) -> list[tuple[str, str, str]]:
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    found = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or cells[0].lower() == "date":
            continue
        status = cells[1].lower() if len(cells) > 1 and cells[1] else "closed"
        found.append((f"line {rows.line_num}", cells[0], status))
    return found


def _json(text: str) -> list[tuple[str, str, str]]:
    try:
        told: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(f"line {error.lineno}: this is not JSON: {error.msg}.") from error
    told = {"closed": told} if isinstance(told, list) else told
    strange = sorted(set(told) - set(STATUSES))
    if strange:
        raise BadFile(f'line 1: "{strange[0]}" is not known; write closed and open.')
    return [
        (f"{status}, number {number}", str(day), status)
        for status, days in told.items()
        for number, day in enumerate(days if isinstance(days, list) else [days], start=1)
    ]


def _day(place: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadFile(f'{place}: "{text}" is no date; write it as 2027-01-31.') from error
