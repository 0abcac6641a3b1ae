"""``manage.py export_return disp --from 2026-01-01 --to 2026-06-30``: numbers for a regulator."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.returns import PROFILES, Span, count
from complaints.returns.writing import cases_writer, write
from kernel.errors import Unfit


class Command(BaseCommand):
    help = (
        "Write a return as CSV: complaints open, opened, closed, upheld and late, redress paid, "
        "by product, department, category and root cause. --cases lists the cases behind it."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("profile", choices=list(PROFILES), metavar="|".join(PROFILES))
        day = {"type": date.fromisoformat, "required": True, "metavar": "YYYY-MM-DD"}
        parser.add_argument("--from", dest="first", help="the first day", **day)  # type: ignore[arg-type]
        parser.add_argument("--to", dest="last", help="the last day", **day)  # type: ignore[arg-type]
        parser.add_argument("--out", type=Path, metavar="FILE", help="default standard output")
        parser.add_argument(
            "--cases", type=Path, metavar="FILE", help="a line for each case in each number"
        )

    def handle(self, *args: Any, profile: str, first: date, last: date, **options: Any) -> None:
        try:
            span = Span(first, last)
            with ExitStack() as files:
                cases = options["cases"] and files.enter_context(_open(options["cases"]))
                tell = {"tell": cases_writer(cases)} if cases else {}
                found = count(PROFILES[profile], span, timezone.now(), **tell)
                out = options["out"] and files.enter_context(_open(options["out"]))
                write(found, out or self.stdout)  # type: ignore[arg-type]
        except Unfit as refusal:
            raise CommandError(refusal.sentence) from None
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}") from None
        if not found.adds_up:
            raise CommandError("The numbers do not add up: do not send this return.")


def _open(path: Path) -> TextIO:
    # The mark tells spreadsheets that this is UTF-8.
    return path.open("w", encoding="utf-8-sig", newline="")
