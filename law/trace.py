"""Arithmetic that explains itself: each step is computed and said in one place."""

from __future__ import annotations

from datetime import date, timedelta

from law import calendars, cycles
from law.calendars import Calendar, NoCalendar


class Trace:
    """The steps of one computation, in plain words, and the calendar it counts by."""

    __slots__ = ("_calendar", "started_on", "steps")

    def __init__(self, calendar: Calendar | None = None) -> None:
        self._calendar = calendar
        self.started_on: date | None = None
        self.steps: list[str] = []

    @property
    def calendar(self) -> Calendar:
        """The business-day calendar. Raises NoCalendar when none is named for the case."""
        if self._calendar is None:
            raise NoCalendar
        return self._calendar

    def say(self, step: str) -> None:
        """Add one sentence."""
        self.steps.append(step)

    def start(self, day: date, what: str) -> date:
        """Name the day that starts the clock; that day itself is not counted."""
        self.started_on = day
        self.steps.append(f"{what} {day}")
        return day

    def days(self, start: date, count: int) -> date:
        """Count calendar days forward."""
        end = start + timedelta(count)
        self.steps.append(f"{count} calendar days end on {end}")
        return end

    def days_before(self, start: date, count: int) -> date:
        """Count calendar days back."""
        end = start - timedelta(count)
        self.steps.append(f"{count} calendar days before is {end}")
        return end

    def months(self, start: date, count: int) -> date:
        """Count calendar months; a missing day becomes the month's last."""
        end = calendars.add_months(start, count)
        self.steps.append(f"{count} months end on {end}")
        return end

    def years(self, start: date, count: int) -> date:
        """Count calendar years; 29 February becomes 28 February in a common year."""
        end = calendars.add_years(start, count)
        self.steps.append(f"{count} years end on {end}")
        return end

    def business_days(self, start: date, count: int) -> date:
        """Count business days forward by the case's calendar."""
        end = calendars.add_business_days(self.calendar, start, count)
        self.steps.append(f"{count} business days by {self.calendar.id} end on {end}")
        return end

    def business_days_before(self, start: date, count: int) -> date:
        """Count business days back by the case's calendar."""
        end = calendars.business_days_before(self.calendar, start, count)
        self.steps.append(f"{count} business days by {self.calendar.id} before is {end}")
        return end

    def complete_cycles(self, start: date, closings: tuple[date, ...], count: int) -> date | None:
        """Return the closing date of the n-th complete billing cycle, None beyond the list."""
        end = cycles.complete_cycles_end(start, closings, count)
        if end is not None:
            self.steps.append(f"{count} complete billing cycles end on {end}")
        return end

    def earlier(self, first: date, second: date) -> date:
        """Take the earlier date and say so."""
        end = min(first, second)
        self.steps.append(f"the earlier is {end}")
        return end

    def later(self, first: date, second: date) -> date:
        """Take the later date and say so."""
        end = max(first, second)
        self.steps.append(f"the later is {end}")
        return end
