"""Which calendar counts where: the issuer's choice, the part's, the whole's."""

from __future__ import annotations

from datetime import date

import pytest

from law import calendars
from law.deadlines import deadlines
from law.facts import Facts
from law.places import calendar_of, choose_calendars, places


@pytest.fixture
def own_choice():
    yield choose_calendars
    choose_calendars({})


@pytest.mark.parametrize(
    ("place", "region", "calendar"),
    [
        ("gb", "", "UK-ENG"), ("gb", "SCT", "UK-SCT"), ("gb", "NIR", "UK-NIR"),
        ("gb", "WLS", "UK-ENG"), ("eu", "DE-BY", "DE-BY"), ("eu", "DE-XX", "DE"),
        ("eu", "PT", "TARGET"), ("au", "QLD", "AU-QLD"), ("in", "MH", "IN-MH"), ("in", "", ""),
        ("zz", "SCT", ""),
    ],
)  # fmt: skip
def test_a_part_comes_before_the_whole(place, region, calendar):
    assert calendar_of(place, region) == calendar


def test_the_issuers_choice_comes_first_and_a_part_before_the_whole(own_choice):
    own_choice({"gb": "US-FED", "gb-SCT": "IE"})

    assert (calendar_of("gb"), calendar_of("gb", "SCT")) == ("US-FED", "IE")
    assert (calendar_of("gb", "NIR"), calendar_of("gb", "WLS")) == ("UK-NIR", "US-FED")


def test_every_calendar_that_a_place_names_is_there():
    named = {one for row in places().values() for one in (row.calendar, *row.regions.values())}

    assert named - {""} - {row.id for row in calendars.calendars()} == set()


def test_the_region_of_the_facts_chooses_the_calendar():
    # 30 November 2026 is Saint Andrew's Day: a Monday, closed in Scotland alone.
    def safe_dates(region):
        known = {"received": date(2026, 10, 5), "region": region}
        return [row.safe_on for row in deadlines(Facts("gb", "complaint", known))[0]]

    assert safe_dates("ENG") != safe_dates("SCT")
