"""How time passes in the demo: office hours, nothing after now, the clock in between."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from config.demo.timeline import Timeline, home

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


class Case:
    """Remembers when its steps were."""

    def __init__(self):
        self.zone, self.steps = ZONE, []

    def live(self, *waits):
        self.steps.append(self.at)
        for wait in waits:
            yield wait
            self.steps.append(self.at)


def _played(*waits, starts, ticks=None):
    case, past = Case(), Timeline(
        now=NOW, chance=Random(1), tick=(ticks if ticks is not None else []).append
    )  # fmt: skip
    past.add(case, case.live(*waits), starts)
    past.play()
    return case.steps


def test_staff_work_on_weekdays_in_their_hours():
    steps = _played(1, 1, 1, starts=datetime(2026, 3, 5, 20, tzinfo=UTC))

    for step in steps[1:]:
        local = step.astimezone(ZONE)
        assert local.weekday() < 5
        assert 9 <= local.hour <= 17


def test_a_weekend_moves_one_step_and_not_all_that_follow():
    friday = datetime(2026, 3, 6, 15, tzinfo=UTC)

    steps = _played(1, 4, starts=friday)

    days = [step.astimezone(ZONE).date() for step in steps]
    assert days == [date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 11)]


def test_a_cardholder_may_act_on_a_sunday():
    steps = _played(home(2), starts=datetime(2026, 3, 6, 15, tzinfo=UTC))

    assert steps[1].astimezone(ZONE).date() == date(2026, 3, 8)


def test_a_date_is_waited_for():
    steps = _played(date(2026, 3, 17), starts=datetime(2026, 3, 6, 15, tzinfo=UTC))

    assert steps[1].astimezone(ZONE).date() == date(2026, 3, 17)


def test_what_would_come_later_has_not_happened():
    steps = _played(2, 30, starts=datetime(2026, 3, 16, 15, tzinfo=UTC))

    assert len(steps) == 2
    assert steps[-1] < NOW


def test_the_clock_ticks_twice_a_day_up_to_now():
    ticks = []

    _played(starts=NOW - timedelta(days=3), ticks=ticks)

    gaps = {later - sooner for sooner, later in itertools.pairwise(ticks)}
    assert gaps == {timedelta(hours=12)}
    assert NOW - ticks[-1] < timedelta(hours=12)
