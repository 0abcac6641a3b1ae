"""How many deadlines the law computes in a second on one core: ``python -m benchmarks.law``."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from law.deadlines import Facts, deadlines

SECONDS = 2.0
_CLOSINGS = tuple(date(2026 + month // 12, month % 12 + 1, 5) for month in range(18))
_RECEIVED = date(2026, 9, 20)


def notice(day: date) -> Facts:
    """A notice of a billing error in the United States."""
    values = {
        "notice_received": day, "received": day, "dispute_received": day, "case_received": day,
        "objection_received": day, "statement_transmitted": day - timedelta(days=13),
        "cycle_closings": _CLOSINGS, "reason": "goods_not_received",
        "regz_kinds": ("a3",), "subtype": "", "against_issuer": False, "amount_minor": 12_900,
    }  # fmt: skip
    return Facts("us", "dispute", values)


def filing(day: date) -> Facts:
    """A network's waiting and filing clocks for one transaction."""
    values = {
        "network": "visa", "network_code": "13.1", "reason": "goods_not_received",
        "processing_on": day - timedelta(days=30), "mcc": "5712",
    }  # fmt: skip
    return Facts("us", "dispute", values)


def main() -> None:
    """Print deadlines a second, by what starts them."""
    for name, facts in (("a notice", notice), ("a filing limit", filing)):
        cases, dates = _count(facts)
        print(f"{name:16} {cases / SECONDS:8,.0f} cases/s {dates / SECONDS:9,.0f} deadlines/s")


def _count(facts: Callable[[date], Facts]) -> tuple[int, int]:
    deadlines(facts(_RECEIVED))  # calendars are read once for each process
    cases = dates = 0
    until = time.process_time() + SECONDS
    while time.process_time() < until:
        found, unknown = deadlines(facts(_RECEIVED + timedelta(days=cases % 60)))
        assert not unknown, unknown
        cases, dates = cases + 1, dates + len(found)
    return cases, dates


if __name__ == "__main__":
    main()
