"""How long triage takes for a message, on one core: ``python -m benchmarks.triage [FILE]``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from triage import suggest
from triage.samples import read

ROUNDS = 20
_FILE = Path(__file__).parents[1] / "tests" / "triage" / "data" / "messages.json"


def main() -> None:
    """Print milliseconds a message: middle, mean, the slowest of usual length, the longest."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else _FILE
    texts = [sample.text for sample in read(path.read_text(encoding="utf-8"))]
    costs = sorted((_cost(text), len(text)) for text in texts)
    usual = [cost for cost, length in costs if length <= 1_000]
    longest = max(costs, key=lambda one: one[1])
    print(f"{len(texts)} messages, best of {ROUNDS} rounds, milliseconds of processor time")
    print(
        f"middle {costs[len(costs) // 2][0]:.2f}  mean {sum(c for c, _ in costs) / len(costs):.2f}"
    )
    print(f"slowest of up to 1,000 characters {max(usual, default=0):.2f}")
    print(f"longest, {longest[1]:,} characters {longest[0]:.2f}")


def _cost(text: str) -> float:
    suggest(text)  # the table is read once for each process
    costs = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        suggest(text)
        costs.append(time.process_time() - begun)
    return min(costs) * 1_000


if __name__ == "__main__":
    main()
