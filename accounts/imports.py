"""Import a file of facts: all of it or nothing, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.facts import KINDS
from accounts.sources.rows import Row, Unreadable
from accounts.upserts import upsert_many
from kernel.errors import Unfit

# Rows read and written at a time: few enough for memory, many enough for speed.
_BATCH = 1000
_LISTED = 50


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where in the file."""

    place: str
    code: str
    sentence: str


@dataclass
class Report:
    """What an import did, or would do. ``problems`` lists the first fifty of ``refused``."""

    changes: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0

    @property
    def kept(self) -> bool:
        """Only a file without a bad row is kept."""
        return not self.refused

    def refuse(self, place: str, refusal: Unfit) -> None:
        """Note a bad row."""
        self.refused += 1
        if len(self.problems) < _LISTED:
            self.problems.append(Problem(place, refusal.code, refusal.sentence))


def import_rows(rows: Iterable[Row | Unreadable], *, dry_run: bool = False) -> Report:
    """Bring the rows in; keep nothing if one of them is bad, or on a dry run.

    A row may refer to any row above it. After a bad row the rest is still checked, so that one
    run names everything there is to mend; a row that hangs on a bad one is then bad as well.
    """
    report = Report()
    try:
        with transaction.atomic():
            for batch in _batches(rows):
                _take(batch, report)
            if dry_run or not report.kept:
                transaction.set_rollback(True)
    except IntegrityError:
        sentence = _("Another import changed the same facts meanwhile. Run this one again.")
        report.refuse(_("the file"), Unfit("changed_meanwhile", sentence))
    return report


def _batches(rows: Iterable[Row | Unreadable]) -> Iterator[list[Row | Unreadable]]:
    unread = iter(rows)
    while batch := list(islice(unread, _BATCH)):
        yield batch


def _take(batch: list[Row | Unreadable], report: Report) -> None:
    """Upsert one batch, kinds in the order in which they refer to each other."""
    refusals: dict[int, Unfit] = {
        place: row.refusal for place, row in enumerate(batch) if isinstance(row, Unreadable)
    }
    for kind in KINDS:
        places = [n for n, row in enumerate(batch) if isinstance(row, Row) and row.kind == kind]
        outcomes = upsert_many(kind, [batch[n].values for n in places]) if places else []  # type: ignore[union-attr]
        for place, outcome in zip(places, outcomes, strict=True):
            if isinstance(outcome, Unfit):
                refusals[place] = outcome
            else:
                report.changes[outcome.change] += 1
    for place, refusal in sorted(refusals.items(), key=lambda item: item[0]):
        report.refuse(batch[place].place, refusal)
