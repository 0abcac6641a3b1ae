"""The calendars that the issuer has loaded, put into the law of this process."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError
from django.db.models import Max

from law import calendars, places
from law.calendars import Calendar
from tickets.models import LoadedCalendar

REST = 30.0  # seconds after which the table is looked at again


class _Seen:
    """What this process has installed, and when it last looked."""

    newest: int | None = None
    looked_at: float | None = None
    installed: frozenset[str] = frozenset()


def heed(*, now: bool = False) -> None:
    """Install what was loaded since the last look; a cheap query every half minute at most."""
    fresh = _Seen.looked_at is not None and time.monotonic() - _Seen.looked_at < REST
    if fresh and not now:
        return
    newest = LoadedCalendar.objects.aggregate(newest=Max("id"))["newest"]
    _Seen.looked_at = time.monotonic()
    if newest != _Seen.newest:
        _install(built(LoadedCalendar.objects.order_by("id")))
        _Seen.newest = newest


def forget() -> None:
    """Go back to the calendars that ship, as if the table had just been found empty."""
    _install({})
    _Seen.newest, _Seen.looked_at = None, time.monotonic()


def built(rows: Iterable[LoadedCalendar]) -> dict[str, Calendar]:
    """Return the calendars that ``rows``, oldest first, make of those that ship."""
    newest = {(row.calendar, row.year): row for row in rows}
    found: dict[str, Calendar] = {}
    for row in sorted(newest.values(), key=lambda one: (bool(one.base), one.year or 9999)):
        ground = found.get(row.calendar) or _ground(row, found)
        if ground is not None:
            found[row.calendar] = _with(ground, row)
    return found


def _install(found: dict[str, Calendar]) -> None:
    for gone in _Seen.installed - set(found):
        calendars.remove(gone)
    for one in found.values():
        calendars.install(one)
    _Seen.installed = frozenset(found)


def _ground(row: LoadedCalendar, found: dict[str, Calendar]) -> Calendar | None:
    shipped = calendars.shipped()
    name = row.base or row.calendar
    return found.get(name) or shipped.get(name)


def _with(ground: Calendar, row: LoadedCalendar) -> Calendar:
    closed, opened = _days(row.closed), _days(row.opened)
    if row.year is not None:
        found = ground.announced([row.year], closed)
        found = _opening(found, row.year, opened) if opened else found
    else:
        found = ground.closed_on(closed)
        for year in sorted({day.year for day in opened}):
            found = _opening(found, year, opened)
    return replace(
        found, id=row.calendar, source=row.source or found.source,
        version=row.version or found.version, _cache={},
    )  # fmt: skip


def _opening(ground: Calendar, year: int, opened: frozenset[date]) -> Calendar:
    """``year`` with ``opened`` among its business days."""
    days = ground.year(year) | {day for day in opened if day.year == year}
    return replace(ground, loaded=(*ground.loaded, (year, days)), _cache={})


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(one) for one in texts)


@register()
def chosen_calendars_are_there(**_kwargs: Any) -> list[CheckMessage]:
    """A calendar that the issuer chose for a place must ship or be loaded."""
    wanted = {name: place for place, name in settings.CALENDARS.items()}
    missing = set(wanted) - set(calendars.shipped())
    if missing:
        with suppress(DatabaseError):  # not migrated yet: nothing is loaded
            missing -= set(LoadedCalendar.objects.values_list("calendar", flat=True))
    return [
        Error(
            f"RECOURSE_CALENDARS: there is no calendar {name} for {wanted[name]}.",
            hint=f"Load it with load_calendar FILE --calendar {name}, or choose another.",
            id="recourse.E011",
        )
        for name in sorted(missing)
    ]


def choose() -> None:
    """Let the law use the calendars that the issuer chose."""
    places.choose_calendars(settings.CALENDARS)
