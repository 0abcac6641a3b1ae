"""Seed, serve, ask, and print what a request costs: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

import psycopg
from tqdm import tqdm

from benchmarks import report
from benchmarks.database import ROOT, Database, Refused
from benchmarks.processes import THREADS, WORKERS, Unready, spent
from benchmarks.scenarios import SCENARIOS, Scenario
from benchmarks.side import CLIENTS, Side, opened

FOLDER = ROOT / "var" / "bench"
MOST_CASES, MOST_SECONDS = 1_000_000, 600
ROUNDS = 6  # each scenario is asked in so many slices, so that a noisy moment hits all of them
WARMING_SECONDS, WARMING_REQUESTS = 1.5, 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark. Returns 1 when it cannot be run or a figure means nothing."""
    asked = _arguments(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        return _bench(asked.cases, asked.seconds, fresh=asked.fresh)
    except (Refused, Unready, psycopg.OperationalError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        return 130


def _bench(sizes: Sequence[int], seconds: float, *, fresh: bool) -> int:
    chosen = Database.chosen()
    with ExitStack() as stack:
        sides = [
            stack.enter_context(opened(chosen, cases, FOLDER, fresh=fresh))
            for cases in sorted(set(sizes))
        ]
        before = sides[0].backends.background()
        _warm(sides)
        _rounds(sides, seconds / ROUNDS)
        writers = spent(before, sides[0].backends.background())
        return _tell(sides, writers)


def _warm(sides: Sequence[Side]) -> None:
    for side in sides:
        for scenario in SCENARIOS:
            side.measure(scenario, WARMING_SECONDS, WARMING_REQUESTS, keep=False)


def _rounds(sides: Sequence[Side], seconds: float) -> None:
    slices: list[tuple[Side, Scenario]] = [
        (side, scenario) for scenario in SCENARIOS for side in sides
    ] * ROUNDS
    for side, scenario in tqdm(slices, desc="measuring", unit="slice"):
        side.measure(scenario, seconds, scenario.most // ROUNDS, keep=True)


def _tell(sides: Sequence[Side], writers: float) -> int:
    runs = {side.cases: side.figures for side in sides}
    print(
        f"\n{datetime.now(UTC):%Y-%m-%d}, granian: {WORKERS} workers of {THREADS} threads, "
        f"PostgreSQL {sides[0].backends.connection.info.server_version // 10_000}, "
        f"{CLIENTS} clients at once"
    )
    for cases, run in runs.items():
        print(report.table(cases, run))
    print(report.growth(runs))
    asked = sum(sum(side.asked.values()) for side in sides)
    print(
        f"\nPostgreSQL's own writers (log, checkpoints; of the whole server): "
        f"{writers / asked * 1e6:.0f} µs a request, in no figure above."
    )
    wrong = [*report.problems(runs), *(line for side in sides for line in side.unproven())]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--cases", type=_within(1, MOST_CASES), nargs="+", default=[10_000, 100_000],
        help="sizes of the seed",
    )  # fmt: skip
    parser.add_argument(
        "--seconds", type=_within(1, MOST_SECONDS), default=15,
        help="how long each scenario is asked of each size",
    )  # fmt: skip
    parser.add_argument("--fresh", action="store_true", help="seed anew")
    return parser.parse_args(arguments)


def _within(least: int, most: int) -> type[int]:
    def number(text: str) -> int:
        if not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"from {least} to {most:,}")
        return int(text)

    return number  # type: ignore[return-value]  # argparse wants any callable


if __name__ == "__main__":
    sys.exit(main())
