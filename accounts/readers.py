"""Read one value of a fact, from a file or from JSON, or refuse it by the field's name.

A refusal never repeats the value: a card number in the wrong column must not reach a screen, a
log or an answer.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts import currencies
from accounts.redaction import holds_card_number
from kernel.errors import Unfit

Reader = Callable[[str, Any], Any]

# Above every balance of a card in any currency, and below a card number of fourteen digits.
_LARGEST_MINOR = 10**13
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_DIALLED = re.compile(r"\d(?:\D{0,5}\d){0,13}\D*", re.ASCII)


def refuse_card_number(field: str, value: Any, *, reference: bool) -> None:
    """Refuse a full card number, wherever it turns up.

    Among an issuer's own references only numbers that a network would issue count: one in ten
    of any long numbers passes Luhn's check. A telephone number has at most fourteen digits here.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return
    written = str(value)
    if field == "phone" and _DIALLED.fullmatch(written.lstrip("+( ")):
        return
    if holds_card_number(written, issued_only=reference):
        raise Unfit(
            "card_number_refused",
            _("%(field)s holds a full card number. Send a token and the last four digits instead.")
            % {"field": field},
            field=field,
        )


def text(longest: int) -> Reader:
    """Any text up to ``longest`` characters; blanks around it go."""

    def read(field: str, value: Any) -> str:
        if not isinstance(value, str):
            raise _unfit("not_text", _("%(field)s must be text."), field)
        if "\0" in value:
            raise _unfit("nul_refused", _("%(field)s holds a NUL byte."), field)
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise _unfit("not_text", _("%(field)s holds half a character."), field)
        tidy = value.strip()
        if len(tidy) > longest:
            sentence = _("%(field)s is too long: at most %(longest)s characters.")
            raise Unfit("too_long", sentence % {"field": field, "longest": longest}, field=field)
        return tidy

    return read


def shape(pattern: str, code: str, sentence: str) -> Reader:
    """Text of exactly this shape."""
    wanted = re.compile(pattern, re.ASCII)
    as_text = text(40)

    def read(field: str, value: Any) -> str:
        tidy: str = as_text(field, value)
        if not wanted.fullmatch(tidy):
            raise _unfit(code, _(sentence), field)
        return tidy

    return read


def one_of(words: list[str]) -> Reader:
    """One word of a closed list."""
    as_text = text(40)

    def read(field: str, value: Any) -> str:
        word: str = as_text(field, value)
        if word not in words:
            sentence = _("%(field)s must be one of: %(words)s.")
            values = {"field": field, "words": ", ".join(words)}
            raise Unfit(f"{field}_unknown", sentence % values, field=field)
        return word

    return read


def zone(field: str, value: Any) -> str:
    """A name of the IANA time zone database."""
    name: str = text(64)(field, value)
    if name not in zoneinfo.available_timezones():
        raise _unfit("time_zone_unknown", _("%(field)s is no IANA time zone."), field)
    return name


def currency(field: str, value: Any) -> str:
    """An active code of ISO 4217."""
    code: str = text(40)(field, value)
    if code not in currencies.CODES:
        raise _unfit("currency_unknown", _("%(field)s is no ISO 4217 currency code."), field)
    return code


def email(field: str, value: Any) -> str:
    """An address as the mail room can use it."""
    address: str = text(254)(field, value)
    try:
        validate_email(address)
    except ValidationError:
        raise _unfit("email_unfit", _("%(field)s is no e-mail address."), field) from None
    return address


def whole(least: int, most: int, code: str, sentence: str) -> Reader:
    """A whole number within bounds; no fraction, no exponent, not even ``12.0``."""

    def read(field: str, value: Any) -> int:
        if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            value = int(value)
        if type(value) is not int or not least <= value <= most:
            raise _unfit(code, _(sentence), field)
        return value

    return read


def day(field: str, value: Any) -> date:
    """A date, written 2026-03-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise _unfit("date_unfit", _("%(field)s must be a date such as 2026-03-31."), field)


def flag(field: str, value: Any) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _FLAGS:
        return _FLAGS[value.strip().lower()]
    raise _unfit("flag_unfit", _("%(field)s must be true or false."), field)


def minor(field: str, value: Any) -> int:
    """An amount in minor units, above or below zero."""
    sentence = "%(field)s must be a whole number of minor units (cents, fen, yen)."
    bounded = whole(-_LARGEST_MINOR, _LARGEST_MINOR, "amount_unfit", sentence)
    amount: int = bounded(field, value)
    return amount


def _unfit(code: str, sentence: str, field: str) -> Unfit:
    return Unfit(code, sentence % {"field": field}, field=field)
