"""Read a text as its reader does: one script, one width, one case, nothing invisible.

Full-width signs become plain, traditional characters simplified, letters small, curly quotes
straight; zero-width, directional and control characters go. Each character of the reading knows
its place in the text, so what is found in the reading can be shown in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from opencc import OpenCC

_UNSEEN = {"Cf", "Mn", "Me", "Cc", "Cs"}
_BLANK_LETTERS = {0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0}
# One form for what people write in several; the last four are no traditional characters to OpenCC.
_SAME = str.maketrans("‘’‚′`´“”「」『』—–−～著妳祂牠", "''''''\"\"\"\"\"\"---~着你他它")
_HAN = "\u3400-\u9fff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t*._~·•、/|+-]{{1,3}}(?=[{_HAN}])")

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*")
_LONG = 2_000


class _Fold(dict[int, str]):
    """Code point to what is read, worked out once for each code point that occurs."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        if char in "\t\n":
            return char
        if char == "\r" or unicodedata.category(char) in _UNSEEN or ord(char) in _BLANK_LETTERS:
            return ""
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit)
        plain = unicodedata.normalize("NFKC", char).translate(_SAME).lower()
        return self._simplified.convert(plain) if "\u3400" <= plain[:1] <= "\u9fff" else plain


_FOLD = _Fold()


@dataclass(frozen=True)
class Reading:
    """``text`` is what is read; ``places`` are original indexes, empty when nothing moved."""

    text: str
    places: list[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original; ``end`` is above ``start``."""
        if not self.places:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    @cached_property
    def tight(self) -> Reading:
        """The same without the signs that somebody put between Chinese characters."""
        kept: list[str] = []
        places: list[int] = []
        done = 0
        for gap in _BETWEEN_HAN.finditer(self.text):
            kept.append(self.text[done : gap.start()])
            places.extend(range(done, gap.start()))
            done = gap.end()
        if not done:
            return self
        kept.append(self.text[done:])
        places.extend(range(done, len(self.text)))
        if self.places:
            places = [self.places[place] for place in places]
        return Reading("".join(kept), places)

    @cached_property
    def once(self) -> Reading:
        """Each sentence of a long text once: who repeats himself has not said more."""
        if len(self.text) < _LONG:
            return self
        kept: list[str] = []
        places: list[int] = []
        seen: set[str] = set()
        for sentence in _SENTENCE.finditer(self.text):
            if sentence[0] not in seen:
                seen.add(sentence[0])
                kept.append(sentence[0])
                places.extend(range(*sentence.span()))
        if self.places:
            places = [self.places[place] for place in places]
        return Reading("".join(kept), places)


def read(text: str) -> Reading:
    """Fold ``text``. Linear in its length."""
    folded = text.translate(_FOLD)
    if len(folded) == len(text) and all(len(_FOLD[ord(char)]) == 1 for char in set(text)):
        return Reading(folded, [])
    places = [place for place, char in enumerate(text) for _ in _FOLD[ord(char)]]
    return Reading(folded, places)


def fold(words: str) -> str:
    """The reading of a row's own words, so that both sides are written alike."""
    return words.translate(_FOLD)
