"""Money: whole minor units of one currency, told in the currency's own digits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money, digits, parse

minors = st.integers(-(2**63), 2**63 - 1)
currencies = st.sampled_from(["USD", "CNY", "JPY", "KWD", "CHF"])


@pytest.mark.parametrize(
    ("money", "told"),
    [
        (Money(123_450, "USD"), "$1,234.50"),
        (Money(5, "USD"), "$0.05"),
        (Money(0, "USD"), "$0.00"),
        (Money(-123_450, "GBP"), "-£1,234.50"),
        (Money(900, "JPY"), "JP¥900"),
        (Money(1_234_567, "JPY"), "JP¥1,234,567"),
        (Money(1_250, "KWD"), "KWD 1.250"),
        (Money(1, "KWD"), "KWD 0.001"),
        (Money(350_000, "CNY"), "¥3,500.00"),
        (Money(100, "CHF"), "CHF 1.00"),
        (Money(9_223_372_036_854_775_807, "EUR"), "€92,233,720,368,547,758.07"),
    ],
)
def test_an_amount_is_told_in_its_currency(money: Money, told: str):
    assert str(money) == told


@pytest.mark.parametrize("minor", [True, False, 1.0, "1", None])
def test_only_whole_numbers_are_money(minor: Any):
    with pytest.raises(TypeError):
        Money(minor, "USD")


@pytest.mark.parametrize("currency", ["", "US", "usd", "USDX", "U5D", "ÜSD", "US "])
def test_only_a_currency_code_names_a_currency(currency: str):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, currency)


def test_amounts_of_one_currency_add_up():
    assert Money(150, "USD") + Money(-50, "USD") == Money(100, "USD")
    assert Money(150, "USD") - Money(200, "USD") == Money(-50, "USD")
    assert -Money(5, "JPY") == Money(-5, "JPY")
    assert Money(1, "USD") < Money(2, "USD")
    assert Money(2, "USD") > Money(1, "USD")
    assert Money(2, "USD") <= Money(2, "USD")
    assert (bool(Money(0, "USD")), bool(Money(-1, "USD"))) == (False, True)


@pytest.mark.parametrize(
    "mixed",
    [
        lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b,
        lambda a, b: a > b,
    ],
)  # fmt: skip
def test_two_currencies_never_mix(mixed: Any):
    with pytest.raises(ValueError, match=r"USD and EUR do not mix|EUR and USD do not mix"):
        mixed(Money(1, "USD"), Money(1, "EUR"))


def test_the_same_number_in_another_currency_is_another_amount():
    assert Money(100, "USD") != Money(100, "EUR")


@pytest.mark.parametrize("places", [("USD", 2), ("JPY", 0), ("KWD", 3), ("XAF", 0), ("TND", 3)])
def test_digits_of_a_currency(places: tuple[str, int]):
    assert digits(places[0]) == places[1]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "USD", 1_250), ("12.5", "USD", 1_250), ("12", "USD", 1_200),
        (" 1,234.50 ", "USD", 123_450), ("1,234,567", "JPY", 1_234_567), ("-3.01", "EUR", -301),
        ("1.250", "KWD", 1_250), ("0.001", "KWD", 1), ("12.500", "USD", 1_250),
        ("900.0", "JPY", 900),
        ("999999999999999.99", "USD", 99_999_999_999_999_999),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly(text: str, currency: str, minor: int):
    assert parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    ["", "twelve", "1.2.3", "NaN", "Infinity", "1e3", "1e999999999", "12,50", "1,23", "1_000",
     "١٢", "--1", "$5", ".5", "5.", "1" * 16],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError, match="is not an amount"):
        parse(text, "USD")


@pytest.mark.parametrize(
    ("text", "currency"), [("0.001", "USD"), ("1.5", "JPY"), ("1.2345", "KWD")]
)
def test_finer_than_the_smallest_unit_is_refused(text: str, currency: str):
    with pytest.raises(ValueError, match="finer than the smallest unit"):
        parse(text, currency)


@given(minors, minors, currencies)
def test_adding_and_taking_away_loses_nothing(one: int, two: int, currency: str):
    assert Money(one, currency) + Money(two, currency) - Money(two, currency) == Money(
        one, currency
    )


@given(st.integers(-(10**15) + 1, 10**15 - 1), currencies)
def test_what_is_told_can_be_read_again(minor: int, currency: str):
    told = str(Money(minor, currency))
    bare = "".join(char for char in told if char in "-0123456789.,")

    assert parse(bare, currency) == Money(minor, currency)
