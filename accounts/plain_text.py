"""Free text as its reader sees it: one digit looks like another, invisible characters are gone.

Full-width and Arabic-Indic digits, circled numbers and full-width letters are folded to ASCII;
zero-width, directional, combining and control characters disappear. ``Plain`` remembers where
each character came from, so that what is found in the plain text can be cut from the original.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

# They have a width of nothing or look empty, yet Unicode counts them as letters or symbols.
_BLANK_LETTERS = {0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0}
# Format, non-spacing, enclosing and control characters: nobody sees them between two digits.
_UNSEEN = {"Cf", "Mn", "Me", "Cc"}


class _Fold(dict[int, str]):
    """Code point to plain character, worked out once for each code point that occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    """Return one plain character, or nothing for what cannot be seen."""
    if char in "\t\n\r":
        return char
    if unicodedata.category(char) in _UNSEEN or ord(char) in _BLANK_LETTERS:
        return ""
    digit = unicodedata.digit(char, None)
    if digit is not None and not char.isascii():
        return str(digit)
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char


_FOLD = _Fold()


@dataclass(frozen=True)
class Plain:
    """``text`` is plain; ``places`` are the original indexes, empty when nothing moved."""

    text: str
    places: list[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the original text; ``end`` is above ``start``."""
        if not self.places:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Fold ``text``. Linear in its length."""
    folded = text.translate(_FOLD)
    if len(folded) == len(text):
        return Plain(folded, [])
    places = [place for place, char in enumerate(text) if _FOLD[ord(char)]]
    return Plain(folded, places)
