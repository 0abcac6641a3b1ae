"""Find figures in a reading: money, days, times, the end of a card's number, references. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from triage.suggestion import Facts

_NAMES = {
    "USD": ("usd", "us$", "美元", "美金", "dollars"),
    "HKD": ("hkd", "hk$", "港币", "港元"),
    "EUR": ("eur", "€", "euro", "euros", "欧元"),
    "GBP": ("gbp", "£", "pounds", "英镑"),
    "CNY": ("cny", "rmb", "¥", "yuan", "人民币", "元", "块", "块钱", "元钱"),
    "": ("$",),
}
_CURRENCIES = {name: code for code, names in _NAMES.items() for name in names}
_UNIT = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,2})?"
_HAN_FIGURE = r"[一二两三四五六七八九十百千万零]{2,9}"
_NUMBER = re.compile(rf"(?<![\d.]){_FIGURE}(?![\d]|\.\d)")
_BEFORE = re.compile(r"(?:us\$|hk\$|[$€£¥]|usd|hkd|eur|gbp|cny|rmb|人民币|美元|港币|欧元|英镑)\s?$")
# Looked at first: most numbers have no currency beside them.
_LAST_SIGNS = frozenset("$€£¥drypb币元镑")
_FIRST_SIGNS = frozenset(name[0] for name in _CURRENCIES) | {"万"}
_AFTER = re.compile(rf"\s?(?P<wan>万)?(?P<unit>{_UNIT})?(?P<dime>\d(?!\d))?")
# Without a currency only what is written as money counts: 86.50, 1,044 or 4.2万.
_MONEY = re.compile(r"\d+\.\d\d|[\d,]*,\d{3}(?:\.\d{1,2})?")
_HAN_AMOUNT = re.compile(rf"{_HAN_FIGURE}(?=多?(?:元|块|,|。|!|$))")
_HAN_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_PLACE = {"十": 10, "百": 100, "千": 1000}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAYS = (
    re.compile(r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m>{_MONTH})(?:\s(?P<y>20\d\d))?(?![a-z])"
    ),
    re.compile(
        rf"(?<![a-z])(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>20\d\d))?(?!\d)"
    ),
)
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3])(?::|点)([0-5]\d)(?![\d:])")
_LAST_FOUR = re.compile(
    r"(?:尾号(?:是|为)?|后四位(?:是|为)?|ending(?: in| with)?|••••)\s?(\d{4})(?!\d)"
)
_REFERENCE = re.compile(r"(?<![a-z0-9-])[a-z]{1,4}(?:-[a-z0-9]{1,10}){1,3}-?\d+(?![a-z0-9])")
_INSTALMENTS = re.compile(
    r"(\d{1,3})期|(?:over|in|for|arrange|through)\s(\d{1,3})\s(?:monthly\s)?(?:months|instal)"
)
_LATE = re.compile(
    r"逾期(?:了)?(\d{1,4})天|(\d{1,4}) days (?:late|overdue|past due|behind|in arrears)"
)


def find(reading: str, received_on: date | None = None) -> Facts:
    """All figures of a reading, each once, in order. A day without a year is put near receipt."""
    return Facts(
        amounts=_amounts(reading),
        dates=_once(_days(reading, received_on)),
        times=_once(f"{int(hour):02}:{minute}" for hour, minute in _TIME.findall(reading)),
        card_last4=_once(_LAST_FOUR.findall(reading)),
        references=_once(match[0].upper() for match in _REFERENCE.finditer(reading)),
        instalments=_first(_INSTALMENTS, reading),
        days_past_due=_first(_LATE, reading),
    )


def _amounts(reading: str) -> tuple[tuple[Decimal, str], ...]:
    found: dict[int, tuple[Decimal, str]] = {}
    for match in _NUMBER.finditer(reading):
        start, end = match.span()
        ahead, behind = reading[max(0, start - 5) : start], reading[end : end + 2].lstrip()
        before = _BEFORE.search(ahead) if ahead.rstrip()[-1:] in _LAST_SIGNS else None
        after = _AFTER.match(reading, end) if behind[:1] in _FIRST_SIGNS else None
        wan, unit, dime = after.group("wan", "unit", "dime") if after else (None, None, None)
        named = unit or (before[0].strip() if before else "")
        if named or wan or (_MONEY.fullmatch(match[0]) and reading[end : end + 1] != "%"):
            value = Decimal(match[0].replace(",", "")) * (10_000 if wan else 1)
            value += Decimal(dime) / 10 if unit and dime else 0
            found[start] = value.quantize(Decimal("0.01")), _CURRENCIES.get(named, "")
    for match in _HAN_AMOUNT.finditer(reading):
        whole = _han(match[0])
        if whole is not None:
            unit = "CNY" if reading[match.end() : match.end() + 2].strip("多")[:1] in "元块" else ""
            found[match.start()] = whole.quantize(Decimal("0.01")), unit
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def _han(words: str) -> Decimal | None:
    """三万八 is 38,000 and 一万六千 16,000; None for what holds no place of ten."""
    total = part = digit = 0
    last = 1
    for char in words:
        if char in _HAN_DIGIT:
            digit = _HAN_DIGIT[char]
        elif char in _HAN_PLACE:
            last = _HAN_PLACE[char]
            part, digit = part + (digit or 1) * last, 0
        else:
            last = 10_000
            total, part, digit = total + (part + digit) * last, 0, 0
    if last == 1:
        return None
    short = digit * last // 10 if digit and last >= 100 and words[-2] in "百千万" else digit
    return Decimal(total + part + short)


def _days(reading: str, received_on: date | None) -> list[str]:
    marks = "月" in reading, "20" in reading, *[any(map(reading.__contains__, _MONTHS))] * 2
    written = dict.fromkeys(
        (match.start(), match["y"], match["m"], match["d"])
        for shape, mark in zip(_DAYS, marks, strict=True)
        if mark
        for match in shape.finditer(reading)
    )
    days = {}
    for _place, year, month, day in sorted(written, key=lambda one: one[0]):
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
        days[_day(year, number, int(day), received_on)] = True
    return [day for day in days if day]


def _day(year: str | None, month: int, day: int, received_on: date | None) -> str:
    """ISO; ``--11-06`` without a year to go by; nothing for a day that does not exist."""
    try:
        if year is None and received_on is None:
            return f"--{date(2000, month, day):%m-%d}"
        if year is not None:
            return date(int(year), month, day).isoformat()
        near = date(received_on.year, month, day) if received_on else date(2000, month, day)
    except ValueError:
        return ""
    if received_on and near > received_on + timedelta(days=180) and (month, day) != (2, 29):
        near = near.replace(year=near.year - 1)
    return near.isoformat()


def _first(shape: re.Pattern[str], reading: str) -> int | None:
    match = shape.search(reading)
    return int(match[1] or match[2]) if match else None


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
