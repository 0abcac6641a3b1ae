"""Business days by named calendar. A year that is not published refuses; nothing is guessed.

Traps met and kept out: the `holidays` package's US list moves a Saturday holiday to Friday, the
Federal Reserve does not; its China list answers years that the State Council has not announced,
without the working weekends. Each calendar therefore names its source and its last year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar
import holidays

ONE_DAY = timedelta(1)


class CalendarMissing(LookupError):
    """A business day was asked of a year that the calendar does not hold."""

    def __init__(self, calendar: str, year: int) -> None:
        super().__init__(f"calendar {calendar} {year} is not published")
        self.calendar, self.year = calendar, year


class NoCalendar(LookupError):
    """A business day was asked where no calendar is named."""

    def __init__(self, name: str = "") -> None:
        known = ", ".join(sorted(_CALENDARS))
        what = f'There is no calendar "{name}"' if name else "No business-day calendar is named"
        super().__init__(f"{what}: give one of {known}.")


Days = frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """Which days are business days, where that is known from, and for which years.

    ``open_days`` gives the business days of one year. ``closures`` are the issuer's own.
    """

    id: str
    name: str
    source: str
    version: str
    first_year: int
    last_year: int
    open_days: Callable[[int], Days]
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
        days = _weekdays(year, frozenset(closed)) | frozenset(open_weekends)
        return replace(self, loaded=(*self.loaded, (year, days)), _cache={})

    def _days_of(self, year: int) -> Days:
        for loaded, days in reversed(self.loaded):
            if loaded == year:
                return days
        if not self.first_year <= year <= self.last_year:
            raise CalendarMissing(self.id, year)
        return self.open_days(year)


def _every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def _weekdays(year: int, closed: Days, *, last_weekday: int = 4) -> Days:
    return frozenset(
        day for day in _every_day(year) if day.weekday() <= last_weekday and day not in closed
    )


def _by_country(
    country: str,
    subdivision: str | None = None,
    *,
    observed: bool = True,
    categories: tuple[str, ...] = ("public",),
) -> Callable[[int], Days]:
    def open_days(year: int) -> Days:
        closed = holidays.country_holidays(
            country, subdiv=subdivision, years=year, observed=observed, categories=categories
        )
        return _weekdays(year, frozenset(closed))

    return open_days


def _ontario(year: int) -> Days:
    """Canada Day on a Sunday is kept on Monday (Holidays Act); the package leaves it out."""
    monday = date(year, 7, 2)
    own = frozenset([monday] if monday.weekday() == 0 else [])
    return _by_country("CA", "ON")(year) - own


def _by_market(market: str, *, last_weekday: int = 4) -> Callable[[int], Days]:
    def open_days(year: int) -> Days:
        closed = holidays.financial_holidays(market, years=year)
        return _weekdays(year, frozenset(closed), last_weekday=last_weekday)

    return open_days


def _china(year: int) -> Days:
    return frozenset(day for day in _every_day(year) if chinese_calendar.is_workday(day))


def _all_days(year: int) -> Days:
    return frozenset(_every_day(year))


_HOLIDAYS = f"holidays {version('holidays')}"
_CHINA = f"chinesecalendar {version('chinesecalendar')}"
_CHINA_YEARS = [day.year for day in chinese_calendar.constants.holidays]

# The last year is the last that the source has announced or that a statute fixes without a
# yearly notice; moving one forward is a review, not a guess.
_BUILT_IN = (
    Calendar("CAL", "Every calendar day", "arithmetic", "1", 1, 9998, _all_days),
    Calendar("US-FED", "Federal Reserve Banks", "Federal Reserve holiday schedule: a Saturday "
             "holiday is not moved", _HOLIDAYS, 2000, 2030, _by_market("FED")),
    Calendar("US-FED-SAT", "Federal Reserve holidays, open on Saturday", "as US-FED, Saturday a "
             "full day", _HOLIDAYS, 2000, 2030, _by_market("FED", last_weekday=5)),
    Calendar("US-OFFICE", "US federal offices", "5 USC 6103, with the Friday before a Saturday "
             "holiday", _HOLIDAYS, 2000, 2030, _by_country("US")),
    Calendar("US-6103", "US legal holidays on their own dates", "5 USC 6103(a), observed days "
             "count as ordinary", _HOLIDAYS, 2000, 2030, _by_country("US", observed=False)),
    Calendar("CN", "Mainland China, with adjusted working weekends", "State Council's yearly "
             "notice", _CHINA, min(_CHINA_YEARS), max(_CHINA_YEARS), _china),
    Calendar("UK-ENG", "England and Wales", "bank holidays", _HOLIDAYS, 2000, 2028,
             _by_country("GB", "ENG")),
    Calendar("UK-SCT", "Scotland", "bank holidays", _HOLIDAYS, 2000, 2028,
             _by_country("GB", "SCT")),
    Calendar("IE", "Ireland", "public holidays", _HOLIDAYS, 2000, 2030, _by_country("IE")),
    Calendar("TARGET", "Euro area payments", "ECB closing days", _HOLIDAYS, 2002, 2030,
             _by_market("ECB")),
    Calendar("DE", "Germany, national", "public holidays", _HOLIDAYS, 2000, 2030,
             _by_country("DE")),
    Calendar("DE-BY", "Bavaria", "public holidays", _HOLIDAYS, 2000, 2030,
             _by_country("DE", "BY")),
    Calendar("FR", "France", "public holidays", _HOLIDAYS, 2000, 2030, _by_country("FR")),
    Calendar("AU-NSW", "New South Wales", "public holidays", _HOLIDAYS, 2000, 2027,
             _by_country("AU", "NSW")),
    Calendar("AU-VIC", "Victoria", "public holidays", _HOLIDAYS, 2000, 2027,
             _by_country("AU", "VIC")),
    Calendar("SG", "Singapore", "gazetted public holidays", _HOLIDAYS, 2001, 2027,
             _by_country("SG")),
    Calendar("HK", "Hong Kong", "general holidays, Good Friday and Easter Monday among them",
             _HOLIDAYS, 2000, 2027, _by_country("HK", categories=("public", "optional"))),
    Calendar("CA-ON", "Ontario", "public holidays", _HOLIDAYS, 2000, 2030, _ontario),
)  # fmt: skip
_CALENDARS = {one.id: one for one in _BUILT_IN}


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
