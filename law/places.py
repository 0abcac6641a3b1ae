"""What a jurisdiction's folder says of itself: its names, calendar and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import law
from kernel.folder import entries

EVERYWHERE = ("networks", "house")  # folders whose rules run beside every jurisdiction's own


@dataclass(frozen=True, slots=True)
class Place:
    """One folder of rules."""

    id: str
    name_en: str
    name_zh: str
    calendar: str
    zone: str


@cache
def places() -> dict[str, Place]:
    """Return every folder of rules by its name."""
    return {
        name: Place(name, package.NAME_EN, package.NAME_ZH, package.CALENDAR, package.ZONE)
        for name, package in sorted(entries(law).items())
        if hasattr(package, "NAME_EN")
    }


def zone_of(jurisdiction: str) -> str:
    """Return the one time zone in which ``jurisdiction`` counts days, or "" if it has several."""
    place = places().get(jurisdiction)
    return place.zone if place else ""


def calendar_of(jurisdiction: str) -> str:
    """Return the business-day calendar of ``jurisdiction``, or "" if none is named."""
    place = places().get(jurisdiction)
    return place.calendar if place else ""
