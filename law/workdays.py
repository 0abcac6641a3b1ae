"""A calendar: which days of a year are business days, what it is known from, how a year is added.

The calendars that ship are in calendar_sources; calendars finds one by its name and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

Days = frozenset[date]


class CalendarMissing(LookupError):
    """A business day was asked of a year that the calendar does not hold."""

    def __init__(self, calendar: str, year: int) -> None:
        super().__init__(f"calendar {calendar} {year} is not published")
        self.calendar, self.year = calendar, year


def every_day(year: int) -> list[date]:
    """Return every day of ``year``."""
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def weekdays(year: int, closed: Days = frozenset(), *, last_weekday: int = 4) -> Days:
    """Return the days of ``year`` from Monday to ``last_weekday`` (4 is Friday) not closed."""
    return frozenset(
        day for day in every_day(year) if day.weekday() <= last_weekday and day not in closed
    )


@dataclass(frozen=True)
class Calendar:
    """Which days are business days, where that is known from, and for which years.

    ``open_days`` gives the business days of one year, ``unannounced`` those of a year whose
    holidays are not known. ``closures`` are the issuer's own.
    """

    id: str
    name: str
    source: str
    version: str
    first_year: int
    last_year: int
    open_days: Callable[[int], Days]
    unannounced: Callable[[int], Days] = weekdays
    closures: Days = frozenset()
    loaded: tuple[tuple[int, Days], ...] = ()
    _cache: dict[int, Days] = field(default_factory=dict, repr=False, compare=False)

    def year(self, year: int) -> Days:
        """Return the business days of ``year``. Raises CalendarMissing outside its years."""
        found = self._cache.get(year)
        if found is None:
            found = self._cache[year] = self._days_of(year) - self.closures
        return found

    def closed_on(self, days: Iterable[date]) -> Calendar:
        """Return this calendar with the issuer's own closing days."""
        return replace(self, closures=self.closures | frozenset(days), _cache={})

    def with_year(
        self, year: int, closed: Iterable[date], open_weekends: Iterable[date]
    ) -> Calendar:
        """Return this calendar with one more year, as an official notice announces it."""
        days = weekdays(year, frozenset(closed)) | frozenset(open_weekends)
        return replace(self, loaded=(*self.loaded, (year, days)), _cache={})

    def announced(self, years: Iterable[int], closed: Iterable[date]) -> Calendar:
        """Return this calendar with ``years`` opened and ``closed`` as their closing days."""
        shut = frozenset(closed)
        opened = tuple((year, self.unannounced(year) - shut) for year in years)
        return replace(self, loaded=(*self.loaded, *opened), _cache={})

    def _days_of(self, year: int) -> Days:
        for loaded, days in reversed(self.loaded):
            if loaded == year:
                return days
        if not self.first_year <= year <= self.last_year:
            raise CalendarMissing(self.id, year)
        return self.open_days(year)
