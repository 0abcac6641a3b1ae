"""One size of seed in a run: its database, the server in front of it, and the client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.database import ROOT, Database
from benchmarks.processes import Backends, Server, Unready, end, serving, spent
from benchmarks.report import Figures
from benchmarks.scenarios import SCENARIOS, Scenario

CLIENTS = 2  # threads that ask at once: as many as there are workers


@dataclass
class Side:
    """What is asked, whom, and what came of it so far."""

    cases: int
    server: Server
    client: subprocess.Popen[str]
    backends: Backends
    begun_at: datetime
    figures: dict[str, Figures] = field(
        default_factory=lambda: {one.code: Figures() for one in SCENARIOS}
    )
    asked: dict[str, int] = field(default_factory=dict)  # warming up included

    def measure(self, scenario: Scenario, seconds: float, most: int, *, keep: bool) -> None:
        """Ask for some seconds and add up what it cost; ``keep`` is off while warming up."""
        web, database = self.server.cpu(), self.backends.cpu(self.server.database)
        found = self._ask(scenario, seconds, most)
        web = self.server.cpu() - web
        database_after = self.backends.cpu(self.server.database)
        count = len(found["latencies"])
        self.asked[scenario.code] = self.asked.get(scenario.code, 0) + count
        figures = self.figures[scenario.code]
        figures.wrong.update(found["wrong"])
        figures.example = figures.example or found["example"]
        if keep:
            figures.seconds += found["seconds"]
            figures.latencies += found["latencies"]
            figures.web_seconds += web
            figures.database_seconds += spent(database, database_after)

    def _ask(self, scenario: Scenario, seconds: float, most: int) -> dict[str, Any]:
        order = {
            "scenario": scenario.code, "seconds": seconds, "most": most, "threads": CLIENTS
        }  # fmt: skip
        assert self.client.stdin
        assert self.client.stdout
        self.client.stdin.write(json.dumps(order) + "\n")
        self.client.stdin.flush()
        line = self.client.stdout.readline()
        if not line:
            raise Unready("The client ended before its time.")
        found: dict[str, Any] = json.loads(line)
        return found

    def unproven(self) -> list[str]:
        """Say which verbs left fewer events than they were pressed: an answer proves nothing."""
        missing = []
        with psycopg.connect(self.server.database.url) as connection:
            for one in SCENARIOS:
                if one.event and self.asked.get(one.code):
                    row = connection.execute(
                        "SELECT count(*) FROM tickets_event WHERE name = %s AND at >= %s",
                        [one.event, self.begun_at],
                    ).fetchone()
                    left = row[0] if row else 0
                    if left != self.asked[one.code]:
                        missing.append(
                            f"{one.title}: asked {self.asked[one.code]} times, {left} events."
                        )
        return missing


@contextmanager
def opened(chosen: Database, cases: int, folder: Path, *, fresh: bool) -> Iterator[Side]:
    """Seed where needed, copy the seed, serve the copy; drop the copy and end all afterwards."""
    seed = chosen.seed(cases)
    if fresh or not seed.usable():
        print(f"Seeding {seed.name}; this is done once and kept.", flush=True)
        seed.make()
        prepare(seed, folder, "seed", str(cases))
        seed.sign()
    database = chosen.named(f"{seed.name}_run")
    with ExitStack() as stack:
        stack.callback(database.drop)
        database.make(template=seed)
        plan = folder / f"plan-{cases}.json"
        prepare(database, folder, "plan", str(plan))
        server = stack.enter_context(
            serving(database, environment(folder), folder / f"server-{cases}.log")
        )
        connection = stack.enter_context(
            psycopg.connect(chosen.named("postgres").url, autocommit=True)
        )
        client = stack.enter_context(asking(server, plan))
        yield Side(cases, server, client, Backends(connection), datetime.now(UTC))


def environment(folder: Path) -> dict[str, str]:
    """Settings of a production server on this machine, which counts no requests a minute."""
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "RECOURSE_SECRET_KEY": "of-no-worth-outside-this-run-" * 2,
        "RECOURSE_VAR": str(folder),
        "RECOURSE_RATE": "1000000/min",
        "RECOURSE_HTTPS": "0",
        "RECOURSE_LOG_LEVEL": "ERROR",
    }


def prepare(database: Database, folder: Path, *order: str) -> None:
    """Run ``benchmarks.prepare`` against ``database``.

    Raises:
        Unready: it failed.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.prepare", *order], cwd=ROOT, start_new_session=True,
        env={**os.environ, **environment(folder), "RECOURSE_DATABASE_URL": database.url},
    )  # fmt: skip
    try:
        if process.wait():
            raise Unready(f"benchmarks.prepare {order[0]} failed; see above.")
    finally:
        end(process)


@contextmanager
def asking(server: Server, plan: Path) -> Iterator[subprocess.Popen[str]]:
    """The client's process, with ``plan`` in its hands."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.client"], cwd=ROOT, text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdin
        process.stdin.write(f"{server.port} {plan}\n")
        process.stdin.flush()
        yield process
    finally:
        end(process)
