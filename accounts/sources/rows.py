"""What a source yields: rows as they were written, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import Unfit


@dataclass(frozen=True)
class Row:
    """A fact as a file tells it; ``place`` is where ("line 3"), for whoever must mend it."""

    place: str
    kind: str
    values: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Unreadable:
    """A place of a file that holds no row, and why."""

    place: str
    refusal: Unfit


def unreadable(place: str, code: str, sentence: str) -> Unreadable:
    """Say that there is no row at ``place``."""
    return Unreadable(place, Unfit(code, sentence))
