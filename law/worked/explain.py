"""One rule on given facts, told step by step: what it is, how it counts, what came out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from law.book import in_force, word
from law.places import Place, places
from law.rule import Due, Rule
from law.trace import Step
from law.worked.answers import WEEKDAYS
from law.worked.case import Worked, place_of, standing
from law.worked.values import plain

LABELS = {
    "citation": "依据", "what": "内容", "state": "状态", "confidence": "可信度",
    "nature": "类别", "in force": "施行期", "place": "地区", "calendar": "日历",
    "time zone": "时区", "note": "说明", "starts": "起算日", "legal date": "法定日期",
    "ends at": "截止时刻", "safe date": "安全日期", "rolled date": "顺延日期",
    "first allowed": "最早可为之日", "never after": "最迟不超过", "other reading": "另一种理解",
    "waits for": "尚缺", "verdict": "结论", "amount (minor units)": "金额（最小货币单位）",
    "found": "其他结果", "binds": "约束对象", "ended by": "终止事项", "version": "规则版本",
}  # fmt: skip
WEEKDAYS_ZH = ("一", "二", "三", "四", "五", "六", "日")
NONE = Step("none", "无")


def lines(case: Worked, language: str) -> Iterator[str]:
    """Yield the explanation of a case's rule line by line, in "en" or "zh".

    Raises:
        MissingFact, BadFact, CalendarMissing, NoCalendar, UnknownCode: what must be given.
    """
    one, due = case.named, case.due
    yield one.id
    yield f"  {one.name_en} · {one.name_zh}"
    yield from _rows(_about(case, language), language)
    yield ""
    for number, step in enumerate(due.trace, 1):
        yield f"  {number}. {_in(step, language)}"
    yield ""
    yield from _rows(_results(due, language), language)
    found = {name: plain(value) for name, value in due.found.items()}
    yield from _rows([("found", f"{name}: {value}") for name, value in found.items()], language)
    yield from _rows(_bound(due, language), language)


def state(one: Rule, language: str) -> str:
    """Say whether the rule is on, and if not, why and how to turn it on."""
    if one.enabled:
        return word("on", language)
    unsure = one.confidence in ("medium", "low")
    why = Step(
        f"off: its confidence is {one.confidence}" if unsure else f"off: it binds the {one.binds}",
        f"停用：可信度为{word(one.confidence, 'zh')}" if unsure
        else f"停用：仅约束{word(one.binds, 'zh')}",
    )  # fmt: skip
    how = Step("; runs when its id is among the rules switched on", "；将其编号列入启用规则后运行")
    return _in(why, language) + _in(how, language)


def _about(case: Worked, language: str) -> Iterator[tuple[str, str]]:
    one, calendar = case.named, case.calendar
    place = places().get(case.facts.jurisdiction)
    yield "citation", one.citation
    yield "what", one.text_zh if language == "zh" else one.text
    yield "nature", f"{word(one.nature, language)} · {word(one.severity, language)}"
    yield "state", state(one, language)
    yield "confidence", word(one.confidence, language)
    yield "version", one.version
    yield "in force", in_force(one)
    yield "place", _name(place, language)
    yield "calendar", calendar.id if calendar else ""
    yield "time zone", case.facts.zone or (place.zone if place else "")
    for said in [*case.notes, *(standing(one, case.facts) if one.enabled else [])]:
        yield "note", _in(said, language)


def _results(due: Due, language: str) -> Iterator[tuple[str, str]]:
    yield "starts", _day(due.starts_on, language)
    yield "legal date", _day(due.due_on, language) or _in(NONE, language)
    yield "ends at", str(plain(due.due_at) or "")
    yield "safe date", _day(due.safe_on, language)
    yield "rolled date", _day(due.rolled_on, language)
    yield "first allowed", _day(due.first_allowed_on, language)
    yield "never after", _day(due.latest_on, language)
    yield "other reading", _day(due.other_reading_on, language)
    yield "waits for", due.waits_for
    yield "verdict", due.verdict
    yield "amount (minor units)", "" if due.amount_minor is None else str(due.amount_minor)


def _bound(due: Due, language: str) -> Iterator[tuple[str, str]]:
    yield "binds", word(due.binds, language)
    yield "ended by", ", ".join(due.ends)


def _rows(pairs: Any, language: str) -> Iterator[str]:
    for label, text in pairs:
        if text:
            shown = LABELS[label] if language == "zh" else label
            yield f"  {shown}：{text}" if language == "zh" else f"  {shown}: {text}"


def _day(day: date | None, language: str) -> str:
    if day is None:
        return ""
    at = day.weekday()
    return f"{day}（星期{WEEKDAYS_ZH[at]}）" if language == "zh" else f"{day} ({WEEKDAYS[at]})"


def _name(place: Place | None, language: str) -> str:
    if place is None:
        return ""
    return place.name_zh if language == "zh" else place.name_en


def _in(step: Step, language: str) -> str:
    return step.zh if language == "zh" else step.en


def default_place(one: Rule) -> str:
    """Return the place whose law the rule is; a rule of everywhere is shown in the first."""
    own = place_of(one)
    return own if own not in ("networks", "house") else "us"
