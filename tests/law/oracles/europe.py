"""Euro payments, France and the German states: fixed dates and days counted from Easter."""

from datetime import date
from functools import partial

from tests.law.oracles.dates import WED, from_easter, weekday_before, weekdays_but

GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI = -2, 1, 39, 50, 60
# Own days of each state: (month, day, from year), or what is counted from Easter.
EPIPHANY, WOMEN, WOMEN_MV = (1, 6, 0), (3, 8, 2019), (3, 8, 2023)
ASSUMPTION, CHILDREN, SAINTS = (8, 15, 0), (9, 20, 2019), (11, 1, 0)
REFORMATION, REFORMATION_NORTH = (10, 31, 0), (10, 31, 2018)
STATES = {
    "BW": (EPIPHANY, CORPUS_CHRISTI, SAINTS),
    "BY": (EPIPHANY, CORPUS_CHRISTI, SAINTS),
    "BE": (WOMEN,),
    "BB": (REFORMATION,),
    "HB": (REFORMATION_NORTH,),
    "HH": (REFORMATION_NORTH,),
    "HE": (CORPUS_CHRISTI,),
    "MV": (WOMEN_MV, REFORMATION),
    "NI": (REFORMATION_NORTH,),
    "NW": (CORPUS_CHRISTI, SAINTS),
    "RP": (CORPUS_CHRISTI, SAINTS),
    "SL": (CORPUS_CHRISTI, ASSUMPTION, SAINTS),
    "SN": (REFORMATION,),
    "ST": (EPIPHANY, REFORMATION),
    "SH": (REFORMATION_NORTH,),
    "TH": (CHILDREN, REFORMATION),
}
BERLIN_ONCE = {2020: [date(2020, 5, 8)], 2025: [date(2025, 5, 8)]}  # end of the war, 75 and 80


def target(year):
    fixed = [date(year, 1, 1), date(year, 5, 1), date(year, 12, 25), date(year, 12, 26)]
    return [*fixed, *from_easter(year, GOOD_FRIDAY, EASTER_MONDAY)]


def germany(year, state=""):
    fixed = [date(year, m, d) for m, d in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))]
    moving = from_easter(year, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY)
    luther = [date(2017, 10, 31)] * (year == 2017)
    return [*fixed, *moving, *luther, *_own(year, state)]


def _own(year, state):
    found = []
    for one in STATES.get(state, ()):
        if isinstance(one, int):
            found += from_easter(year, one)
        elif year >= one[2]:
            found.append(date(year, one[0], one[1]))
    if state == "SN":  # Repentance Day, the Wednesday before 23 November
        found.append(weekday_before(date(year, 11, 23), WED))
    return found + (BERLIN_ONCE.get(year, []) if state == "BE" else [])


def france(year):
    """Code du travail L3133-1; nothing moves. Whit Monday was worked from 2005 to 2007."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return [
        *(date(year, m, d) for m, d in fixed),
        *from_easter(year, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    ]


CALENDARS = {
    "TARGET": (weekdays_but(target), 2002, 2030),
    "FR": (weekdays_but(france), 2008, 2030),
    "DE": (weekdays_but(germany), 2000, 2030),
    **{
        f"DE-{state}": (weekdays_but(partial(germany, state=state)), 2000, 2030) for state in STATES
    },
}
