"""Calls counted by laying every window over the calendar."""

from collections import Counter

from tests.law.oracles.dates import DAY


def most_in_seven_days(calls):
    """12 CFR 1006.14(b)(2)(i)(A): try each seven days in a row from the first call to the last."""
    day, most = min(calls), 0
    while day <= max(calls):
        window = [day + n * DAY for n in range(7)]
        most = max(most, sum(1 for call in calls if call in window))
        day += DAY
    return most


def most_around(calls, asked):
    """Place one more call and try each seven days in a row that hold it."""
    placed, most = [*calls, asked], 0
    for back in range(7):
        window = [asked + (n - back) * DAY for n in range(7)]
        most = max(most, sum(1 for call in placed if call in window))
    return most


def answered_that_day(log, day, wall_date):
    """GB/T 45251-2025: answered calls to the debtor on one calendar day, whatever the number."""
    return len([one for one in log if one["answered"] and wall_date(one["at"]) == day])


def unanswered_that_day(log, day, number, wall_date):
    """协会 2026 guideline: attempts on one number on one calendar day that nobody took."""
    tally = Counter((one["number"], wall_date(one["at"])) for one in log if not one["answered"])
    return tally[number, day]
