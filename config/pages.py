"""Pages of ``docs/`` that are made from the code, and go stale only where somebody is told."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

DOCS = Path(settings.BASE_DIR) / "docs"


class GeneratedPage(BaseCommand):
    """A command that writes one page, and fails when the page had said something else.

    ``--check`` fails alike and writes nothing.
    """

    page: str

    def text(self) -> str:
        """The page as the code would have it."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, only compare")

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = DOCS / self.page, self.text()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            self.stdout.write(f"docs/{self.page} is fresh.")
            return
        if options["check"]:
            raise CommandError(f"docs/{self.page} is stale: run `make docs` and commit it.")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        raise CommandError(f"docs/{self.page} was stale and is written anew: commit it.")
