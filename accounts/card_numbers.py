"""Find card numbers in plain text, however they are grouped. Pure, and linear in the length.

A card number is 13 to 19 digits that pass Luhn's check. Written in one piece, or in the groups
that are printed on cards, every such number counts. Groups of other sizes count only with one
kind of separator throughout and a prefix and length that a network issues: without that, one in
ten rows of a table of dates or amounts would be taken for a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORTEST, _LONGEST = 13, 19
_BLOCK = re.compile(r"[0-9]+")
_GAP_LIMIT = 5
# What may stand between two groups of one number. The last kind divides more often than it
# joins (a list, a new line), so it joins only groups of the printed sizes.
_GAPS = {
    "space": re.compile(r"[^\S\r\n]+"),
    "dash": re.compile(r"\s*[-‐‑‒–—―−﹣]+\s*"),
    "dot": re.compile(r"\s*[.·‧∙・]+\s*"),
    "other": re.compile(r"\s*[,、/\\_|:;*+~]+\s*|\s+"),
}
# As printed on cards: fours, American Express and Diners, and UnionPay's six and thirteen.
_LAYOUT = re.compile(r"4 4 4 4( [123])?|4 6 [45]|6 13")
_ISSUED = re.compile(
    r"4(\d{12}|\d{15}|\d{18})|"  # Visa
    r"5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|"  # Mastercard
    r"3[47]\d{13}|3(0|[68-9])\d{12,17}|35\d{14,17}|"  # American Express, Diners, JCB
    r"6[0-9]\d{11,17}|5[06-9]\d{11,17}|"  # UnionPay, Discover, RuPay, Maestro, Elo
    r"81\d{14,17}|220[0-4]\d{12,15}|9792\d{12}"  # UnionPay, Mir, Troy
)
# Fourteen digits that are a second of the last or this century, perhaps with milliseconds.
_INSTANT = re.compile(
    r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d(\d{3})?"
)


@dataclass(frozen=True)
class _Run:
    """Blocks of digits that nothing but gaps divides.

    Block ``i`` is ``digits[starts[i]:starts[i + 1]]`` and begins at ``places[i]`` of the text;
    ``gaps[i]`` is the kind of gap behind it.
    """

    digits: str
    starts: list[int]
    places: list[int]
    gaps: list[str]


def find(text: str) -> list[tuple[int, int]]:
    """Return the spans of card numbers in plain ``text``, in order, apart from each other.

    Where one reading overlaps another, the span covers both: which of them is the card cannot
    be known, so neither may stay.
    """
    spans: list[tuple[int, int]] = []
    for run in _runs(text):
        for start, end in _readings(run, text):
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return spans


def issued(digits: str) -> bool:
    """Would a network issue this number? Prefix and length only; Luhn is not looked at."""
    return _ISSUED.fullmatch(digits) is not None


def _runs(text: str) -> Iterator[_Run]:
    """Divide the text's digits into runs; one too short for a card is left out."""
    run = _Run("", [0], [], [])
    pieces: list[str] = []
    end = 0
    for block in _BLOCK.finditer(text):
        gap = _kind(text[end : block.start()]) if pieces else ""
        if pieces and not gap:
            yield from _long_enough(run, pieces)
            run, pieces = _Run("", [0], [], []), []
        elif pieces:
            run.gaps.append(gap)
        pieces.append(block[0])
        run.starts.append(run.starts[-1] + len(block[0]))
        run.places.append(block.start())
        end = block.end()
    yield from _long_enough(run, pieces)


def _long_enough(run: _Run, pieces: list[str]) -> Iterator[_Run]:
    if run.starts[-1] >= _SHORTEST:
        yield _Run("".join(pieces), run.starts, run.places, run.gaps)


def _kind(gap: str) -> str:
    """Name the kind of this gap; empty when it divides two numbers."""
    if len(gap) > _GAP_LIMIT:
        return ""
    return next((kind for kind, shape in _GAPS.items() if shape.fullmatch(gap)), "")


def _readings(run: _Run, text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each row of whole blocks that reads as a card number."""
    sums = _RunningLuhn(run.digits)
    for first, start in enumerate(run.starts[:-1]):
        for last in range(first, min(first + _LONGEST, len(run.places))):
            end = run.starts[last + 1]
            if end - start > _LONGEST:
                break
            if (
                end - start >= _SHORTEST
                and sums.passes(start, end)
                and _written_as_card(run, first, last)
                and not _dialled(run, first, last, text)
            ):
                yield run.places[first], run.places[last] + end - run.starts[last]


def _written_as_card(run: _Run, first: int, last: int) -> bool:
    number = run.digits[run.starts[first] : run.starts[last + 1]]
    if first == last:
        return number[0] != "0" and not _INSTANT.fullmatch(number)
    sizes = " ".join(str(run.starts[i + 1] - run.starts[i]) for i in range(first, last + 1))
    if _LAYOUT.fullmatch(sizes):
        return number[0] != "0"
    kinds = set(run.gaps[first:last])
    return len(kinds) == 1 and "other" not in kinds and issued(number)


def _dialled(run: _Run, first: int, last: int, text: str) -> bool:
    """A plus and at most fourteen digits are a telephone number, not a card's."""
    place = run.places[first]
    short = run.starts[last + 1] - run.starts[first] <= 14
    return short and place > 0 and text[place - 1] == "+"


class _RunningLuhn:
    """Luhn's check of any stretch of ``digits`` in constant time.

    A library checks one number; here every stretch of a text must be checked, and a million
    digits with a space between any two would take it minutes.
    """

    def __init__(self, digits: str) -> None:
        self.sums: tuple[list[int], list[int]] = ([0], [0])
        for place, char in enumerate(digits):
            digit = int(char)
            doubled = digit * 2 - 9 * (digit > 4)
            for parity, running in enumerate(self.sums):
                running.append(running[-1] + (digit if place % 2 == parity else doubled))

    def passes(self, start: int, end: int) -> bool:
        running = self.sums[(end - 1) % 2]
        return (running[end] - running[start]) % 10 == 0
