"""The questions that reasons ask, and the reading of one answer: its type, its limits.

Answers are masked by whoever stores them: nothing here looks for card numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from disputes.words import Words, freeze, frozen, load, table
from kernel.money import Money

TEXT_LIMIT = 2_000  # characters of a free answer; the story has its own, 5,000
POSTING_LIMIT = 64  # characters of a transaction's reference
POSTINGS_LIMIT = 100  # transactions in one answer
MINOR_LIMIT = 10**15  # above this an amount is a slip of the hand, and no database column


@dataclass(frozen=True, eq=False, kw_only=True)
class Question(Words):
    """An answer field: its type, its choices, and the earlier answers that make it apply."""

    type: str
    choices: tuple[Words, ...] = ()
    when: Mapping[str, tuple[str, ...]]
    max_length: int = TEXT_LIMIT


class Wrong(ValueError):
    """An answer that cannot be used: a stable code and what to send instead."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def _enum(question: Question, value: Any) -> str:
    codes = [choice.code for choice in question.choices]
    if not isinstance(value, str) or value not in codes:
        raise Wrong("not_a_choice", _("Give one of: %(codes)s.") % {"codes": ", ".join(codes)})
    return value


def _date(_question: Question, value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        # Python also reads 20261002 and 2026-W40-5; one spelling keeps the rows comparable.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise Wrong("bad_date", _("Give a date as YYYY-MM-DD."))


def _bool(_question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("not_a_bool", _("Give true or false."))
    return value


def _text(question: Question, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("not_a_text", _("Give a text."))
    if len(value) > question.max_length:
        raise Wrong("too_long", _("At most %(n)d characters.") % {"n": question.max_length})
    # NUL cannot be stored by PostgreSQL, a lone surrogate cannot be sent to anybody.
    if "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value):
        raise Wrong("bad_characters", _("The text holds characters that cannot be stored."))
    return value.strip()


def _money(_question: Question, value: Any) -> dict[str, Any]:
    if isinstance(value, Money):
        value = {"minor": value.minor, "currency": value.currency}
    try:
        if not isinstance(value, Mapping) or set(value) != {"minor", "currency"}:
            raise TypeError
        money = Money(value["minor"], value["currency"])
    except (TypeError, ValueError, AttributeError):
        money = None
    if money is None or not 0 <= money.minor < MINOR_LIMIT:
        raise Wrong("bad_money", _('Give {"minor": 1250, "currency": "USD"}, zero or more.'))
    return {"minor": money.minor, "currency": money.currency}


def _posting(_question: Question, value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= POSTING_LIMIT or not value.isprintable():
        raise Wrong("bad_posting", _("Give the reference of one transaction."))
    return value


def _postings(question: Question, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > POSTINGS_LIMIT:
        sentence = _("Give a list of at most %(n)d transaction references.")
        raise Wrong("bad_postings", sentence % {"n": POSTINGS_LIMIT})
    return list(dict.fromkeys(_posting(question, one) for one in value))


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    choices = tuple(Words(**choice) for choice in row.get("choices", ()))
    return frozen(row) | {"choices": choices, "when": freeze(row.get("when", {}))}


QUESTIONS = table(Question, map(_question, load("answers.json")))
_READERS: Mapping[str, Callable[[Question, Any], Any]] = {
    "enum": _enum,
    "date": _date,
    "bool": _bool,
    "text": _text,
    "money": _money,
    "posting": _posting,
    "postings": _postings,
}


def read(question: Question, value: Any) -> Any:
    """Return an answer in the one form that is stored: plain JSON, dates as ISO 8601.

    Nothing ("" and ``None``) reads as ``None``. An empty list is an answer: "none of them".

    Raises:
        Wrong: it is not of the question's type, or beyond its limits.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[question.type](question, value)
