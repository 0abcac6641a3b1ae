"""Which SQL statements one request of each scenario makes: ``python -m benchmarks.queries``.

Counts include the token's or the session's own, and what a transaction itself needs. ``--sql``
prints the statements too, shortened. It needs a seed; ``make bench CASES=10000`` leaves one.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from benchmarks.database import ROOT, Database, Refused
from benchmarks.scenarios import SCENARIOS
from benchmarks.side import environment

WIDTH = 150  # characters of a statement that are shown


def main() -> int:
    """Copy the seed, ask once for each scenario, drop the copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--sql", action="store_true", help="print the statements")
    asked = parser.parse_args()
    try:
        seed = Database.chosen().seed(asked.cases)
    except Refused as problem:
        print(problem, file=sys.stderr)
        return 1
    if not seed.usable():
        print(f"There is no seed: make bench CASES={asked.cases} leaves one.", file=sys.stderr)
        return 1
    copy = seed.named(f"{seed.name}_queries")
    copy.make(template=seed)
    try:
        _count(copy, sql=asked.sql)
    finally:
        copy.drop()
    return 0


def _count(database: Database, *, sql: bool) -> None:
    os.environ.update(environment(ROOT / "var" / "bench"), RECOURSE_DATABASE_URL=database.url)
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from benchmarks.plan import Plan

    plan = Plan(timezone.now()).plain()
    for one in SCENARIOS:
        # The first request also fills caches that live as long as the process.
        for request in plan[one.code]["requests"][:2]:
            with CaptureQueriesContext(connection) as seen:
                status = _ask(request)
        if status != plan[one.code]["expected"]:
            print(f"{one.title}: answered {status}", file=sys.stderr)
        print(f"{one.title:34} {len(seen):3}")
        if sql:
            print("".join(f"    {row['sql'][:WIDTH]}\n" for row in seen.captured_queries))
    connection.close()


def _ask(request: Any) -> int:
    from django.test import Client

    method, path, headers, body = request
    kind = headers.get("Content-Type", "application/json")
    rest = {name: value for name, value in headers.items() if name != "Content-Type"}
    answer = Client().generic(method, path, body or "", content_type=kind, headers=rest)
    return int(answer.status_code)


if __name__ == "__main__":
    sys.exit(main())
