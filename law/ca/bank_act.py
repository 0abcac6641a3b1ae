"""Bank Act, section 627.43: complaints to a federally regulated bank."""

from __future__ import annotations

from datetime import date, timedelta

from law.calendars import Calendar, CalendarMissing, NoCalendar
from law.complaints import ANSWERED, RECEIVED
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

SATURDAY, SUNDAY = 5, 6
FIXED = {(1, 1), (7, 1), (12, 25)}  # holidays on their own day, also on a Saturday


def _is_holiday(calendar: Calendar, day: date) -> bool:
    """Interpretation Act s.35: Sundays and listed holidays; a Saturday as such is none.

    The calendar's closed weekdays stand for the Act's list.
    """
    if day.weekday() == SATURDAY:
        return (day.month, day.day) in FIXED
    return day.weekday() == SUNDAY or day not in calendar.year(day.year)


def next_juridical_day(calendar: Calendar, day: date) -> date:
    """Return ``day``, or the next that is no holiday. Raises CalendarMissing."""
    while _is_holiday(calendar, day):
        day += timedelta(1)
    return day


def respond(facts: Facts, trace: Trace) -> Term:
    """s.627.43(1)(a): 56 days from the first receipt at any level of the bank.

    Interpretation Act s.26 may carry a last day on a holiday to the next day that is none: shown
    beside the date and not relied on.
    """
    last = trace.days(
        trace.start(facts.first_day(*RECEIVED), "complaint first received", "首次收到投诉"), 56
    )
    raised = facts.day_or_none("escalated_on")
    if raised is not None:
        trace.say(f"raised to the next level on {raised}: nothing starts anew",
                  f"于{raised}升级处理：期限不重新计算")  # fmt: skip
    try:
        reading = next_juridical_day(trace.calendar, last)
    except (NoCalendar, CalendarMissing):
        return Term(last)
    found = {"interpretation_act_reading": reading}
    if reading == last:
        return Term(last, found=found)
    trace.say(f"Interpretation Act s.26 would give {reading}", f"按《解释法》第26条则为{reading}")
    return Term(last, other_reading_on=reading, found=found)


RULES = (
    Rule(
        id="CA-BANKACT-56D", key="respond", severity="statutory", confidence="certain",
        kinds=("complaint",), starts="received", or_starts=("notice_received",), due=respond,
        citation="Bank Act s.627.43(1)(a)", in_force=(date(2022, 6, 30), None),
        ends=ANSWERED, warn_before_days=(14, 7, 2),
        name_en="Deal with the complaint in 56 days", name_zh="五十六日内处理投诉",
        text="A complaint is dealt with within 56 days of its first receipt, at any level, by a "
        "written position with reasons and the way to the external body. Raising it inside the "
        "bank restarts nothing.",
        text_zh="自银行任何层级首次收到投诉之日起56日内，须书面答复，"
        "说明理由并告知外部投诉机构；内部升级不重新计算期限。",
    ),
)  # fmt: skip
