"""Plain JSON against what the engine found: equal in value and in kind, never by accident."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from law.worked.values import minor, plain, read, same


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("50.00", Decimal(50)),
        (300, Decimal(300)),
        ("2026-10-04T00:00:00Z", datetime(2026, 10, 4, tzinfo=UTC)),
        ("2026-10-04T08:00:00+08:00", datetime(2026, 10, 4, tzinfo=UTC)),
        ("2026-10-04T11:00:00", datetime(2026, 10, 4, 11)),  # noqa: DTZ001 a local time
        (["07:30"], (time(7, 30),)),
        (None, None),
        ([], ()),
    ],
)
def test_same(expected, found):
    assert same(expected, found)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (1, True),
        (True, 1),
        (True, Decimal(1)),
        ("2026-03-02", None),
        ("50.01", Decimal(50)),
        (["a"], ("a", "b")),
        ("soon", datetime(2026, 10, 4, tzinfo=UTC)),
        ("2026-03-02", "2026-03-03"),
    ],
)
def test_not_the_same(expected, found):
    assert not same(expected, found)


def test_reading_leaves_what_is_no_date():
    given = {"on": "2026-03-02", "daily": "0.0006", "number": "138****8000", "n": [1, "x"]}

    assert read(given) == {
        "on": date(2026, 3, 2), "daily": "0.0006", "number": "138****8000", "n": (1, "x"),
    }  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), [("10.01", 1001), ("500", 50000), (7, 700)])
def test_money_becomes_minor_units(text, amount):
    assert minor(text) == amount


def test_fraction_of_a_cent_is_refused():
    with pytest.raises(ValueError, match=r"1\.005 has a fraction of a cent"):
        minor("1.005")


def test_plain_is_json():
    found = {"at": datetime(2026, 10, 4, tzinfo=UTC), "days": (date(2026, 1, 1),)}

    assert plain(found) == {"at": "2026-10-04T00:00:00Z", "days": ["2026-01-01"]}
