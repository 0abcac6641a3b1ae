"""When an account's billing cycles close: as billed so far, and as they will go on."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import CardAccount, CardTransaction

_AHEAD_DAYS = 120
# A statement that closed early or late for a weekend does not make its nominal day another one.
_SHORTEST_CYCLE_DAYS = 15
_LONGEST_MONTH_DAYS = 31


class Bill(NamedTuple):
    """A statement, as far as clocks ask about it."""

    closing_on: date
    transmitted_on: date | None
    pk: int


def bills(account: CardAccount) -> list[Bill]:
    """Return what the account was billed so far, oldest first. One query."""
    rows = account.statements.order_by().values_list("closing_on", "transmitted_on", "pk")
    return sorted((Bill(*row) for row in rows), key=lambda bill: bill.closing_on)


def bill_showing(row: CardTransaction, billed: Sequence[Bill]) -> Bill | None:
    """The bill on which the cardholder could first see the transaction, where there is one.

    The time to dispute runs from its transmission. The issuer's own link wins; without one it
    is the first statement that closes on or after the day of posting.
    """
    if row.statement_id is not None:
        return next((bill for bill in billed if bill.pk == row.statement_id), None)
    return next((bill for bill in billed if bill.closing_on >= row.posted_on), None)


def cycle_closings(
    account: CardAccount, billed: Sequence[Bill], *, around: date
) -> tuple[date, ...]:
    """Return closing dates in order: the bills', then projected ones.

    The projection reaches the first closing at least 120 days after ``around``. It follows
    ``cycle_day``, or repeats the length of the last cycle; with neither nothing is invented and
    only the bills' dates are returned.
    """
    known = [bill.closing_on for bill in billed]
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
