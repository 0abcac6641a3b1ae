"""``manage.py import_facts FILE…``: cardholders, accounts, statements, transactions from files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.facts import KINDS
from accounts.imports import Report, import_rows
from accounts.redaction import mask
from accounts.sources import file


class Command(BaseCommand):
    help = (
        "Import facts from CSV, JSON lines and OFX credit-card statements. Each file is kept "
        "whole or not at all; the same file again changes nothing."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change and change nothing"
        )
        parser.add_argument(
            "--kind",
            choices=list(KINDS),
            default="",
            help="what the rows are; else a column or member named kind, or the file's name, says",
        )
        parser.add_argument(
            "--account", default="", metavar="REF", help="the account of an OFX statement"
        )
        parser.add_argument(
            "--encoding",
            choices=file.ENCODINGS,
            default="",
            help="of the text; default UTF-8, and for OFX what the file says",
        )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = sum(not self._import(path, options) for path in files)
        if failed:
            raise CommandError(f"{failed} of {len(files)} files failed; nothing of them was kept.")

    def _import(self, path: Path, options: dict[str, Any]) -> bool:
        """Import one file and say what came of it; true when it is fit."""
        # Somebody may have named a file after a card.
        name = mask(path.name)
        try:
            with self._bar(name, path.stat().st_size) as bar:
                rows = file.read(
                    path,
                    kind=options["kind"],
                    account=options["account"],
                    encoding=options["encoding"],
                    advance=bar.update,
                )
                report = import_rows(rows, dry_run=options["dry_run"])
        except OSError as error:
            self.stderr.write(f"{name}: cannot be read: {error.strerror}")
            return False
        self._tell(name, report, dry_run=options["dry_run"])
        return report.kept

    def _bar(self, name: str, size_bytes: int) -> tqdm[NoReturn]:
        """A progress bar on stderr; in a log it says little, and nothing of a quick import."""
        live = sys.stderr.isatty()
        return tqdm(
            total=size_bytes,
            desc=name,
            unit="B",
            unit_scale=True,
            leave=False,
            delay=0 if live else 5,
            mininterval=0.1 if live else 10,
        )

    def _tell(self, name: str, report: Report, *, dry_run: bool) -> None:
        if report.kept:
            note = " (dry run: nothing was kept)" if dry_run else ""
            counts = ", ".join(
                f"{report.changes[change]} {change}"
                for change in ("created", "changed", "unchanged")
            )
            self.stdout.write(f"{name}: {counts}{note}")
            return
        for problem in report.problems:
            self.stderr.write(f"{name}: {problem.place}: {problem.sentence} [{problem.code}]")
        if report.refused > len(report.problems):
            self.stderr.write(f"{name}: and {report.refused - len(report.problems)} more")
        self.stderr.write(f"{name}: {report.refused} refused; nothing was kept")
