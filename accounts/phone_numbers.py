"""Find telephone numbers in plain text. Pure, and linear: every repetition is bounded.

A mainland mobile number is known by its shape. Any other counts only with the plus of an
international number: a hotline, an order or a reference looks just like a number at home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00)?86[ -]?)?(?P<number>1[3-9]\d(?:[ -]?\d{4}){2})(?![0-9]|-\d)",
    re.ASCII,
)
_INTERNATIONAL = re.compile(
    r"(?<![0-9A-Za-z])\+(?!86[ -]?1[3-9])(?P<number>[1-9](?:[ ().-]{0,2}\d){9,13})(?!\d)", re.ASCII
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each number, without the country's prefix where that is known."""
    for shape in (_MOBILE, _INTERNATIONAL):
        for match in shape.finditer(text):
            yield match.span("number")
