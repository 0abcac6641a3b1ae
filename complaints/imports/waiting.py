"""The list of rows whose cardholder a person has to find, and that list filled in.

It is a CSV file: a person writes ``cardholder``, ``account`` or ``joins`` (a case of ours) into
it, and the import runs again with it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from accounts import redaction
from accounts.sources.rows import Unreadable
from complaints.imports.holders import Found, Match
from complaints.sources import tables
from complaints.spreadsheet import plain, safe
from kernel.errors import Unfit

HEADING = [
    "external_ref", "cardholder", "account", "joins", "why", "place", "received_on", "product",
    "issue", "words",
]  # fmt: skip
_WORDS = 300


class WaitingList:
    """The list as it grows; no file is made before its first row, and none is written over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: IO[str] | None = None

    def add(self, found: Found) -> None:
        """Put a row on the list, with the beginning of its words."""
        if self._handle is None:
            self._handle = self._open()
            csv.writer(self._handle).writerow(HEADING)
        record, told = found.row.record, found.row.grievance
        received = record.text("received_at") or record.text("received_on")
        cells = [
            told.external_ref, "", "", "", found.why, record.place, received, record.product,
            record.issue, redaction.mask(told.story)[:_WORDS],
        ]  # fmt: skip
        csv.writer(self._handle).writerow([safe(redaction.mask(cell)) for cell in cells])

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._handle is not None:
            self._handle.close()

    def _open(self) -> IO[str]:
        # Somebody may be filling in the list of an earlier run.
        first, number = self.path, 1
        while True:
            try:
                # The mark tells spreadsheets that this is UTF-8.
                return self.path.open("x", encoding="utf-8-sig", newline="")
            except FileExistsError:
                number += 1
                self.path = first.with_name(f"{first.stem}-{number}{first.suffix}")


def filled_in(path: Path) -> dict[str, Match]:
    """Read what people have filled in, by reference of the row.

    Raises:
        Unfit: the file is no such list; the sentence says where.
        OSError: it cannot be read.
    """
    found: dict[str, Match] = {}
    with path.open("rb") as handle:
        for row in tables.read(
            handle, encoding="utf-8", advance=lambda size: None, accept=_refusal
        ):
            if isinstance(row, Unreadable):
                sentence = f"{row.place}: {row.refusal.sentence}"
                raise Unfit(row.refusal.code, sentence)
            cells = {name: plain(cell.strip()) for name, cell in row[1].items()}
            match = Match(*(cells.get(name, "") for name in ("cardholder", "account", "joins")))
            if match:
                found[cells["external_ref"]] = match
    return found


def _refusal(heading: object) -> Unfit | None:
    if isinstance(heading, list) and {"external_ref", "cardholder"} <= set(heading):
        return None
    return Unfit("column_missing", _("The list has columns external_ref and cardholder."))
