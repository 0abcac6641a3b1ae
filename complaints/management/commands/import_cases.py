"""``manage.py import_cases --format cfpb FILE``: complaints that others send in bulk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from accounts.redaction import mask
from accounts.sources.rows import Unreadable
from complaints.imports import Import, Report, take_in
from complaints.imports.waiting import WaitingList, filled_in
from complaints.sources import cfpb, jsonl, mapping
from complaints.sources.records import Record
from kernel.errors import Unfit

BAD_ROWS, PEOPLE_NEEDED = 1, 3


class Command(BaseCommand):
    help = (
        "Take complaints in from a regulator's export (CFPB), any CSV with a mapping file, or JSON "
        "lines. Each file is taken in whole or not at all; the same file again changes nothing. "
        "Rows whose cardholder no reference names go to a list for a person. Ends with status 1 "
        "when a row is bad, 3 when rows wait for a person."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=["cfpb", "csv", "jsonl"], required=True)
        parser.add_argument(
            "--mapping", type=Path, metavar="MAPPING.json", help="of --format csv: its columns"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come of it and change nothing"
        )
        parser.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8")
        parser.add_argument("--company", default="", help="cfpb: only rows about this company")
        parser.add_argument(
            "--only-open", action="store_true", help="cfpb: leave out what is answered there"
        )
        parser.add_argument(
            "--cardholder-column", default="", metavar="HEADING", help="cfpb: names the customer"
        )
        parser.add_argument(
            "--account-column", default="", metavar="HEADING", help="cfpb: names the account"
        )
        parser.add_argument(
            "--unmatched", type=Path, metavar="LIST.csv",
            help="where rows without a cardholder go; default FILE's name with .unmatched.csv",
        )  # fmt: skip
        parser.add_argument(
            "--matches", type=Path, metavar="LIST.csv", help="such a list, filled in by a person"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        name = mask(file.name)
        try:
            waiting = WaitingList(options["unmatched"] or file.with_suffix(".unmatched.csv"))
            by_hand = filled_in(options["matches"]) if options["matches"] else {}
            read = partial(_read, file, self._reader(options))
            job = Import(read, waiting, timezone.now(), by_hand)
            report = take_in(job, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{name}: cannot be read or written: {error.strerror}") from None
        except Unfit as refusal:
            raise CommandError(f"{refusal.sentence} [{refusal.code}]") from None
        self._tell(name, report, waiting, dry_run=options["dry_run"])

    def _reader(self, options: dict[str, Any]) -> Any:
        """The reader of the format, bound to what was asked."""
        kind, encoding = options["format"], options["encoding"]
        if (kind == "csv") != bool(options["mapping"]):
            raise CommandError("Say --mapping MAPPING.json with --format csv, and only there.")
        if kind == "jsonl":
            return partial(jsonl.read, encoding=encoding)
        if kind == "csv":
            columns = mapping.load(options["mapping"])
            return partial(mapping.read, mapping=columns, encoding=encoding)
        return partial(
            cfpb.read, encoding=encoding, company=options["company"],
            only_open=options["only_open"],
            columns={
                "cardholder": options["cardholder_column"], "account": options["account_column"],
            },
        )  # fmt: skip

    def _tell(self, name: str, report: Report, waiting: WaitingList, *, dry_run: bool) -> None:
        for problem in report.problems:
            self.stderr.write(f"{name}: {problem.place}: {problem.sentence} [{problem.code}]")
        if report.refused > len(report.problems):
            self.stderr.write(f"{name}: and {report.refused - len(report.problems)} more")
        taken = [f"{report.counts[one]} {one}" for one in ("opened", "joined", "known")]
        if "new" in report.counts or dry_run:
            taken = [f"{report.counts[one]} {one}" for one in ("new", "known")]
        skipped = [f"{count} skipped ({why})" for why, count in sorted(report.skipped.items())]
        note = " (dry run: nothing was kept)" if dry_run else ""
        unmatched = report.counts["unmatched"]
        checked_only = bool(report.refused) and not report.counts.keys() & {"opened", "joined"}
        if not checked_only:
            counts = ", ".join([*taken, f"{unmatched} unmatched", *skipped])
            self.stdout.write(f"{name}: {counts}{note}")
        if report.refused:
            kept = "nothing was kept" if checked_only else "the others were kept"
            raise CommandError(f"{report.refused} refused; {kept}.", returncode=BAD_ROWS)
        if unmatched:
            raise CommandError(
                self._people(unmatched, report, waiting, dry_run=dry_run),
                returncode=PEOPLE_NEEDED,
            )

    def _people(self, count: int, report: Report, waiting: WaitingList, *, dry_run: bool) -> str:
        since = f"The law's time runs for them too, the first since {report.waits_since}."
        if dry_run:
            return f"{count} rows name no cardholder that we know. {since}"
        path = mask(str(waiting.path))
        return (
            f"{count} rows name no cardholder that we know: find them, write them into {path} and "
            f"run this again with --matches {path}. {since}"
        )


def _read(path: Path, reader: Any, deed: str) -> Iterator[Record | Unreadable]:
    with path.open("rb") as handle, _bar(mask(path.name), deed, path.stat().st_size) as bar:
        yield from reader(handle, advance=bar.update)


def _bar(name: str, deed: str, size_bytes: int) -> tqdm[NoReturn]:
    """A progress bar on stderr; in a log it says little, and nothing of a quick import."""
    live = sys.stderr.isatty()
    return tqdm(
        total=size_bytes, desc=f"{name}: {deed}", unit="B", unit_scale=True, leave=False,
        delay=0 if live else 5, mininterval=0.1 if live else 30,
    )  # fmt: skip
