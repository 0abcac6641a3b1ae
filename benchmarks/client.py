"""The other side: plain HTTP from a process of its own, with a few threads and bounded time.

It imports nothing of the product. The first line that it reads names the port and the plan's
file; each further line orders one slice and is answered with one line.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_THREADS = 8
TIMEOUT_SECONDS = 30


@dataclass
class Slice:
    """What came of some seconds of one scenario."""

    latencies: list[float] = field(default_factory=list)  # milliseconds
    wrong: Counter[int] = field(default_factory=Counter)  # by status
    example: str = ""

    def keep(self, milliseconds: float, status: int, expected: int, body: bytes) -> None:
        """Note one answer."""
        self.latencies.append(milliseconds)
        if status != expected:
            self.wrong[status] += 1
            self.example = self.example or body[:600].decode(errors="replace")


class Scenario:
    """One kind of request: a list that is walked in order, from the start again if it may be."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.expected, requests = plan["expected"], plan["requests"]
        self.requests: Iterator[Any] = (
            itertools.cycle(requests) if plan["again"] else iter(requests)
        )
        self._lock = threading.Lock()

    def next(self) -> Any:
        """The next request; ``None`` when there are no more."""
        with self._lock:
            return next(self.requests, None)


def run(port: int, scenario: Scenario, seconds: float, most: int, threads: int) -> dict[str, Any]:
    """Ask for ``seconds``, at most ``most`` times, each thread over a connection of its own."""
    found, left = Slice(), itertools.count()
    until = time.monotonic() + seconds
    workers = [
        threading.Thread(target=_ask, args=(port, scenario, until, left, most, found))
        for _thread in range(min(threads, MOST_THREADS))
    ]
    begun = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(seconds + 2 * TIMEOUT_SECONDS)
    return {
        "seconds": time.monotonic() - begun, "latencies": found.latencies,
        "wrong": found.wrong, "example": found.example,
    }  # fmt: skip


def _ask(
    port: int, scenario: Scenario, until: float, left: Iterator[int], most: int, found: Slice
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    while time.monotonic() < until and next(left) < most:
        request = scenario.next()
        if request is None:
            break
        method, path, headers, body = request
        begun = time.perf_counter()
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        spent = (time.perf_counter() - begun) * 1_000
        found.keep(spent, answer.status, scenario.expected, text)
    connection.close()


def main() -> None:
    """Read orders, one a line, until there are no more."""
    port, _, path = sys.stdin.readline().strip().partition(" ")
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    scenarios = {name: Scenario(one) for name, one in plan.items()}
    for line in sys.stdin:
        order = json.loads(line)
        found = run(
            int(port), scenarios[order["scenario"]], order["seconds"], order["most"],
            order["threads"],
        )  # fmt: skip
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
