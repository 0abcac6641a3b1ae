"""Bank holidays by nation, from the Banking and Financial Dealings Act 1971 and proclamations."""

from datetime import date

from tests.law.oracles.dates import (
    FRI,
    MON,
    each_moved,
    from_easter,
    listed,
    next_working,
    nth,
    weekdays_but,
)  # fmt: skip

# Proclaimed for one year: jubilees, a wedding, a funeral, a coronation, a first World Cup match.
ONCE = listed("""
    2002: 06-03
    2011: 04-29
    2012: 06-05
    2022: 06-03 09-19
    2023: 05-08
""")
SPRING = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
EARLY_MAY = {2020: date(2020, 5, 8)}
SCOTLAND_ONCE = {2026: [date(2026, 6, 15)]}


def _everywhere(year):
    christmas = each_moved(date(year, 12, 25), date(year, 12, 26))
    may = EARLY_MAY.get(year, nth(year, 5, MON, 1))
    spring = SPRING.get(year, nth(year, 5, MON, -1))
    return [*from_easter(year, -2), may, spring, *christmas, *ONCE.get(year, ())]


def england(year):
    new_year = next_working(date(year, 1, 1))
    return [*_everywhere(year), new_year, *from_easter(year, 1), nth(year, 8, MON, -1)]


def scotland(year):
    andrew = [next_working(date(year, 11, 30))] if year >= 2007 else []
    new_year = each_moved(date(year, 1, 1), date(year, 1, 2))
    summer = nth(year, 8, MON, 1)
    return [*_everywhere(year), *new_year, summer, *andrew, *SCOTLAND_ONCE.get(year, ())]


def northern_ireland(year):
    own = [next_working(date(year, 3, 17)), next_working(date(year, 7, 12))]
    return [*england(year), *own]


def ireland(year):
    """Organisation of Working Time Act 1997, sch. 2: a weekend date is moved to no other day."""
    brigid = date(year, 2, 1) if date(year, 2, 1).weekday() == FRI else nth(year, 2, MON, 1)
    mondays = [nth(year, 5, MON, 1), nth(year, 6, MON, 1), nth(year, 8, MON, 1),
               nth(year, 10, MON, -1), *from_easter(year, 1)]  # fmt: skip
    fixed = [date(year, m, d) for m, d in ((1, 1), (3, 17), (12, 25), (12, 26))]
    own = [brigid] * (year >= 2023) + [date(2022, 3, 18)] * (year == 2022)
    return [*mondays, *fixed, *own]


CALENDARS = {
    "UK-ENG": (weekdays_but(england), 2000, 2028),
    "UK-SCT": (weekdays_but(scotland), 2007, 2028),
    "UK-NIR": (weekdays_but(northern_ireland), 2000, 2028),
    "IE": (weekdays_but(ireland), 2012, 2030),
}
