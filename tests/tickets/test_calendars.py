"""Calendars that the issuer loads: installed in a process, kept, and refused when they are bad."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from law import calendars as law
from tickets import announcements, calendars
from tickets.models import LoadedCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def run(text: str, *options: str) -> str:
        out, path = StringIO(), tmp_path / "days.csv"
        path.write_text(text, "utf-8")
        call_command("load_calendar", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def test_closures_of_ones_own_lie_on_top_of_a_base(load):
    told = load("date,status,name\n2026-12-24,closed,Party\n2026-12-26,open,Sale\n",
                "--calendar", "OWN-US", "--base", "US-FED", "--source", "memo",
                "--version", "3")  # fmt: skip

    assert told.splitlines()[:2] == ["2026-12-24 closed", "2026-12-26 open"]
    assert not law.is_business_day("OWN-US", date(2026, 12, 24))
    assert law.is_business_day("OWN-US", date(2026, 12, 26))
    assert law.is_business_day("US-FED", date(2026, 12, 24))
    assert (law.named("OWN-US").source, law.named("OWN-US").version) == ("memo", "3")


def test_an_announced_year_opens_that_year_and_no_other(load):
    load("2027-01-01,closed,x\n2027-01-02,open,x\n", "--calendar", "CN", "--year", "2027")

    assert law.is_business_day("CN", date(2027, 1, 2))
    assert not law.is_business_day("CN", date(2027, 1, 1))
    with pytest.raises(law.CalendarMissing):
        law.is_business_day("CN", date(2028, 1, 3))


def test_maharashtras_saturdays_come_with_its_year(load):
    load("2027-01-26,closed,x\n", "--calendar", "IN-MH", "--year", "2027")

    assert law.is_business_day("IN-MH", date(2027, 1, 2))
    assert not law.is_business_day("IN-MH", date(2027, 1, 9))
    assert not law.is_business_day("IN-MH", date(2027, 1, 26))


def test_the_newer_load_counts_and_the_older_is_kept(load):
    load("2026-12-24\n", "--calendar", "US-FED")
    load("2026-12-23\n", "--calendar", "US-FED")

    assert law.is_business_day("US-FED", date(2026, 12, 24))
    assert not law.is_business_day("US-FED", date(2026, 12, 23))
    assert LoadedCalendar.objects.count() == 2


def test_a_dry_run_loads_nothing(load):
    told = load("2026-12-24\n", "--calendar", "US-FED", "--dry-run")

    assert told == "2026-12-24 closed\nNothing was loaded.\n"
    assert not LoadedCalendar.objects.exists()
    assert law.is_business_day("US-FED", date(2026, 12, 24))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date\n2026-13-01\n", 'line 2: "2026-13-01" is no date; write it as 2027-01-31.'),
        ("2026-12-24,shut\n", 'line 1: the status is "shut"; write closed or open.'),
        ("2026-12-24\n2026-12-24\n", "line 2: 2026-12-24 is there twice"),
        ("", "line 1: the file has no date"),
        ('{"shut": []}', 'line 1: "shut" is not known'),
        ("[1,", "line 1: this is not JSON"),
    ],
)
def test_a_bad_file_names_its_line_and_what_to_do(load, text, words):
    with pytest.raises(CommandError, match=r"days\.csv: ") as caught:
        load(text, "--calendar", "US-FED")

    assert words in str(caught.value)


def test_a_date_of_another_year_is_refused():
    with pytest.raises(announcements.BadFile, match="2028-01-01 is not in 2027"):
        announcements.read("2028-01-01", year=2027)


def test_a_calendar_of_ones_own_needs_a_base(load):
    with pytest.raises(CommandError, match="There is no calendar OWN: name its --base"):
        load("2026-12-24\n", "--calendar", "OWN")


def test_a_process_looks_at_the_table_every_half_minute(django_assert_num_queries, monkeypatch):
    calendars.heed(now=True)
    with django_assert_num_queries(0):
        calendars.heed()

    monkeypatch.setattr(calendars, "REST", 0.0)
    with django_assert_num_queries(1):
        calendars.heed()


def test_a_chosen_calendar_that_is_nowhere_is_an_error(settings):
    settings.CALENDARS = {"us": "OWN-US", "gb": "UK-SCT"}

    assert [one.id for one in calendars.chosen_calendars_are_there()] == ["recourse.E011"]
