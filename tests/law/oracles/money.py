"""Money paid one fen at a time, and days past due ticked off one by one."""

from tests.law.oracles.dates import DAY


def paid_fen_by_fen(paid, charges, principal, *, charges_first):
    """2011 art. 57: hand each fen to the first debt in line that is still open."""
    line = ["charges", "principal"] if charges_first else ["principal", "charges"]
    open_still, got = {"charges": charges, "principal": principal}, {"charges": 0, "principal": 0}
    excess = 0
    for _ in range(paid):
        debt = next((name for name in line if open_still[name]), None)
        if debt is None:
            excess += 1
        else:
            open_still[debt] -= 1
            got[debt] += 1
    return got["principal"], got["charges"], excess


def past_due(due_on, on):
    """Tick off each day after the due date; say how many there were and in which bucket of 30."""
    days, bucket, day = 0, 0, due_on
    while day < on:
        day += DAY
        days += 1
        if days % 30 == 1 and bucket < 7:
            bucket += 1
    return days, f"M{bucket}" + "+" * (bucket == 7)


def filing_day(processed, later, days):
    """The last of so many days after the later start, never past day 540 after processing."""
    day = max(processed, later) if later else processed
    left, age = days, 0
    cursor = processed
    while cursor < day:
        cursor, age = cursor + DAY, age + 1
    while left and age < 540:
        cursor, age, left = cursor + DAY, age + 1, left - 1
    return cursor
