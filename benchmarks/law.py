"""How many deadlines the law computes in a second on one core: ``python -m benchmarks.law``."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from law.deadlines import Facts, deadlines

SECONDS = 2.0
CALENDAR = "US-FED"  # any that is published: every place is measured by the same
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


def complaint(place: str, day: date) -> Facts:
    """A complaint as a case holds it, in ``place``."""
    values = {
        "received": day, "case_received": day, "against_issuer": True, "account_kind": "credit",
        "reason": "fees", "subtype": "", "amount_minor": 12_900,
    }  # fmt: skip
    return Facts(place, "complaint", values)


def unauthorised(place: str, day: date) -> Facts:
    """An unauthorised payment told to the bank three days after it, in ``place``."""
    before = day - timedelta(days=3)
    values = {
        "received": day, "notice_received": day, "dispute_received": day, "aware_on": day,
        "transaction_on": before, "posted_on": before, "debited_on": before,
        "alert_received_on": before, "account_kind": "debit", "subtype": "unauthorised_transaction",
        "reason": "unauthorised", "against_issuer": True, "amount_minor": 12_900,
    }  # fmt: skip
    return Facts(place, "dispute", values)


MEASURED: tuple[tuple[str, Callable[[date], Facts]], ...] = (
    ("us: a notice", notice),
    ("us: a filing limit", filing),
    ("gb: a complaint", partial(complaint, "gb")),
    ("gb: unauthorised", partial(unauthorised, "gb")),
    ("cn: a complaint", partial(complaint, "cn")),
    ("cn: unauthorised", partial(unauthorised, "cn")),
    ("in: a complaint", partial(complaint, "in")),
    ("in: unauthorised", partial(unauthorised, "in")),
)


def main() -> None:
    """Print deadlines a second on one core, by place and by what starts them."""
    for name, facts in MEASURED:
        cases, dates = _count(facts)
        print(f"{name:20} {cases / SECONDS:8,.0f} cases/s {dates / SECONDS:9,.0f} deadlines/s")


def _count(facts: Callable[[date], Facts]) -> tuple[int, int]:
    deadlines(facts(_RECEIVED), calendar=CALENDAR)  # calendars are read once for each process
    cases = dates = 0
    until = time.process_time() + SECONDS
    while time.process_time() < until:
        found, unknown = deadlines(facts(_RECEIVED + timedelta(days=cases % 60)), calendar=CALENDAR)
        assert not unknown, unknown
        cases, dates = cases + 1, dates + len(found)
    return cases, dates


if __name__ == "__main__":
    main()
