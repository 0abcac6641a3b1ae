"""Dates as files write them. What could be read in two ways is not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from django.utils.translation import gettext as _

from kernel.errors import Unfit

_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_ISO_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")
_OLDEST = 1990
# Where a day begins first.
_EARLIEST = timezone(timedelta(hours=14))


def american(text: str) -> str:
    """Turn the regulator's 9/24/19 or 09/24/2019 into 2019-09-24; leave anything else as it is.

    Two digits are of this century: the database begins in 2011.
    """
    found = _AMERICAN.fullmatch(text.strip())
    if found is None:
        # The regulator's API gives the day as an instant in its own zone.
        return text.strip()[:10] if _ISO_INSTANT.match(text.strip()) else text
    month, day, year = found.groups()
    return f"{'20' if len(year) == 2 else ''}{year}-{month:0>2}-{day:0>2}"


def shaped(text: str, shape: str) -> str:
    """Turn a date of the given ``strptime`` shape into 2019-09-24; leave what does not fit."""
    try:
        # Only the day is used.
        return datetime.strptime(text.strip(), shape).date().isoformat()  # noqa: DTZ007
    except ValueError:
        return text


def instant(*, on: str, at: str, zone: tzinfo, now: datetime) -> datetime:
    """When it was received: at ``at``, or as the day ``on`` began in ``zone``.

    A day that has begun at its sender's but not yet in ``zone`` counts from ``now``.

    Raises:
        Unfit: neither is given, or it cannot be read, or it lies ahead.
    """
    try:
        found = _instant(at, zone) if at else datetime.combine(_day(on), time(), zone)
        found = found.astimezone(UTC)
        begun = found if at else datetime.combine(_day(on), time(), _EARLIEST)
    except OverflowError:
        raise Unfit("date_unfit", _sentence(), field="received_on") from None
    if begun > now:
        sentence = _("It was received in the future: correct the date.")
        raise Unfit("received_in_future", sentence, field="received_on")
    if found.year < _OLDEST:
        sentence = _("It was received before %(year)d: correct the date.") % {"year": _OLDEST}
        raise Unfit("date_unfit", sentence, field="received_on")
    return min(found, now)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Unfit("date_unfit", _sentence(), field="received_on") from None


def _instant(text: str, zone: tzinfo) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unfit("date_unfit", _sentence(), field="received_at") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _sentence() -> str:
    return _("There is no date that can be read: write it as 2026-03-31.")
