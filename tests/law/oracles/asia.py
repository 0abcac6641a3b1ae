"""China by the State Council's notices, Hong Kong and Singapore by the gazette: tables by hand."""

from datetime import date

from tests.law.oracles.dates import DAY, SAT, SUN, listed, weekdays_but

# 国务院办公厅关于部分节假日安排的通知: each break by its first and last day, then 上班 days.
BREAKS = {
    2024: "01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07",
    2025: "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
    2026: "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
}
WORKING = listed("""
    2024: 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12
    2025: 01-26 02-08 04-27 09-28 10-11
    2026: 01-04 02-14 02-28 05-09 09-20 10-10
""")
HONG_KONG = listed("""
    2024: 01-01 02-10 02-12 02-13 03-29 03-30 04-01 04-04 05-01 05-15 06-10 07-01 09-18 10-01 10-11 12-25 12-26
    2025: 01-01 01-29 01-30 01-31 04-04 04-18 04-19 04-21 05-01 05-05 05-31 07-01 10-01 10-07 10-29 12-25 12-26
    2026: 01-01 02-17 02-18 02-19 04-03 04-04 04-06 04-07 05-01 05-25 06-19 07-01 09-26 10-01 10-19 12-25 12-26
""")  # noqa: E501 - one line is one year of the gazette
SINGAPORE = listed("""
    2024: 01-01 02-10 02-12 03-29 04-10 05-01 05-22 06-17 08-09 10-31 12-25
    2025: 01-01 01-29 01-30 03-31 04-18 05-01 05-12 06-07 08-09 10-20 12-25
    2026: 01-01 02-17 02-18 03-21 04-03 05-01 05-27 06-01 08-10 11-09 12-25
""")


def _breaks(year):
    found = set()
    for one in BREAKS[year].split():
        first, last = (date.fromisoformat(f"{year}-{end}") for end in one.split("/"))
        while first <= last:
            found.add(first)
            first += DAY
    return found


def mainland_closed(day):
    if day in WORKING[day.year]:
        return False
    return day.weekday() >= SAT or day in _breaks(day.year)


def mumbai_saturdays_closed(day):
    """Sundays, and the second and fourth Saturday of the month; days 8-14 and 22-28."""
    if day.weekday() == SAT:
        return 8 <= day.day <= 14 or 22 <= day.day <= 28
    return day.weekday() == SUN


CALENDARS = {
    "CN": (mainland_closed, 2024, 2026),
    "HK": (weekdays_but(HONG_KONG.__getitem__), 2024, 2026),
    "SG": (weekdays_but(SINGAPORE.__getitem__), 2024, 2026),
}
