"""System checks: a letter without a template would fail in silence, and late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils.translation import to_locale

from accounts.models import Cardholder
from outreach.letters import LETTERS, TEMPLATES


@register()
def templates_exist(**_kwargs: Any) -> list[CheckMessage]:
    """Every letter has its template in every language that a cardholder may have."""
    return [
        Error(f"The letter {name} is missing in {locale}.", id="recourse.E010")
        for locale, name in _expected()
        if not (TEMPLATES / locale / f"{name}.txt").is_file()
    ]


def _expected() -> Iterator[tuple[str, str]]:
    for language in Cardholder.Language.values:
        for letter in LETTERS.values():
            for name in letter.names:
                yield to_locale(language), name
