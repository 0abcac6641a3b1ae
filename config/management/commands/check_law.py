"""Compute worked cases and compare every expected key: ``check_law FILE…``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.worked import report


class Command(BaseCommand):
    help = "Compute the worked cases of files and compare; exits 0 only when all agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="see docs/law-cases.md")
        parser.add_argument("--rule", default="", help="only the cases of this rule")
        parser.add_argument("--verbose", action="store_true", help="tell the agreeing cases too")
        parser.add_argument("--language", choices=("en", "zh"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        checked = report.check_files(options["files"], options["rule"].strip())
        if not checked:
            raise CommandError(f'No case names the rule "{options["rule"]}".', returncode=1)
        for one in checked:
            if options["verbose"] or not one.agrees:
                self.stdout.write("\n".join(report.lines(one, options["language"])))
        agreed = sum(one.agrees for one in checked)
        self.stdout.write(f"{agreed} of {len(checked)} agree")
        if agreed < len(checked):
            raise CommandError(f"{len(checked) - agreed} disagree.", returncode=1)
