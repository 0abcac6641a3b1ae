"""Billing cycles: a cycle begins on the day after a closing date and ends on the next one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(1)


def closings_after(day: date, closings: tuple[date, ...]) -> tuple[date, ...]:
    """Return the closing dates that fall after ``day``."""
    return tuple(closing for closing in closings if closing > day)


def complete_cycles_end(
    received: date, closings: tuple[date, ...], count: int, *, cautious: bool = True
) -> date | None:
    """Return the closing date of the ``count``-th complete cycle after ``received``.

    ``closings`` ascend, past and projected. A cycle that began before receipt is never
    complete. One that begins on the very day of receipt is the edge that the text leaves open:
    the cautious reading counts it (the earlier date), the literal one does not. The first
    closing given has no known beginning, so its cycle is taken as already running.

    None when the closings given do not reach that far.
    """
    earliest = received if cautious else received + ONE_DAY
    whole = [end for before, end in pairwise(closings) if before + ONE_DAY >= earliest]
    return whole[count - 1] if len(whole) >= count else None
