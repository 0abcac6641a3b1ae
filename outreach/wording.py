"""Words as a letter may hold them: dates and money by language, and foreign text made harmless."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from kernel.money import Money, digits

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# How a Chinese letter names a currency. What is not here stands as its ISO code.
_CHINESE = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元",
    "MOP": "澳门元", "TWD": "新台币", "KRW": "韩元", "SGD": "新加坡元", "AUD": "澳元",
    "CAD": "加元", "NZD": "新西兰元", "CHF": "瑞士法郎", "THB": "泰铢",
    "INR": "印度卢比", "RUB": "俄罗斯卢布",
}  # fmt: skip
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def chinese(language: str) -> bool:
    """Say whether ``language`` ("zh-hans") is written without spaces."""
    return language.startswith("zh")


def day(on: date, language: str) -> str:
    """Write a date: ``2 March 2026``, ``2026年3月2日``."""
    if chinese(language):
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def money(amount: Money, language: str) -> str:
    """Write an amount: ``$1,234.50``, ``1,234.50美元``, ``人民币1,234.50元``."""
    if not chinese(language) or amount.currency not in _CHINESE:
        return str(amount)
    places = digits(amount.currency)
    major = Decimal(amount.minor).scaleb(-places)
    prefix = "人民币" if amount.currency == "CNY" else ""
    return f"{prefix}{major:,.{places}f}{_CHINESE[amount.currency]}"


def clean(value: Any) -> Any:
    """Make every text in ``value`` one line that cannot leave its place in a letter.

    White space and control characters become single spaces, so that no text begins a line of its
    own; characters that steer the direction of writing go; a text that runs from right to left
    is isolated, so that it cannot turn the words around it.
    """
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, dict):
        return {key: clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return value


def lines(text: str) -> list[str]:
    """The lines of a longer text that are not empty, for a quotation."""
    return [line for line in text.splitlines() if line.strip()]


def _line(text: str) -> str:
    kept = "".join(_character(char) for char in text)
    line = " ".join(kept.split())
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in line):
        return f"{_ISOLATE}{line}{_END_ISOLATE}"
    return line


def _character(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    # Cs: half of a pair, which no encoding can write. Cf: unseen, but zero-width joiners hold
    # the letters of some scripts and the people of some emoji together.
    if category == "Cs" or (category == "Cf" and char not in "\u200c\u200d"):
        return ""
    return char
