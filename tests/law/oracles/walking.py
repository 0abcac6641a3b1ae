"""Counting one day at a time: business days, months, weeks, billing cycles."""

from tests.law.oracles.dates import DAY


def nth_open(closed, day, count, step=DAY):
    """The count-th open day after (or, with a step back, before) ``day``."""
    while count > 0:
        day = day + step
        if not closed(day):
            count = count - 1
    return day


def nearest_open(closed, day, step=DAY):
    """The day itself when it is open, else the first open one in the direction of ``step``."""
    while closed(day):
        day = day + step
    return day


def months_on(day, count):
    """Walk into the count-th next month and stop on the same day, else on its last."""
    wanted, crossed = day.day, 0
    while crossed < count:
        before, day = day, day + DAY
        crossed += before.month != day.month
    while day.day < wanted and (day + DAY).month == day.month:
        day = day + DAY
    return day


def weeks_on(day, count):
    """Walk until the same weekday has come round count times."""
    weekday = day.weekday()
    while count:
        day = day + DAY
        count -= day.weekday() == weekday
    return day


def days_on(day, count):
    """Tick off ``count`` days, the first of them the day after."""
    for _ in range(count):
        day = day + DAY
    return day


def whole_cycles(received, closings, count, *, from_next_day):
    """The end of the count-th cycle each of whose days is late enough, None beyond the list."""
    earliest = received + DAY if from_next_day else received
    day, whole, seen = closings[0] + DAY, True, 0
    while day <= closings[-1]:
        whole = whole and day >= earliest
        if day in closings:
            seen = seen + 1 if whole else seen
            if seen == count and whole:
                return day
            whole = True
        day = day + DAY
    return None


def resolution(received, closings):
    """12 CFR 1026.13(c)(2): the 90th day, or earlier the end of the second whole cycle."""
    ninetieth = days_on(received, 90)
    two = whole_cycles(received, closings, 2, from_next_day=False)
    return ninetieth if two is None or two > ninetieth else two
