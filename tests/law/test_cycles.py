"""Complete billing cycles, against an oracle that looks at every day of every cycle."""

from datetime import date, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from law.cycles import closings_after, complete_cycles_end

DAY = timedelta(1)
LENGTHS = st.lists(st.integers(10, 95), min_size=3, max_size=9)


def closings_of(first, lengths):
    return tuple(accumulate(lengths, lambda day, length: day + length * DAY, initial=first))


def oracle(received, closings, count, *, from_next_day):
    """Walk day by day; a cycle is complete when each of its days is late enough."""
    first_day = received + DAY if from_next_day else received
    seen, day, started_whole = 0, closings[0] + DAY, True
    while day <= closings[-1]:
        started_whole = started_whole and day >= first_day
        if day in closings:
            seen += started_whole
            if seen == count:
                return day
            started_whole = True
        day += DAY
    return None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), LENGTHS, st.integers(0, 200), st.booleans())
def test_nth_complete_cycle(first, lengths, offset, cautious):
    closings = closings_of(first, lengths)
    received = first + offset * DAY

    found = complete_cycles_end(received, closings, 2, cautious=cautious)

    assert found == oracle(received, closings, 2, from_next_day=not cautious)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), LENGTHS, st.integers(0, 200))
def test_cautious_reading_is_never_later(first, lengths, offset):
    closings = closings_of(first, lengths)
    received = first + offset * DAY

    cautious = complete_cycles_end(received, closings, 2)
    literal = complete_cycles_end(received, closings, 2, cautious=False)

    assert literal is None or cautious <= literal


def test_closings_after_leaves_the_day_itself_out():
    closings = (date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5))

    assert closings_after(date(2026, 2, 5), closings) == (date(2026, 3, 5),)


def test_first_closing_given_has_no_known_beginning():
    closings = (date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15))

    assert complete_cycles_end(date(2026, 1, 16), closings, 2) == date(2026, 4, 15)
