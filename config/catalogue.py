"""What is to be translated, found and compiled without gettext's own programs.

Babel reads Python; Django turns its templates into something that reads like Python. Both the
catalogue and what Django loads of it are kept in the repository: a new machine needs neither.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = (
    "kernel", "law", "ledger", "accounts", "tickets", "disputes", "complaints", "outreach",
    "intake", "config",
)  # fmt: skip
LANGUAGE = "zh_Hans"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADING = "# Recourse in Simplified Chinese. Made by `make messages`: change the msgstr lines only."
# A date that changes by itself would make the catalogue stale each day.
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def folder() -> Path:
    """Where the catalogue lies."""
    return Path(settings.BASE_DIR) / "locale" / LANGUAGE / "LC_MESSAGES"


def wanted() -> Catalog:
    """Every message of the rooms, without translations."""
    found = Catalog(project="Recourse", charset="utf-8")
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, comments, context in _messages(path):
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def merged() -> Catalog:
    """The catalogue as it should be: what is wanted now, with the translations that are there."""
    path = folder() / "django.po"
    known = Catalog(locale=LANGUAGE)
    if path.exists():
        with path.open("rb") as stream:
            known = read_po(stream, locale=LANGUAGE)
    known.update(wanted(), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.project, known.version, known.fuzzy = "Recourse", "", False
    known.header_comment = HEADING
    known.last_translator = known.language_team = known.msgid_bugs_address = "Recourse"
    known.creation_date = known.revision_date = _WRITTEN
    return known


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without a finished translation."""
    return [
        str(message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id and (message.fuzzy or not _all(message.string))
    ]


def files(catalogue: Catalog) -> dict[str, bytes]:
    """The two files of the catalogue: for people, and as Django loads it."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, width=100, sort_by_file=True, include_lineno=False)
    write_mo(compiled, catalogue)
    return {"django.po": text.getvalue(), "django.mo": compiled.getvalue()}


def _all(string: Any) -> bool:
    """Say whether a message's every form is there."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        base = Path(settings.BASE_DIR) / room
        for path in sorted([*base.rglob("*.py"), *base.rglob("*.html")]):
            if "migrations" not in path.parts:
                yield path


def _messages(path: Path) -> Iterator[Any]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source, origin=path.name)
    yield from extract(
        "python",
        io.BytesIO(source.encode()),
        keywords=KEYWORDS,
        comment_tags=["Translators:"],
        options={"encoding": "utf-8"},
    )
