"""Collect what is to be translated into Simplified Chinese, and compile what was."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

SHOWN = 20


class Command(BaseCommand):
    help = "Bring locale/ up to date; --check fails when it is stale or incomplete instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, only compare")

    def handle(self, *args: Any, **options: Any) -> None:
        # Babel is a tool for work on Recourse and not installed where it only runs.
        from config import catalogue

        merged = catalogue.merged()
        for name, content in catalogue.files(merged).items():
            path = catalogue.folder() / name
            if path.exists() and path.read_bytes() == content:
                continue
            if options["check"]:
                raise CommandError(f"{path.name} is stale: run `make messages` and commit it.")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        missing = catalogue.untranslated(merged)
        for message in missing[:SHOWN]:
            self.stderr.write(f"  {message[:100]!r}")
        if missing:
            raise CommandError(f"{len(missing)} messages have no finished translation.")
        self.stdout.write("Every message is translated.")
