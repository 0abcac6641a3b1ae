"""Judgements on an act that has happened: was it in time, was it forbidden."""

from __future__ import annotations

from datetime import date

TIMELY = "timely"


def timely(last_day: date, acted_on: date) -> str:
    """Return "timely", or "late_by_N" with the number of days; the last day itself is in time."""
    late = (acted_on - last_day).days
    return TIMELY if late <= 0 else f"late_by_{late}"


def forbidden(
    starts_on: date, first_allowed_on: date | None, acted_on: date, *, exempt: bool = False
) -> str:
    """Return "prohibited" or "allowed" for an act on ``acted_on``.

    The whole first day is inside. ``first_allowed_on`` is the first free day; None means that
    the prohibition has no end. ``exempt`` acts (the undisputed part, another real ground) are
    free throughout.
    """
    ended = first_allowed_on is not None and acted_on >= first_allowed_on
    return "allowed" if exempt or ended or acted_on < starts_on else "prohibited"
