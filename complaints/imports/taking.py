"""Check a whole file, then take its rows in, one by one, through the door of all complaints.

A bad row keeps the whole file out, as with facts: the first reading checks every row and stores
nothing. The second takes the rows in a few at a time, for an import of an hour must not hold the
desk; broken off, it is run again and goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Cardholder
from accounts.sources.rows import Unreadable
from complaints.imports.checking import Checked, check
from complaints.imports.holders import Found, Match, find
from complaints.imports.report import Report
from complaints.imports.waiting import WaitingList
from complaints.models import Arrival
from complaints.services import receive
from complaints.sources.records import Record
from kernel.actors import SYSTEM
from kernel.errors import Refusal, Unfit
from tickets import messages

# Rows whose cardholders are looked up at a time: few enough for memory, many enough for speed.
_BATCH = 200
# Rows taken in together: the desk waits for as long, and a disk is written once for all of them.
_TOGETHER = 50

Rows = Iterable[Record | Unreadable]


@dataclass(frozen=True)
class Import:
    """One file: ``read`` reads it anew, ``by_hand`` says whose rows are that it does not tell."""

    read: Callable[[str], Rows]
    waiting: WaitingList
    at: datetime
    by_hand: Mapping[str, Match] = field(default_factory=dict)


def take_in(job: Import, *, dry_run: bool = False) -> Report:
    """Take the complaints of a file in; nothing, if a row is bad or on a dry run.

    What only the door itself refuses, on the way, is one row: it is reported, the rest stays.
    """
    report = _checked(job)
    if report.refused or dry_run:
        return report
    report = Report()
    try:
        fit = _fit(job, "taking in", report)
        while some := list(islice(fit, _TOGETHER)):
            _take_together(some, job, report)
    finally:
        job.waiting.close()
    return report


def _checked(job: Import) -> Report:
    """Read the whole file and say what would become of it."""
    report = Report()
    for found in _fit(job, "checking", report):
        if found.known is not None:
            report.counts["known"] += 1
        elif found.holder is None:
            report.wait(found.row.received(UTC, job.at).date())
        else:
            report.counts["new"] += 1
    return report


def _fit(job: Import, deed: str, report: Report) -> Iterator[Found]:
    """The rows that are fit, with their cardholders; the others go into the report."""
    unread = iter(job.read(deed))
    while batch := list(islice(unread, _BATCH)):
        rows = [one for row in batch if (one := _fit_row(row, job.at, report)) is not None]
        for found in find(rows, job.by_hand):
            try:
                yield _agreed(found, job.at)
            except Unfit as refusal:
                report.refuse(found.row.record.place, refusal)


def _fit_row(row: Record | Unreadable, at: datetime, report: Report) -> Checked | None:
    if isinstance(row, Unreadable):
        report.refuse(row.place, row.refusal)
        return None
    if row.skip:
        report.skipped[row.skip] += 1
        return None
    try:
        return check(row, at)
    except Unfit as refusal:
        report.refuse(row.place, refusal)
        return None


def _agreed(found: Found, at: datetime) -> Found:
    """The same, dated where the cardholder lives.

    Raises:
        Unfit: the reference stands on the case of somebody else, or the date lies ahead there.
    """
    if found.holder is None:
        return found
    if found.known is not None and found.known.pk != found.holder.pk:
        sentence = _("This reference is on the case of another cardholder: find out whose it is.")
        raise Unfit("external_ref_used", sentence)
    dated = found.row.dated(found.holder.zone, at)
    return Found(dated, found.holder, found.why, found.known)


@transaction.atomic
def _take_together(some: list[Found], job: Import, report: Report) -> None:
    # Cardholders are locked in one order, or two imports wait for each other.
    for found in sorted(some, key=lambda one: one.holder.pk if one.holder else 0):
        _take(found, job, report)


def _take(found: Found, job: Import, report: Report) -> None:
    if found.known is not None:
        report.counts["known"] += 1
        return
    if found.holder is None:
        job.waiting.add(found)
        report.wait(found.row.received(UTC, job.at).date())
        return
    try:
        report.counts[_received(found.row, found.holder, job.at)] += 1
    except Refusal as refusal:
        report.refuse(found.row.record.place, refusal)


@transaction.atomic
def _received(row: Checked, holder: Cardholder, at: datetime) -> str:
    """Take one row in, and say what came of it; a refusal undoes this row alone."""
    source, body, ref = row.key
    # The reference may stand in the file twice.
    came = Arrival.objects.exclude(external_ref="").filter(
        source=source, body=body, external_ref=ref
    )
    if came.exists():
        receive(holder, row.grievance, actor=SYSTEM, at=at)  # refuses if it is another's
        return "known"
    case = receive(holder, row.grievance, actor=SYSTEM, at=at)
    for part in row.more:
        messages.write(case.ticket, direction=messages.IN, body=part, actor=SYSTEM, at=at)
    return "opened" if came.get().number == 1 else "joined"
