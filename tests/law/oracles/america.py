"""United States by 5 USC 6103 and the Federal Reserve's schedule; Ontario."""

from datetime import date

from tests.law.oracles.dates import (
    DAY,
    FRI,
    MON,
    SAT,
    SUN,
    THU,
    each_moved,
    from_easter,
    next_working,
    nth,
    weekday_before,
    weekdays_but,
)  # fmt: skip


def legal(year):
    fixed = [date(year, m, d) for m, d in ((1, 1), (7, 4), (11, 11), (12, 25))]
    juneteenth = [date(year, 6, 19)] * (year >= 2021)
    mondays = [nth(year, 1, MON, 3), nth(year, 2, MON, 3), nth(year, 5, MON, -1),
               nth(year, 9, MON, 1), nth(year, 10, MON, 2)]  # fmt: skip
    return [*fixed, *juneteenth, *mondays, nth(year, 11, THU, 4)]


def reserve_banks(year):
    """A Sunday holiday is kept on Monday; a Saturday holiday moves nowhere."""
    return [day + DAY if day.weekday() == SUN else day for day in legal(year)]


def offices(year):
    """A Saturday holiday closes the Friday before, New Year's even in the year before."""
    around = [*legal(year), date(year + 1, 1, 1)]
    shift = {SAT: -DAY, SUN: DAY}
    return [day + shift.get(day.weekday(), 0 * DAY) for day in around]


def ontario(year):
    """Canada Day on a Sunday is kept on Monday, on a Saturday on its date (Holidays Act)."""
    mondays = [nth(year, 9, MON, 1), nth(year, 10, MON, 2), weekday_before(date(year, 5, 25), MON)]
    family = [nth(year, 2, MON, 3)] * (year >= 2008)
    first = date(year, 7, 1)
    canada = first + DAY if first.weekday() == SUN else first
    boxing = date(year, 12, 26)  # on a Monday it stands for Christmas Sunday as well
    christmas = [boxing] if boxing.weekday() == MON else each_moved(boxing - DAY, boxing)
    return [*mondays, *family, canada, next_working(date(year, 1, 1)), *christmas,
            *from_easter(year, -2)]  # fmt: skip


def _saturday_bank(day):
    return day.weekday() == SUN or day in reserve_banks(day.year)


def _by_law_date(day):
    return day.weekday() > FRI or day in legal(day.year)


CALENDARS = {
    "US-FED": (weekdays_but(reserve_banks), 2000, 2030),
    "US-FED-SAT": (_saturday_bank, 2000, 2030),
    "US-OFFICE": (weekdays_but(offices), 2000, 2030),
    "US-6103": (_by_law_date, 2000, 2030),
    "CA-ON": (weekdays_but(ontario), 2000, 2030),
}
