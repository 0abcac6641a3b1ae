"""The calendars that ship: where each is known from, and up to which year.

Traps met and kept out: the `holidays` package's US list moves a Saturday holiday to Friday, the
Federal Reserve does not; its China list answers years that the State Council has not announced,
without the working weekends. Each calendar therefore names its source and its last year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version

import chinese_calendar
import holidays

from law.workdays import Calendar, Days, every_day, weekdays

GERMAN_STATES = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bavaria",
    "HB": "Bremen", "HE": "Hesse", "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern",
    "NI": "Lower Saxony", "NW": "North Rhine-Westphalia", "RP": "Rhineland-Palatinate",
    "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Saxony", "ST": "Saxony-Anhalt",
    "TH": "Thuringia",
}  # fmt: skip
AUSTRALIAN_STATES = {
    "ACT": "Australian Capital Territory", "NSW": "New South Wales", "NT": "Northern Territory",
    "QLD": "Queensland", "SA": "South Australia", "TAS": "Tasmania", "VIC": "Victoria",
    "WA": "Western Australia",
}  # fmt: skip


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
        return weekdays(year, frozenset(closed))

    return open_days


def _ontario(year: int) -> Days:
    """Canada Day on a Sunday is kept on Monday (Holidays Act); the package leaves it out."""
    monday = date(year, 7, 2)
    own = frozenset([monday] if monday.weekday() == 0 else [])
    return _by_country("CA", "ON")(year) - own


def _by_market(market: str, *, last_weekday: int = 4) -> Callable[[int], Days]:
    def open_days(year: int) -> Days:
        closed = holidays.financial_holidays(market, years=year)
        return weekdays(year, frozenset(closed), last_weekday=last_weekday)

    return open_days


def _bank_saturdays(year: int) -> Days:
    """India: banks close on Sundays and on the second and fourth Saturday of a month."""
    return frozenset(
        day
        for day in weekdays(year, last_weekday=5)
        if day.weekday() != 5 or (day.day - 1) // 7 not in (1, 3)
    )


def _china(year: int) -> Days:
    return frozenset(day for day in every_day(year) if chinese_calendar.is_workday(day))


def _all_days(year: int) -> Days:
    return frozenset(every_day(year))


_HOLIDAYS = f"holidays {version('holidays')}"
_CHINA = f"chinesecalendar {version('chinesecalendar')}"
_CHINA_YEARS = [day.year for day in chinese_calendar.constants.holidays]

# The last year is the last that the source has announced or that a statute fixes without a
# yearly notice; moving one forward is a review, not a guess.
BUILT_IN = (
    Calendar("CAL", "Every calendar day", "arithmetic", "1", 1, 9998, _all_days, _all_days),
    Calendar("US-FED", "Federal Reserve Banks", "Federal Reserve holiday schedule: a Saturday "
             "holiday is not moved", _HOLIDAYS, 2000, 2030, _by_market("FED")),
    Calendar("US-FED-SAT", "Federal Reserve holidays, open on Saturday", "as US-FED, Saturday a "
             "full day", _HOLIDAYS, 2000, 2030, _by_market("FED", last_weekday=5),
             partial(weekdays, last_weekday=5)),
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
    Calendar("UK-NIR", "Northern Ireland", "bank holidays", _HOLIDAYS, 2000, 2028,
             _by_country("GB", "NIR")),
    Calendar("IE", "Ireland", "public holidays", _HOLIDAYS, 2000, 2030, _by_country("IE")),
    Calendar("TARGET", "Euro area payments", "ECB closing days", _HOLIDAYS, 2002, 2030,
             _by_market("ECB")),
    Calendar("DE", "Germany, national", "public holidays", _HOLIDAYS, 2000, 2030,
             _by_country("DE")),
    *(
        Calendar(f"DE-{code}", name, "public holidays", _HOLIDAYS, 2000, 2030,
                 _by_country("DE", code))
        for code, name in GERMAN_STATES.items()
    ),
    Calendar("FR", "France", "public holidays", _HOLIDAYS, 2000, 2030, _by_country("FR")),
    *(
        Calendar(f"AU-{code}", name, "public holidays", _HOLIDAYS, 2000, 2027,
                 _by_country("AU", code))
        for code, name in AUSTRALIAN_STATES.items()
    ),
    Calendar("NZ", "New Zealand", "public holidays of the whole country; Matariki by statute",
             _HOLIDAYS, 2000, 2030, _by_country("NZ")),
    Calendar("SG", "Singapore", "gazetted public holidays", _HOLIDAYS, 2001, 2027,
             _by_country("SG")),
    Calendar("HK", "Hong Kong", "general holidays, Good Friday and Easter Monday among them",
             _HOLIDAYS, 2000, 2027, _by_country("HK", categories=("public", "optional"))),
    Calendar("IN-MH", "Maharashtra, banks", "the State's yearly notice of bank holidays; closed on "
             "2nd and 4th Saturdays", "as announced", 1, 0, _bank_saturdays, _bank_saturdays),
    Calendar("CA-ON", "Ontario", "public holidays", _HOLIDAYS, 2000, 2030, _ontario),
)  # fmt: skip
