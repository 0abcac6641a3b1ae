from datetime import date
from decimal import Decimal

import pytest

from triage.figures import find
from triage.reading import read

DAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("扣了568.00元", [("568.00", "CNY")]),
        ("USD 299.00和USD 1.00", [("299.00", "USD"), ("1.00", "USD")]),
        ("US$412.77", [("412.77", "USD")]),
        ("退款1,299元", [("1299.00", "CNY")]),
        ("差8块6", [("8.60", "CNY")]),
        ("本金4.2万,还有1.5万", [("42000.00", ""), ("15000.00", "")]),
        ("欠了三万八,", [("38000.00", "")]),
        ("欠款一万六千多。", [("16000.00", "")]),
        ("两万块", [("20000.00", "CNY")]),
        ("一百零五元", [("105.00", "CNY")]),
        ("86.50 and 86.50", [("86.50", "")]),
        ("31,000 RMB and 1,044", [("31000.00", "CNY"), ("1044.00", "")]),
        ("3% of 12.50%", []),
        ("三月十五 2026 13800138000", []),
        ("１２．５０元", [("12.50", "CNY")]),
    ],
)
def test_money(text, amounts):
    assert find(read(text).text).amounts == tuple((Decimal(a), unit) for a, unit in amounts)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("11月6日", ["2026-11-06"]),
        ("2024年7月10日", ["2024-07-10"]),
        ("10月20号", ["2026-10-20"]),
        ("on 3 Nov and October 5th, 2025", ["2026-11-03", "2025-10-05"]),
        ("2026-11-03, 2026/11/04", ["2026-11-03", "2026-11-04"]),
        ("8月1日要签, 2月30日", ["2026-08-01"]),
        ("2月29日", []),
        ("12月31日", ["2026-12-31"]),
        ("on 13 maybe 44", []),
    ],
)
def test_days(text, dates):
    assert find(read(text).text, DAY).dates == tuple(dates)


def test_a_day_far_ahead_was_last_year():
    assert find("12月31日", date(2026, 1, 20)).dates == ("2025-12-31",)


def test_a_day_without_a_receipt_has_no_year():
    assert find("11月6日").dates == ("--11-06",)


def test_other_figures():
    told = find(read(
        "晚上22点47分,早上6:55,卡尾号4412,[card ••••1111],CMP-2026-000123,逾期47天,分60期"
    ).text)  # fmt: skip

    assert told.times == ("22:47", "06:55")
    assert told.card_last4 == ("4412", "1111")
    assert told.references == ("CMP-2026-000123",)
    assert (told.days_past_due, told.instalments) == (47, 60)


def test_figures_in_english():
    told = find(
        read("18 days late, arrange 24 months, card ending 3326, case D-7KQ4M-19XZ2-4").text
    )

    assert (told.days_past_due, told.instalments) == (18, 24)
    assert told.card_last4 == ("3326",)
    assert told.references == ("D-7KQ4M-19XZ2-4",)
