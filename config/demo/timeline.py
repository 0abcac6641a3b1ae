"""Time passes: many cases at once, each step at its instant, the desk's clock in between."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

# What a story yields: days to wait until staff go on, ``home(days)`` until the cardholder does,
# or a date before which nothing may happen.
Wait = Any
Steps = Generator[Wait, None, None]
TICK = timedelta(hours=12)


@dataclass(frozen=True)
class Home:
    """A wait that ends whenever the cardholder likes, also on a Sunday night."""

    days: float


def home(days: float) -> Home:
    """Wait until the cardholder does something."""
    return Home(days)


class Living(Protocol):
    """A case that lives on the timeline: it is told the instant before each of its steps."""

    at: datetime
    zone: ZoneInfo


@dataclass(order=True)
class _Next:
    at: datetime
    place: int
    plan: datetime = field(compare=False)
    case: Living = field(compare=False)
    steps: Steps = field(compare=False)


class Timeline:
    """Plays stories in the order of time until ``now``; what would come later has not happened."""

    def __init__(self, *, now: datetime, chance: Random, tick: Callable[[datetime], None]) -> None:
        self.now, self.chance, self.tick = now, chance, tick
        self._queue: list[_Next] = []
        self._ticked: datetime | None = None

    def add(self, case: Living, steps: Steps, starts: datetime) -> None:
        """Let a story begin at about ``starts``, when its cardholder is awake."""
        at = self._at_home(starts, case.zone)
        heapq.heappush(self._queue, _Next(at, len(self._queue), starts, case, steps))

    def play(self, ended: Callable[[], object] = lambda: None) -> None:
        """Let everything happen; ``ended`` is called whenever a story has no more to tell."""
        while self._queue:
            turn = heapq.heappop(self._queue)
            if turn.at > self.now:
                ended()
                continue
            self._pass_to(turn.at)
            turn.case.at = turn.at
            wait = next(turn.steps, None)
            if wait is None:
                ended()
                continue
            plan, at = self._after(turn, wait)
            heapq.heappush(self._queue, _Next(at, turn.place, plan, turn.case, turn.steps))
        self._pass_to(self.now)

    def _pass_to(self, at: datetime) -> None:
        """Let the desk's own clock do, twice a day, what it does all the time in real life."""
        if self._ticked is None:
            self._ticked = at
        while self._ticked + TICK <= at:
            self._ticked += TICK
            self.tick(self._ticked)

    def _after(self, turn: _Next, wait: Wait) -> tuple[datetime, datetime]:
        """The planned instant, and the one that people's hours make of it.

        Plans do not drift: a weekend moves one step and not all that follow.
        """
        zone, soonest = turn.case.zone, turn.at + timedelta(minutes=self.chance.randint(7, 55))
        if isinstance(wait, Home):
            plan = turn.plan + timedelta(days=wait.days)
            return plan, max(self._at_home(plan, zone), soonest)
        if isinstance(wait, date):
            plan = max(turn.plan, datetime.combine(wait, time(12), zone))
        else:
            plan = turn.plan + timedelta(days=wait)
        return plan, max(self._at_work(plan, zone), soonest)

    def _at_home(self, plan: datetime, zone: ZoneInfo) -> datetime:
        hour, minute = self.chance.randint(7, 22), self.chance.randint(0, 59)
        return datetime.combine(plan.astimezone(zone).date(), time(hour, minute), zone)

    def _at_work(self, plan: datetime, zone: ZoneInfo) -> datetime:
        day = plan.astimezone(zone).date()
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        hour, minute = self.chance.randint(9, 16), self.chance.randint(0, 59)
        return datetime.combine(day, time(hour, minute), zone)
