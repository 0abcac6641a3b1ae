"""Time on the wall, found by looking at each minute of UTC: no arithmetic on local time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
HALF_HOUR = timedelta(minutes=30)


def first_after(day, zone):
    """The first minute of UTC whose local date is later than ``day``.

    Every zone tested turns at a whole minute; half-hour strides find the half hour first.
    """
    where = ZoneInfo(zone)
    at = datetime.combine(day, time(0), UTC) - timedelta(hours=26)
    while (at + HALF_HOUR).astimezone(where).date() <= day:
        at += HALF_HOUR
    while at.astimezone(where).date() <= day:
        at += MINUTE
    return at


def elapsed(start, hours):
    """Tick off 60 minutes of UTC for each hour."""
    at = start.astimezone(UTC)
    for _ in range(hours * 60):
        at += MINUTE
    return at


def wall(at, zone):
    """The clock on the wall as a word, 07:59."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def within(at, zone, opens, closes, *, closing_minute_included):
    """Whether the clock on the wall shows a time of the window, compared as words."""
    shown = at.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S.%f")
    last = shown <= f"{closes}:00.000000" if closing_minute_included else shown < f"{closes}:00"
    return shown >= f"{opens}:00" and last


def quarters_of(day, zone):
    """Each quarter of an hour of UTC that the wall's calendar calls ``day``, twice over or not."""
    where, middle = ZoneInfo(zone), datetime.combine(day, time(12), UTC)
    every = (middle + n * timedelta(minutes=15) for n in range(-160, 161))
    return [at for at in every if at.astimezone(where).strftime("%Y-%m-%d") == day.isoformat()]
