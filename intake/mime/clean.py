"""Text of a stranger as it may be kept: no control characters, none that turn its direction."""

from __future__ import annotations

import re

# NUL and other controls, halves of characters, and what overrides the direction of the text around
# it: with U+202E a file "gpj.exe" reads as "exe.jpg". Right-to-left letters need none of them.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*){2,}")


def clean(text: str) -> str:
    """Several lines, with line ends of one kind."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _UNCLEAN.sub("", lined)).strip()


def line(text: str, longest: int = 200) -> str:
    """One line, cut to a column."""
    return " ".join(_UNCLEAN.sub("", text).split())[:longest]
