"""Arithmetic that explains itself: each step is computed and said, in both languages, at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from law import calendars, cycles
from law.calendars import Calendar, NoCalendar


class Step(NamedTuple):
    """One sentence of a computation: English, Simplified Chinese."""

    en: str
    zh: str


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


class Trace:
    """The steps of one computation, in plain words, and the calendar it counts by."""

    __slots__ = ("_calendar", "started_on", "steps")

    def __init__(self, calendar: Calendar | None = None) -> None:
        self._calendar = calendar
        self.started_on: date | None = None
        self.steps: list[Step] = []

    @property
    def calendar(self) -> Calendar:
        """The business-day calendar. Raises NoCalendar when none is named for the case."""
        if self._calendar is None:
            raise NoCalendar
        return self._calendar

    def say(self, en: str, zh: str) -> None:
        """Add one sentence."""
        self.steps.append(Step(en, zh))

    def start(self, day: date, en: str, zh: str) -> date:
        """Name the day that starts the clock; that day itself is not counted."""
        self.started_on = day
        self.steps.append(Step(f"{en} {day}", f"{zh} {day}"))
        return day

    def days(self, start: date, count: int) -> date:
        """Count calendar days forward."""
        end = start + timedelta(count)
        self.say(f"{_many(count, 'calendar day')} end on {end}", f"{count}个自然日于{end}届满")
        return end

    def days_from(self, first: date, count: int) -> date:
        """Count calendar days of which ``first`` is itself day 1."""
        end = first + timedelta(count - 1)
        self.say(
            f"{_many(count, 'calendar day')}, {first} being day 1, end on {end}",
            f"以{first}为第1日，{count}个自然日于{end}届满",
        )
        return end

    def days_before(self, start: date, count: int) -> date:
        """Count calendar days back."""
        end = start - timedelta(count)
        self.say(f"{_many(count, 'calendar day')} before is {end}", f"往前{count}个自然日为{end}")
        return end

    def weeks(self, start: date, count: int) -> date:
        """Count weeks: the same weekday."""
        end = start + timedelta(weeks=count)
        self.say(f"{_many(count, 'week')} end on {end}", f"{count}周于{end}届满")
        return end

    def months(self, start: date, count: int) -> date:
        """Count calendar months; a missing day becomes the month's last."""
        end = calendars.add_months(start, count)
        self.say(f"{_many(count, 'month')} end on {end}", f"{count}个月于{end}届满")
        return end

    def years(self, start: date, count: int) -> date:
        """Count calendar years; 29 February becomes 28 February in a common year."""
        end = calendars.add_years(start, count)
        self.say(f"{_many(count, 'year')} end on {end}", f"{count}年于{end}届满")
        return end

    def business_days(self, start: date, count: int) -> date:
        """Count business days forward by the case's calendar."""
        end = calendars.add_business_days(self.calendar, start, count)
        by = self.calendar.id
        self.say(
            f"{_many(count, 'business day')} by {by} end on {end}",
            f"按日历{by}计算，{count}个工作日于{end}届满",
        )
        return end

    def business_days_before(self, start: date, count: int) -> date:
        """Count business days back by the case's calendar."""
        end = calendars.business_days_before(self.calendar, start, count)
        by = self.calendar.id
        self.say(
            f"{_many(count, 'business day')} by {by} before is {end}",
            f"按日历{by}计算，往前{count}个工作日为{end}",
        )
        return end

    def next_business_day(self, day: date) -> date:
        """Stay on an open day, or move to the next one."""
        end = calendars.next_business_day_on_or_after(self.calendar, day)
        by = self.calendar.id
        self.say(f"the next open day by {by} is {end}", f"按日历{by}，其后首个营业日为{end}")
        return end

    def hours(self, start: datetime, count: int, zone: str) -> datetime:
        """Count elapsed hours, whatever the clocks on the wall do. Returns an instant in UTC."""
        end = start.astimezone(UTC) + timedelta(hours=count)
        local = end.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
        self.say(
            f"{_many(count, 'elapsed hour')} end at {local} in {zone}",
            f"经过{count}小时，于{zone}当地时间{local}届满",
        )
        return end

    def end_of_day(self, day: date, zone: str) -> datetime:
        """Return the instant, in UTC, at which ``day`` is over in ``zone``."""
        end = datetime.combine(day + timedelta(1), time.min, ZoneInfo(zone)).astimezone(UTC)
        self.say(f"{day} ends in {zone} at {end:%Y-%m-%d %H:%M} UTC",
                 f"{zone}的{day}于{end:%Y-%m-%d %H:%M}(UTC)结束")  # fmt: skip
        return end

    def complete_cycles(self, start: date, closings: tuple[date, ...], count: int) -> date | None:
        """Return the closing date of the n-th complete billing cycle, None beyond the list."""
        end = cycles.complete_cycles_end(start, closings, count)
        if end is not None:
            self.say(
                f"{_many(count, 'complete billing cycle')} end on {end}",
                f"{count}个完整账单周期于{end}届满",
            )
        return end

    def earlier(self, first: date, second: date) -> date:
        """Take the earlier date and say so."""
        end = min(first, second)
        self.say(f"the earlier is {end}", f"较早的日期为{end}")
        return end

    def later(self, first: date, second: date) -> date:
        """Take the later date and say so."""
        end = max(first, second)
        self.say(f"the later is {end}", f"较晚的日期为{end}")
        return end
