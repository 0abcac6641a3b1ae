"""One thing that a rule says beside its dates."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

MONDAY = date(2026, 3, 2)


class Saying(NamedTuple):
    """On these facts the rule says these sentences; none means that it does not run."""

    rule: str
    place: str
    kind: str
    values: dict[str, Any]
    steps: tuple[str, ...] = ()
    zone: str = ""


def silent(rule: str, place: str, kind: str, *several: dict[str, Any]) -> list[Saying]:
    return [Saying(rule, place, kind, values) for values in several]
