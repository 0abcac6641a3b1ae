"""List the rules on the terminal, or write docs/law.md from the code."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from config.pages import GeneratedPage
from law import book
from law.places import places
from law.registry import rules


class Command(GeneratedPage):
    help = "List every rule with its citation; --write and --check are for docs/law.md."
    page = "law.md"

    def text(self) -> str:
        return book.markdown()

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--write", action="store_true", help="write docs/law.md")
        parser.add_argument("--jurisdiction", default="", help="one place: us, cn, networks, …")
        parser.add_argument("--off", action="store_true", help="only rules that are off")
        parser.add_argument("--language", choices=("en", "zh"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"] or options["check"]:
            super().handle(*args, **options)
            return
        for name in _chosen(options["jurisdiction"].lower()):
            found = [one for one in rules(name) if not (options["off"] and one.enabled)]
            if found:
                place, language = places()[name], options["language"]
                title = place.name_zh if language == "zh" else place.name_en
                self.stdout.write(f"{title} ({name}): {len(found)}\n")
                self.stdout.write(f"{book.listing(found, language)}\n\n")


def _chosen(name: str) -> list[str]:
    if name and name not in places():
        raise CommandError(
            f'There are no rules for "{name}": give one of {", ".join(places())}.', returncode=2
        )
    return [name] if name else list(places())
