"""Plain JSON in, dates and minor units out; and whether an answer equals what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any


def read(value: Any) -> Any:
    """Turn ISO dates into dates and instants, lists into tuples; leave the rest."""
    if isinstance(value, Mapping):
        return {name: read(one) for name, one in value.items()}
    if isinstance(value, list):
        return tuple(read(one) for one in value)
    if isinstance(value, str) and value[:1].isdigit():
        return _day(value)
    return value


def _day(value: str) -> date | str:
    for reader in (date.fromisoformat, datetime.fromisoformat):
        try:
            return reader(value) if "-" in value else value  # "20260302" may be an account
        except ValueError:
            continue
    return value


def minor(value: Any) -> Any:
    """Turn a decimal string of a currency with cents into minor units; leave the rest.

    Raises:
        ValueError: it has a fraction of a cent.
    """
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return value
    amount = number(value)
    if amount is None:
        return value
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{value} has a fraction of a cent")
    return int(cents)


def number(value: Any) -> Decimal | None:
    """Read a decimal number, None for what is none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def same(expected: Any, found: Any) -> bool:
    """Say whether an answer is what was expected, in value and in kind."""
    if isinstance(found, Decimal):
        return not isinstance(expected, bool) and number(expected) == found
    if isinstance(found, datetime) and found.utcoffset() is not None:
        return _instant(expected) == found
    if isinstance(expected, list) and isinstance(found, Sequence) and not isinstance(found, str):
        pairs = zip(expected, found, strict=False)
        return len(expected) == len(found) and all(same(*pair) for pair in pairs)
    shown = plain(found)
    return type(shown) is type(expected) and bool(shown == expected)


def _instant(expected: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(expected)
    except (TypeError, ValueError):
        return None


def plain(value: Any) -> Any:
    """Return an answer as JSON would have it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):  # an instant is a date to isinstance
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value
