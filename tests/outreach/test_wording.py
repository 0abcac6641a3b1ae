from __future__ import annotations

from datetime import date

import pytest

from kernel.money import Money
from outreach import wording


@pytest.mark.parametrize(
    ("language", "words"), [("en", "2 March 2026"), ("zh-hans", "2026年3月2日")]
)
def test_day(language, words):
    assert wording.day(date(2026, 3, 2), language) == words


@pytest.mark.parametrize(
    ("minor", "currency", "english", "chinese"),
    [
        (123_450, "USD", "$1,234.50", "1,234.50美元"),
        (123_450, "CNY", "¥1,234.50", "人民币1,234.50元"),
        (900, "JPY", "JP¥900", "900日元"),
        (1_250, "KWD", "KWD 1.250", "KWD 1.250"),
        (-500, "EUR", "-€5.00", "-5.00欧元"),
    ],
)
def test_money(minor, currency, english, chinese):
    amount = Money(minor, currency)

    assert wording.money(amount, "en") == english
    assert wording.money(amount, "zh-hans") == chinese


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("one\r\n# two\ttabs  and\u2028lines", "one # two tabs and lines"),
        ("nul\x00bell\x07", "nul bell"),
        ("turned \u202eback\u202c", "turned back"),
        ("zero\u200bwidth", "zerowidth"),
        ("half \ud83d pair", "half pair"),
        ("👩\u200d👧 stay together", "👩\u200d👧 stay together"),
        ("مطعم 12", "\u2068مطعم 12\u2069"),
        ("{{ 7*7 }} </html> #x $y$", "{{ 7*7 }} </html> #x $y$"),
    ],
)
def test_clean(text, cleaned):
    assert wording.clean({"a": [text], "b": 1}) == {"a": [cleaned], "b": 1}


def test_lines_drop_empty_ones():
    assert wording.lines("one\n\n  \ntwo\r\n") == ["one", "two"]
