"""When an account's billing cycles close: as billed so far, and as they will go on."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from accounts.models import CardAccount

_AHEAD_DAYS = 120
# A statement that closed early or late for a weekend does not make its nominal day another one.
_SHORTEST_CYCLE_DAYS = 15
_LONGEST_MONTH_DAYS = 31


def cycle_closings(account: CardAccount, *, around: date) -> tuple[date, ...]:
    """Return closing dates in order: the statements', then projected ones.

    The projection reaches the first closing at least 120 days after ``around``. It follows
    ``cycle_day``, or repeats the length of the last cycle; with neither nothing is invented and
    only the statements' dates are returned. One query.
    """
    known = sorted(account.statements.order_by().values_list("closing_on", flat=True))
    last_needed = around + timedelta(days=_AHEAD_DAYS)
    closings = list(known)
    for closing in _projected(account.cycle_day, known, around):
        if closings and closings[-1] >= last_needed:
            break
        closings.append(closing)
    return tuple(closings)


def _projected(cycle_day: int | None, known: list[date], around: date) -> Iterator[date]:
    """Yield the closings that follow the last known one, without end."""
    if cycle_day is not None:
        # Without a statement, begin before the cycle that ``around`` lies in: its start is wanted.
        first = (
            known[-1] + timedelta(days=_SHORTEST_CYCLE_DAYS)
            if known
            else around - timedelta(days=_LONGEST_MONTH_DAYS)
        )
        yield from (day for day in _monthly(first, cycle_day) if day >= first)
    elif len(known) >= 2:
        length = known[-1] - known[-2]
        closing = known[-1]
        while True:
            closing += length
            yield closing


def _monthly(start: date, day: int) -> Iterator[date]:
    """Yield this day of each month from the month of ``start``; a short month's last day."""
    year, month = start.year, start.month
    while True:
        yield date(year, month, min(day, calendar.monthrange(year, month)[1]))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
