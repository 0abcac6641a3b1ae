"""The facts that rules read: dates, numbers and words by name, each checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from law.places import zone_of


class MissingFact(LookupError):
    """A rule needs a fact that was not given."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f'The fact "{name}" is missing: give {wanted}.')
        self.name = name


class BadFact(ValueError):
    """A fact was given in a form that cannot be read without a guess."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f'The fact "{name}" {problem}.')
        self.name = name


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return a time zone of the IANA database. Raises BadFact for a name that it does not hold."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadFact(
            "zone", f'is "{name}", which is no time zone: give a name such as Europe/London'
        ) from None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one case, in the words of the house.

    ``zone`` is the time zone in which the case's days are counted (the cardholder's). It is
    needed only where an instant is given in place of a date and the jurisdiction has several.
    """

    jurisdiction: str
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""

    def has(self, name: str) -> bool:
        """Say whether ``name`` was given at all."""
        return self.values.get(name) is not None

    def day(self, name: str, wanted: str = "a date") -> date:
        """Return a fact that is a date; an aware instant becomes the local date.

        Raises:
            MissingFact: it was not given.
            BadFact: it is no date, a naive instant, or an instant without a known zone.
        """
        return self._as_day(name, self._given(name, wanted))

    def first_day(self, *names: str) -> date:
        """Return the first of ``names`` that was given, as a date."""
        for name in names:
            if self.has(name):
                return self.day(name)
        raise MissingFact(names[0], "a date" + (f" (or {', '.join(names[1:])})" * (len(names) > 1)))

    def day_or_none(self, name: str) -> date | None:
        """Return a date that may be absent."""
        return self.day(name) if self.has(name) else None

    def number(self, name: str, wanted: str = "a whole number") -> int:
        """Return a fact that is a whole number."""
        value = self._given(name, wanted)
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadFact(name, f"is {value!r}: give {wanted}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Return a fact that is a word; ``default`` stands in when it was not given."""
        if default is not None and not self.has(name):
            return default
        value = self._given(name, "a word")
        if not isinstance(value, str):
            raise BadFact(name, f"is {value!r}: give a word")
        return value

    def flag(self, name: str) -> bool:
        """Return a yes or no; not given means no."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise BadFact(name, f"is {value!r}: give true or false")
        return bool(value)

    def days(self, name: str, wanted: str = "dates in ascending order") -> tuple[date, ...]:
        """Return a fact that is several dates, strictly ascending."""
        found = self.every_day(name, wanted)
        if any(late <= early for early, late in pairwise(found)):
            raise BadFact(name, "is not in ascending order, each date once")
        return found

    def every_day(self, name: str, wanted: str = "dates") -> tuple[date, ...]:
        """Return a fact that is several dates in any order, some perhaps more than once."""
        value = self._given(name, wanted)
        if isinstance(value, str) or not isinstance(value, (tuple, list)):
            raise BadFact(name, f"is {value!r}: give {wanted}")
        return tuple(self._as_day(name, one) for one in value)

    def instant(self, name: str) -> datetime:
        """Return a fact that is an instant with its offset from UTC.

        Raises:
            MissingFact: it was not given.
            BadFact: it is no instant, or one without an offset.
        """
        value = self._given(name, "an instant with its offset, such as 2026-03-02T10:00:00Z")
        if not isinstance(value, datetime):
            raise BadFact(name, f"is {value!r}: give an instant, such as 2026-03-02T10:00:00Z")
        if value.utcoffset() is None:
            raise BadFact(name, f"is {value.isoformat()} without an offset: add one, such as Z")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a fact that is several words; absent means none."""
        value = self.values.get(name) or ()
        if not isinstance(value, (tuple, list)) or not all(isinstance(v, str) for v in value):
            raise BadFact(name, f"is {value!r}: give a list of words")
        return tuple(value)

    @property
    def counting_zone(self) -> str:
        """The time zone in which days are counted. Raises MissingFact when it is not known."""
        zone = self.zone or zone_of(self.jurisdiction)
        if not zone:
            raise MissingFact("zone", "the cardholder's time zone, such as America/New_York")
        zone_named(zone)
        return zone

    def records(self, name: str) -> tuple[Facts, ...]:
        """Return a fact that is several small records, each read like facts; absent means none."""
        value = self.values.get(name) or ()
        if not isinstance(value, (tuple, list)) or not all(isinstance(v, Mapping) for v in value):
            raise BadFact(name, f"is {value!r}: give a list of records")
        return tuple(Facts(self.jurisdiction, self.kind, one, self.zone) for one in value)

    def end_of(self, day: date) -> datetime | None:
        """Return the instant at which ``day`` is over, or None while no time zone is known."""
        zone = self.zone or zone_of(self.jurisdiction)
        if not zone:
            return None
        return datetime.combine(day + timedelta(1), time.min, zone_named(zone)).astimezone(UTC)

    def _given(self, name: str, wanted: str) -> Any:
        value = self.values.get(name)
        if value is None:
            raise MissingFact(name, wanted)
        return value

    def _as_day(self, name: str, value: Any) -> date:
        if isinstance(value, datetime):  # before date: an instant is a date to isinstance
            return self._local(name, value)
        if isinstance(value, date):
            return value
        raise BadFact(name, f"is {value!r}: give a date")

    def _local(self, name: str, instant: datetime) -> date:
        if instant.utcoffset() is None:
            raise BadFact(name, f"is {instant.isoformat()} without a time zone: give a date")
        zone = self.zone or zone_of(self.jurisdiction)
        if not zone:
            raise BadFact(name, "is an instant: give the date in the cardholder's time zone")
        return instant.astimezone(zone_named(zone)).date()
