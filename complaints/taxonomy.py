"""What complaints are about, what caused them and how they are made good, from the data files.

Each file says how sure it is of its own list and of its crosswalks to the regulators' lists:
``read`` in the named source, ``second_hand``, or ``own``, which is our proposal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.translation import get_language

from kernel.errors import Unfit

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """A code and its words, in English and in Simplified Chinese."""

    code: str
    en: str
    zh: str

    def label(self, language: str | None = None) -> str:
        """Return the words in ``language`` ("zh-hans"); without one, in the reader's own."""
        return self.zh if (language or get_language() or "en").startswith("zh") else self.en


@dataclass(frozen=True, eq=False, kw_only=True)
class Category(Words):
    """What a complaint is about. ``asks`` is the department that usually knows the facts.

    ``cfpb`` is the issue and sub-issue of the US form, ``fca_cause`` the cause of the UK return,
    ``jrt0169_c`` the cause of China's JR/T 0169.
    """

    asks: str
    cfpb: tuple[str, ...]
    fca_cause: str
    jrt0169_c: str


@dataclass(frozen=True, eq=False, kw_only=True)
class RootCause(Words):
    """What went wrong underneath: a cause inside one of six groups."""

    group: str

    def label(self, language: str | None = None) -> str:
        """Return group and cause: the cause alone may read the same in two groups."""
        group = ROOT_CAUSE_GROUPS[self.group].label(language)
        colon = "：" if (language or get_language() or "en").startswith("zh") else ": "
        return f"{group}{colon}{super().label(language)}"


@dataclass(frozen=True, eq=False, kw_only=True)
class RedressKind(Words):
    """How something is made good; ``money`` moves in the ledger, the rest is done by a person."""

    money: bool
    poster: str


W = TypeVar("W", bound=Words)


def load(name: str) -> Any:
    """Read one of the data files beside this module."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def table(kind: type[W], rows: Iterable[Mapping[str, Any]]) -> Mapping[str, W]:
    """Make rows of one kind, by code, in the order of the file; nobody may change them."""
    return MappingProxyType({row["code"]: kind(**_frozen(row)) for row in rows})


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in row.items()}


_causes = load("root_causes")
CATEGORIES = table(Category, load("categories")["rows"])
ROOT_CAUSE_GROUPS = table(Words, _causes["groups"])
ROOT_CAUSES = table(RootCause, _causes["rows"])
REDRESS = table(RedressKind, load("redress")["rows"])


def check(known: Mapping[str, Words], code: str, field: str, sentence: str) -> str:
    """Return ``code``, which must be in ``known``.

    Raises:
        Unfit: it is not; ``field`` names where it stood, ``sentence`` says what to do.
    """
    if code not in known:
        raise Unfit(f"unknown_{field}", sentence, pointer=f"/{field}")
    return code


def category_choices() -> list[tuple[str, str]]:
    """Choices for a model field; a new category makes no migration."""
    return [(row.code, row.label()) for row in CATEGORIES.values()]


def root_cause_choices() -> list[tuple[str, str]]:
    """Choices for a model field; a new root cause makes no migration."""
    return [(row.code, row.label()) for row in ROOT_CAUSES.values()]


def redress_choices() -> list[tuple[str, str]]:
    """Choices for a model field; a new kind of redress makes no migration."""
    return [(row.code, row.label()) for row in REDRESS.values()]
