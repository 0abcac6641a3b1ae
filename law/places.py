"""What a jurisdiction's folder says of itself: its names, calendar and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import law
from kernel.folder import entries

EVERYWHERE = ("networks", "house")  # folders whose rules run beside every jurisdiction's own

_CHOSEN: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """One folder of rules."""

    id: str
    name_en: str
    name_zh: str
    calendar: str
    zone: str
    regions: Mapping[str, str]  # calendars of its parts, by ISO 3166-2 part


@cache
def places() -> dict[str, Place]:
    """Return every folder of rules by its name."""
    return {
        name: Place(
            name,
            package.NAME_EN,
            package.NAME_ZH,
            package.CALENDAR,
            package.ZONE,
            getattr(package, "REGIONS", {}),
        )
        for name, package in sorted(entries(law).items())
        if hasattr(package, "NAME_EN")
    }


def zone_of(jurisdiction: str) -> str:
    """Return the one time zone in which ``jurisdiction`` counts days, or "" if it has several."""
    place = places().get(jurisdiction)
    return place.zone if place else ""


def calendar_of(jurisdiction: str, region: str = "") -> str:
    """Return the business-day calendar of ``jurisdiction``, or "" if none is named.

    An issuer's own choice comes before the place's, and a part's (``SCT``, ``DE-BY``) before the
    whole's; for ``DE-BY`` where it has none, that of ``DE``.
    """
    parts = [region, region.partition("-")[0]] if region else []
    place = places().get(jurisdiction)
    for part in parts:
        found = _CHOSEN.get(f"{jurisdiction}-{part}") or (place and place.regions.get(part))
        if found:
            return found
    return _CHOSEN.get(jurisdiction) or (place.calendar if place else "")


def choose_calendars(chosen: Mapping[str, str]) -> None:
    """Let an issuer choose calendars for this process, by jurisdiction or jurisdiction-region."""
    _CHOSEN.clear()
    _CHOSEN.update(chosen)
