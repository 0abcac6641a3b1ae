"""Dates that holidays hang on: Easter, the nth Monday, and a weekend moved to a working day."""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(1)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@cache
def easter(year):
    """Easter Sunday by the Gregorian computus of Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def from_easter(year, *offsets):
    """Days from Easter Sunday: -2 Good Friday, 1 Monday, 39 Ascension, 50 Whit Monday."""
    return [easter(year) + offset * DAY for offset in offsets]


def nth(year, month, weekday, count):
    """The nth weekday of a month, by looking at each of its days; -1 is the last."""
    first = date(year, month, 1)
    hits = [day for day in (first + n * DAY for n in range(31))
            if day.month == month and day.weekday() == weekday]  # fmt: skip
    return hits[count - 1] if count > 0 else hits[count]


def weekday_before(day, weekday):
    """The last ``weekday`` strictly before ``day``."""
    day -= DAY
    while day.weekday() != weekday:
        day -= DAY
    return day


def next_working(day, taken=()):
    """Stay on a working day that nobody has taken, or walk on to the next one."""
    while day.weekday() >= SAT or day in taken:
        day += DAY
    return day


def each_moved(*days):
    """Move each day that falls on a weekend on, none onto another of them (a Monday, a Tuesday)."""
    kept = [day for day in days if day.weekday() < SAT]
    for day in days:
        if day.weekday() >= SAT:
            kept.append(next_working(day, kept))
    return kept


def listed(text):
    """Read "2026: 01-01 02-17" tables into dates, a year a line."""
    found = {}
    for line in text.split("\n"):
        year, _, days = line.strip().partition(": ")
        if days:
            found[int(year)] = [date.fromisoformat(f"{year}-{one}") for one in days.split()]
    return found


def weekdays_but(holidays_of):
    """Make the question "closed?" of a five-day week and a year's holidays."""
    held = cache(lambda year: frozenset(holidays_of(year)))
    return lambda day: day.weekday() >= SAT or day in held(day.year)
