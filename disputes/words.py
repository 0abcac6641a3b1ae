"""Codes with their words in English and Chinese, and how the data files become frozen rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.translation import get_language

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


def load(name: str) -> Any:
    """Read one of the data files beside this module."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


W = TypeVar("W", bound=Words)


def table(kind: type[W], rows: Iterable[Mapping[str, Any]]) -> Mapping[str, W]:
    """Make rows of one kind, by code, in the order of the file; nobody may change them."""
    return MappingProxyType({row["code"]: kind(**row) for row in rows})


def frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn JSON's lists and objects into tuples and read-only mappings."""
    return {key: freeze(value) for key, value in row.items()}


def freeze(value: Any) -> Any:
    """Turn a JSON value into one that nobody may change."""
    if isinstance(value, list):
        return tuple(freeze(one) for one in value)
    if isinstance(value, dict):
        return MappingProxyType({key: freeze(one) for key, one in value.items()})
    return value
