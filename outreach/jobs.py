"""What the worker does, and how often it looks. Celery's schedule reads the same table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from disputes import services as disputes
from outreach import services as outreach
from tickets.api import idempotency


@dataclass(frozen=True)
class Job:
    """``run`` does a piece of work as of an instant and returns how much there was.

    While there was something it runs again at once, by a new look at the clock; otherwise it
    rests for ``every``.
    """

    run: Callable[[datetime], int]
    every: timedelta


def letters(at: datetime) -> int:
    """Send the next letter."""
    return outreach.deliver(at, limit=1)


def clock(at: datetime) -> int:
    """Do everything whose time has come."""
    return sum(disputes.sweep(at).values())


JOBS: dict[str, Job] = {
    "clock": Job(clock, timedelta(minutes=1)),
    "letters": Job(letters, timedelta(seconds=2)),
    "repeats": Job(idempotency.purge, timedelta(hours=1)),
}
