"""Australian states and New Zealand: their Acts' Mondays, and tables where the years vary."""

from datetime import date
from functools import partial

from tests.law.oracles.dates import (
    MON,
    SAT,
    SUN,
    TUE,
    each_moved,
    from_easter,
    listed,
    next_working,
    nth,
    weekdays_but,
)  # fmt: skip

GRAND_FINAL_FRIDAY = listed("""
    2024: 09-27
    2025: 09-26
    2026: 09-25
""")
MATARIKI = listed("""
    2022: 06-24
    2023: 07-14
    2024: 06-28
    2025: 06-20
    2026: 07-10
    2027: 06-25
    2028: 07-14
    2029: 07-06
    2030: 06-21
""")


def _everywhere(year):
    australia_day = next_working(date(year, 1, 26))
    return [next_working(date(year, 1, 1)), australia_day, *from_easter(year, -2, 1),
            *each_moved(date(year, 12, 25), date(year, 12, 26))]  # fmt: skip


def new_south_wales(year):
    """Anzac Day stays on its date, but 2026 and 2027 have a Monday beside it."""
    beside = {2026: [date(2026, 4, 27)], 2027: [date(2027, 4, 26)]}.get(year, [])
    own = [date(year, 4, 25), nth(year, 6, MON, 2), nth(year, 10, MON, 1)]
    return [*_everywhere(year), *own, *beside]


def victoria(year):
    own = [nth(year, 3, MON, 2), nth(year, 6, MON, 2), nth(year, 11, TUE, 1)]
    return [*_everywhere(year), *own, date(year, 4, 25), *GRAND_FINAL_FRIDAY[year]]


def new_zealand(year):
    """Holidays Act 2003, s 44: Waitangi and Anzac Day move to Monday since 2014 and 2015."""
    new_year = each_moved(date(year, 1, 1), date(year, 1, 2))
    christmas = each_moved(date(year, 12, 25), date(year, 12, 26))
    moved = [next_working(date(year, 2, 6)), next_working(date(year, 4, 25))]
    own = [nth(year, 6, MON, 1), nth(year, 10, MON, 4), *MATARIKI[year]]
    own += QUEENS_MEMORIAL.get(year, [])
    return [*new_year, *christmas, *moved, *own, *from_easter(year, -2, 1)]


# Own Mondays of the other states: month and count (-1 the last), then how Anzac Day moves.
STATES = {
    "ACT": (((3, 2), (6, 2), (10, 1)), (SAT, SUN)),
    "NT": (((5, 1), (6, 2), (8, 1)), (SUN,)),
    "QLD": (((5, 1), (10, 1)), (SUN,)),
    "SA": (((3, 2), (6, 2), (10, 1)), (SUN,)),
    "TAS": (((3, 2), (6, 2)), ()),
    "WA": (((3, 1), (6, 1)), (SAT, SUN)),
}
# Reconciliation Day, the Monday on or after 27 May; the King's birthday as Perth proclaims it.
PROCLAIMED = {
    "ACT": listed("""
        2024: 05-27
        2025: 06-02
        2026: 06-01
        2027: 05-31
    """),
    "WA": listed("""
        2024: 09-23
        2025: 09-29
        2026: 09-28
        2027: 09-27
    """),
}


# Kept in Brisbane alone; the package takes it for the whole of Queensland.
BRISBANE_SHOW = listed("""
    2024: 08-14
    2025: 08-13
    2026: 08-12
    2027: 08-11
""")
QUEENS_MEMORIAL = {2022: [date(2022, 9, 26)]}
LAST_KNOWN = {"SA": 2026}  # how Adelaide keeps a Sunday's Anzac Day under its Act of 2023


def other_state(year, state):
    mondays, moves = STATES[state]
    anzac = date(year, 4, 25)
    anzac = next_working(anzac) if anzac.weekday() in moves else anzac
    own = [nth(year, month, MON, count) for month, count in mondays]
    own += PROCLAIMED.get(state, {}).get(year, ())
    return [*_everywhere(year), anzac, *own, *(BRISBANE_SHOW[year] if state == "QLD" else ())]


CALENDARS = {
    "AU-NSW": (weekdays_but(new_south_wales), 2024, 2027),
    "AU-VIC": (weekdays_but(victoria), 2024, 2026),
    **{
        f"AU-{state}": (
            weekdays_but(partial(other_state, state=state)),
            2024,
            LAST_KNOWN.get(state, 2027),
        )
        for state in STATES
    },
    "NZ": (weekdays_but(new_zealand), 2022, 2030),
}
