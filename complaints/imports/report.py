"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from kernel.errors import Refusal

_LISTED = 50


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where in the file."""

    place: str
    code: str
    sentence: str


@dataclass
class Report:
    """Counts of what came of the rows; ``problems`` lists the first fifty of ``refused``.

    ``counts`` holds ``opened``, ``joined``, ``known`` and ``unmatched``, and why rows were skipped.
    ``waits_since`` is the earliest receipt among the unmatched: the law's time runs for them too.
    """

    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    waits_since: date | None = None

    def refuse(self, place: str, refusal: Refusal) -> None:
        """Note a bad row."""
        self.refused += 1
        if len(self.problems) < _LISTED:
            self.problems.append(Problem(place, refusal.code, refusal.sentence))

    def wait(self, since: date) -> None:
        """Note a row whose cardholder a person has to find."""
        self.counts["unmatched"] += 1
        self.waits_since = min(since, self.waits_since or since)
