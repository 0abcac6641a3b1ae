"""Business days against slow oracles that count day by day from the statutes themselves."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import calendars
from law.calendars import CalendarMissing, NoCalendar

DAY = timedelta(1)
FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
FLOATING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))


def weekday_of_month(year, month, weekday, nth):
    days = [date(year, month, 1) + n * DAY for n in range(31)]
    hits = [day for day in days if day.month == month and day.weekday() == weekday]
    return hits[nth - 1] if nth > 0 else hits[nth]


def legal_holidays(year):
    fixed = [date(year, m, d) for m, d in FIXED if (m, d) != (6, 19) or year >= 2021]
    return fixed + [weekday_of_month(year, *one) for one in FLOATING]


def closed_at_the_fed(day):
    moved = {h + DAY if h.weekday() == 6 else h for h in legal_holidays(day.year)}
    return day.weekday() > 4 or day in moved


def closed_at_the_office(day):
    around = [h for year in (day.year, day.year + 1) for h in legal_holidays(year)]
    shift = {5: -DAY, 6: DAY}
    moved = {h + shift.get(h.weekday(), 0 * DAY) for h in around}
    return day.weekday() > 4 or day in moved


def closed_by_law_date(day):
    return day.weekday() > 4 or day in legal_holidays(day.year)


CHINA = holidays.country_holidays("CN")
ORACLES = {
    "US-FED": closed_at_the_fed,
    "US-OFFICE": closed_at_the_office,
    "US-6103": closed_by_law_date,
    "CN": lambda day: not CHINA.is_working_day(day),
    "CAL": lambda day: False,
}
NAMES = st.sampled_from(sorted(ORACLES))
DAYS = st.dates(date(2007, 2, 1), date(2026, 10, 1))


@given(NAMES, DAYS)
def test_open_days_are_the_statutes_own(name, day):
    assert calendars.is_business_day(name, day) is not ORACLES[name](day)


@given(NAMES, DAYS, st.integers(0, 40))
def test_counting_forward_lands_on_the_nth_open_day(name, start, count):
    day, left = start, count
    while left:
        day += DAY
        left -= 0 if ORACLES[name](day) else 1

    assert calendars.add_business_days(name, start, count) == day


@given(NAMES, DAYS, st.integers(0, 20))
def test_counting_back_lands_on_the_nth_open_day(name, start, count):
    day, left = start, count
    while left:
        day -= DAY
        left -= 0 if ORACLES[name](day) else 1

    assert calendars.business_days_before(name, start, count) == day


@given(NAMES, DAYS)
def test_nearest_open_days_enclose_the_day_with_nothing_open_between(name, day):
    before = calendars.last_business_day_on_or_before(name, day)
    after = calendars.next_business_day_on_or_after(name, day)

    assert before <= day <= after
    between = [before + n * DAY for n in range(1, (after - before).days)]
    assert not [one for one in between if not ORACLES[name](one)]
    assert (before == after) is not ORACLES[name](day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_keep_the_day_or_take_the_last(start, months, end):
    assert calendars.add_months(start, months) == end


def test_leap_day_ends_in_february():
    assert calendars.add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert calendars.add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(("name", "year"), [("CN", 2027), ("CN", 2003), ("US-FED", 2031)])
def test_unpublished_year_refuses(name, year):
    with pytest.raises(CalendarMissing, match=f"calendar {name} {year} is not published"):
        calendars.is_business_day(name, date(year, 6, 1))


def test_count_that_would_cross_into_an_unpublished_year_refuses():
    with pytest.raises(CalendarMissing, match="CN 2027"):
        calendars.add_business_days("CN", date(2026, 12, 21), 15)


def test_unknown_calendar_names_the_known():
    with pytest.raises(NoCalendar, match=r"MARS.*CAL.*US-FED"):
        calendars.named("MARS")


def test_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        calendars.add_business_days("US-FED", date(2026, 1, 5), -1)


def test_saturday_holiday_is_open_at_the_fed_and_closed_in_offices():
    friday = date(2026, 7, 3)

    assert calendars.is_business_day("US-FED", friday)
    assert not calendars.is_business_day("US-OFFICE", friday)


def test_saturday_bank_opens_on_saturday_but_not_on_its_holidays():
    assert calendars.is_business_day("US-FED-SAT", date(2026, 7, 11))
    assert not calendars.is_business_day("US-FED-SAT", date(2026, 7, 4))


def test_own_closures_are_added_without_touching_the_named_calendar():
    branch = calendars.named("US-FED").closed_on([date(2026, 6, 10)])

    assert calendars.add_business_days(branch, date(2026, 6, 9), 1) == date(2026, 6, 11)
    assert calendars.add_business_days("US-FED", date(2026, 6, 9), 1) == date(2026, 6, 10)


def test_announced_year_can_be_loaded_and_installed():
    before = calendars.named("CN")
    notice = before.with_year(2027, [date(2027, 1, 1)], [date(2027, 1, 2)])
    try:
        calendars.install(notice)

        assert calendars.is_business_day("CN", date(2027, 1, 2))
        assert not calendars.is_business_day("CN", date(2027, 1, 1))
        assert calendars.is_business_day("CN", date(2026, 1, 4))
    finally:
        calendars.install(before)


@pytest.mark.parametrize("calendar", calendars.calendars(), ids=lambda one: one.id)
def test_every_calendar_says_where_it_is_from_and_answers_its_years(calendar):
    assert calendar.name
    assert calendar.source
    assert calendar.version
    if calendar.last_year < calendar.first_year:  # no year is announced yet
        return
    last = min(calendar.last_year, 2030)
    assert 240 < len(calendar.year(last)) <= 366


@pytest.mark.parametrize(
    ("name", "closed", "open_"),
    [
        ("UK-NIR", date(2026, 3, 17), date(2026, 8, 3)),  # Saint Patrick; Scotland's August day
        ("DE-BW", date(2026, 1, 6), date(2026, 10, 30)),  # Epiphany
        ("DE-TH", date(2024, 9, 20), date(2026, 1, 6)),  # World Children's Day
        ("DE-BE", date(2027, 3, 8), date(2027, 1, 6)),  # Women's Day
        ("AU-QLD", date(2026, 10, 5), date(2026, 3, 9)),  # the King's Birthday
        ("AU-WA", date(2026, 6, 1), date(2026, 6, 8)),  # Western Australia Day
        ("NZ", date(2026, 7, 10), date(2026, 7, 13)),  # Matariki
    ],
)
def test_parts_of_a_country_close_on_their_own_days(name, closed, open_):
    assert not calendars.is_business_day(name, closed)
    assert calendars.is_business_day(name, open_)


def test_every_state_has_its_calendar():
    ids = [one.id for one in calendars.calendars()]

    assert sum(one.startswith("DE-") for one in ids) == 16
    assert sum(one.startswith("AU-") for one in ids) == 8


@pytest.mark.parametrize("year", [2000, 2025, 2026, 2027])
def test_maharashtra_answers_no_year_until_it_is_announced(year):
    with pytest.raises(CalendarMissing, match=f"calendar IN-MH {year} is not published"):
        calendars.is_business_day("IN-MH", date(year, 6, 1))


def test_maharashtras_banks_open_on_some_saturdays():
    days = calendars.named("IN-MH").announced([2026], [date(2026, 1, 26), date(2026, 1, 3)])

    january = [day.day for day in sorted(days.year(2026)) if day.month == 1]
    assert january == [1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 27, 28, 29,
                       30, 31]  # fmt: skip
    with pytest.raises(CalendarMissing):
        days.year(2027)


def test_an_announced_year_of_another_calendar_has_no_saturdays():
    days = calendars.named("SG").announced([2028], [date(2028, 1, 3)])

    assert min(days.year(2028)) == date(2028, 1, 4)
    assert all(day.weekday() < 5 for day in days.year(2028))


def test_an_announced_year_of_a_calendar_that_is_open_on_saturdays_has_them():
    days = calendars.named("US-FED-SAT").announced([2031], [date(2031, 1, 1)])

    assert [day.day for day in sorted(days.year(2031))[:4]] == [2, 3, 4, 6]


def test_what_was_installed_can_be_taken_away():
    calendars.install(calendars.named("SG").closed_on([date(2026, 3, 4)]))
    assert not calendars.is_business_day("SG", date(2026, 3, 4))

    calendars.remove("SG")

    assert calendars.is_business_day("SG", date(2026, 3, 4))
