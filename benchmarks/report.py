"""Figures and what they are measured by: milliseconds, microseconds of processor time, units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.scenarios import GROWTH, SCENARIOS, UNIT, Scenario

HEAD = (
    f"{'':34}{'req/s':>7}{'p50':>8}{'p95':>8}{'p99':>8}  ms"
    f"{'web':>8}{'db':>7}{'both':>8}  µs{'units':>7}  aim"
)


@dataclass
class Figures:
    """All slices of one scenario against one database."""

    seconds: float = 0.0
    web_seconds: float = 0.0
    database_seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    example: str = ""

    @property
    def count(self) -> int:
        """How many requests were answered."""
        return len(self.latencies)

    @property
    def web(self) -> float:
        """Microseconds of the web processes for each request."""
        return self.web_seconds / self.count * 1e6

    @property
    def database(self) -> float:
        """Microseconds of PostgreSQL's backends for each request."""
        return self.database_seconds / self.count * 1e6

    @property
    def cost(self) -> float:
        """Microseconds of both."""
        return self.web + self.database

    def percentile(self, share: float) -> float:
        """The latency, in milliseconds, that ``share`` of the requests stay within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


Run = Mapping[str, Figures]


def table(cases: int, run: Run) -> str:
    """The figures of one size of seed."""
    rows = [_row(one, run[one.code], run[UNIT.code]) for one in SCENARIOS if run[one.code].count]
    return "\n".join([f"\n{cases:,} cases", HEAD, *rows])


def _row(scenario: Scenario, found: Figures, unit: Figures) -> str:
    units = found.cost / unit.cost
    aim = ""
    if scenario.aim is not None:
        aim = f"  ≤ {scenario.aim} {'ok' if units <= scenario.aim else 'MISSED'}"
    times = "".join(f"{found.percentile(share):8.1f}" for share in (0.5, 0.95, 0.99))
    return (
        f"{scenario.title:34}{found.count / found.seconds:7.0f}{times}    "
        f"{found.web:8.0f}{found.database:7.0f}{found.cost:8.0f}    {units:7.2f}{aim}"
    )


def growth(runs: Mapping[int, Run]) -> str:
    """What the largest seed costs, measured by the smallest."""
    small, large = min(runs), max(runs)
    if small == large:
        return ""
    rows = [f"\n{large:,} cases measured by {small:,} (aim ≤ {GROWTH})"]
    for one in SCENARIOS:
        before, after = runs[small][one.code], runs[large][one.code]
        if before.count and after.count:
            ratio = after.cost / before.cost
            missed = "" if one is UNIT or ratio <= GROWTH else "  MISSED"
            rows.append(f"{one.title:34}{ratio:7.2f}{missed}")
    return "\n".join(rows)


def problems(runs: Mapping[int, Run]) -> Sequence[str]:
    """Answers that should have been others: a figure with one of them is no figure."""
    return [
        f"{cases:,} cases, {code}: {dict(found.wrong)} of {found.count}, such as {found.example}"
        for cases, run in runs.items()
        for code, found in run.items()
        if found.wrong
    ]
