"""How cases go: which verbs are pressed, and how many days lie between them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

Step = tuple[str, float]


def script(chance: Random) -> Iterator[Step]:
    """Yield (verb, days after the one before) up to the end of one case.

    A case is as far as its clock: whatever would come later has not happened yet, so that the
    states of a seed are spread as they are at a working desk.
    """
    # Three in ten wait in the pile until the month of the law is nearly over.
    slow = chance.random() < 0.3
    yield "acknowledge", chance.uniform(12, 29) if slow else chance.uniform(0.2, 4)
    if chance.random() < 0.1:
        yield "reroute", chance.uniform(0.5, 3)
    if chance.random() < 0.08:
        yield from _withdrawn(chance)
        return
    yield "investigate", chance.uniform(0.5, 6)
    if chance.random() < 0.35:
        yield "ask_cardholder", chance.uniform(0.5, 3)
        yield ("reply", chance.uniform(1, 13)) if chance.random() < 0.7 else ("time_out", 14)
    if chance.random() < 0.45:
        yield "grant_credit", chance.uniform(0.2, 3)
    if chance.random() < 0.4:
        yield "charge_back", chance.uniform(1, 5)
        yield "record_win", chance.uniform(12, 30)
    yield "resolve", chance.uniform(3, 30)
    yield "conclude", chance.uniform(0.01, 1)
    yield "close", 30


def _withdrawn(chance: Random) -> Iterator[Step]:
    yield "withdraw", chance.uniform(0.5, 8)
    yield "confirm_withdrawal", 3
    yield "close", 30


def days_ago(chance: Random) -> float:
    """When a case came in: over a year, half of them in the last two months."""
    return chance.uniform(0, 60) if chance.random() < 0.5 else chance.uniform(60, 365)
