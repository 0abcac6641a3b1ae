"""Mask what must never be stored in free text, before it is stored.

Card numbers, identity numbers and IBANs keep their last four characters, so that a reader still
knows which one is meant; a telephone number keeps its first three and last four; security codes,
one-time codes, passwords and a card's expiry go entirely. Names, amounts, dates and references
stay: the desk needs them, and it has the telephone number on file.
Masking twice changes nothing, and the cost is linear in the length of the text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from accounts import card_numbers, identity_numbers, phone_numbers, secret_codes
from accounts.plain_text import plain

_CARD_MARK = "[card ••••"
_REMOVED = "[removed]"
# A number glued to another shows only when that one is masked. Two passes do for all that people
# write; the limit keeps the cost linear for whoever tries.
_PASSES = 8


@dataclass(frozen=True)
class Redacted:
    """A text that may be stored, and the kinds of what was masked in it, as they were found."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str) -> Redacted:
    """Mask ``text``. Kinds: ``card``, ``id``, ``iban``, ``phone``, ``code``, ``expiry``."""
    kinds: list[str] = []
    for _pass in range(_PASSES):
        text, found = _redact_once(text)
        if not found:
            break
        kinds += found
    return Redacted(text, tuple(kinds))


def mask(text: str) -> str:
    """Return ``text`` as it may be stored."""
    return redact(text).text


def holds_card_number(text: str, *, issued_only: bool = False) -> bool:
    """Is there a full card number in ``text``?

    ``issued_only`` asks for a prefix and length that a network issues: among an issuer's own
    numeric references one in ten passes Luhn's check by chance.
    """
    if sum(map(str.isnumeric, text)) < 13:
        return False
    seen = plain(text).text
    spans = card_numbers.find(seen)
    if not issued_only:
        return bool(spans)
    return any(card_numbers.issued(_alone(seen[start:end])) for start, end in spans)


def _redact_once(text: str) -> tuple[str, list[str]]:
    seen = plain(text)
    kept: list[str] = []
    kinds: list[str] = []
    done = 0
    for found in _apart(_findings(seen.text)):
        head, tail = seen.span(found.start, found.end)
        kept += [text[done:head], found.mark]
        kinds.append(found.kind)
        done = tail
    return "".join([*kept, text[done:]]), kinds


@dataclass(frozen=True)
class _Found:
    """What stands at plain[start:end], how sure we are (low is sure), and what takes its place."""

    kind: str
    start: int
    end: int
    rank: int
    mark: str


def _findings(text: str) -> Iterator[_Found]:
    """Yield everything that must be masked; spans may overlap, the surer ones come first."""
    cards = card_numbers.find(text)
    sources = [
        identity_numbers.find(text),
        (("card", start, end) for start, end in cards),
        secret_codes.find(text),
        (("phone", start, end) for start, end in phone_numbers.find(text)),
        secret_codes.find_expiries(text) if cards or _CARD_MARK in text else (),
    ]
    for rank, (kind, start, end) in enumerate(itertools.chain.from_iterable(sources)):
        yield _Found(kind, start, end, rank, _mark(kind, text[start:end]))


def _apart(findings: Iterable[_Found]) -> list[_Found]:
    """Put findings into reading order; where some overlap, mask all of it as the surest one.

    Dropping the less sure would leave the end of a number standing.
    """
    apart: list[_Found] = []
    for found in sorted(findings, key=lambda found: (found.start, found.rank)):
        if apart and found.start < apart[-1].end:
            last = apart.pop()
            surer = min(last, found, key=lambda each: each.rank)
            found = replace(surer, start=last.start, end=max(last.end, found.end))  # noqa: PLW2901 - the union takes both places
        apart.append(found)
    return apart


def _mark(kind: str, found: str) -> str:
    """What takes the place of ``found``."""
    if kind in {"code", "expiry"}:
        return _REMOVED
    if kind == "phone":
        return f"[phone {_alone(found)[:3]}••••{_alone(found)[-4:]}]"
    return f"[{kind} ••••{_alone(found)[-4:]}]"


def _alone(found: str) -> str:
    """Letters and digits only."""
    return "".join(filter(str.isalnum, found))
