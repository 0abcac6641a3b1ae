"""Business days by named calendar. A year that is not published refuses; nothing is guessed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from law.calendar_sources import BUILT_IN
from law.workdays import Calendar, CalendarMissing

__all__ = ["Calendar", "CalendarMissing"]
ONE_DAY = timedelta(1)


class NoCalendar(LookupError):
    """A business day was asked where no calendar is named."""

    def __init__(self, name: str = "") -> None:
        if name:
            known = ", ".join(sorted(_CALENDARS))
            super().__init__(f'There is no calendar "{name}": give one of {known}.')
        else:
            super().__init__(
                "No business-day calendar is named for this place: name one of docs/law.md."
            )


_SHIPPED = {one.id: one for one in BUILT_IN}
_CALENDARS = dict(_SHIPPED)


def named(calendar: str | Calendar) -> Calendar:
    """Return the calendar with this id. Raises NoCalendar, naming those there are."""
    if isinstance(calendar, Calendar):
        return calendar
    if calendar not in _CALENDARS:
        raise NoCalendar(calendar)
    return _CALENDARS[calendar]


def install(calendar: Calendar) -> None:
    """Put ``calendar`` in the place of the one with its id, for this process.

    For the issuer's closures and for a year announced since the package was published.
    """
    _CALENDARS[calendar.id] = calendar


def shipped() -> dict[str, Calendar]:
    """Return the calendars that ship, by id, without what an issuer has loaded."""
    return dict(_SHIPPED)


def remove(calendar_id: str) -> None:
    """Undo :func:`install`: the calendar that ships comes back, one of the issuer's own goes."""
    if calendar_id in _SHIPPED:
        _CALENDARS[calendar_id] = _SHIPPED[calendar_id]
    else:
        _CALENDARS.pop(calendar_id, None)


def calendars() -> list[Calendar]:
    """Return every calendar, by id."""
    return [_CALENDARS[name] for name in sorted(_CALENDARS)]


def is_business_day(calendar: str | Calendar, day: date) -> bool:
    """Say whether ``day`` is a business day. Raises CalendarMissing for an unknown year."""
    return day in named(calendar).year(day.year)


def add_business_days(calendar: str | Calendar, start: date, count: int) -> date:
    """Return the ``count``-th business day after ``start``; ``start`` itself is not counted."""
    return _count(named(calendar), start, count, ONE_DAY)


def business_days_before(calendar: str | Calendar, start: date, count: int) -> date:
    """Return the ``count``-th business day before ``start``."""
    return _count(named(calendar), start, count, -ONE_DAY)


def last_business_day_on_or_before(calendar: str | Calendar, day: date) -> date:
    """Return ``day`` if it is open, else the last open day before it."""
    return _walk(named(calendar), day, -ONE_DAY)


def next_business_day_on_or_after(calendar: str | Calendar, day: date) -> date:
    """Return ``day`` if it is open, else the next open day."""
    return _walk(named(calendar), day, ONE_DAY)


def add_months(start: date, count: int) -> date:
    """Return the same day ``count`` months on, or that month's last day if there is none."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, count: int) -> date:
    """Return the same day ``count`` years on; 29 February becomes 28 in a common year."""
    return add_months(start, 12 * count)


def _count(calendar: Calendar, day: date, count: int, step: timedelta) -> date:
    if count < 0:
        raise ValueError("a number of business days cannot be negative")
    while count:
        day += step
        count -= day in calendar.year(day.year)
    return day


def _walk(calendar: Calendar, day: date, step: timedelta) -> date:
    while day not in calendar.year(day.year):
        day += step
    return day
