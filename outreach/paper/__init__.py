"""Sets a letter on paper: a PDF by typst, from its wheel alone."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from outreach.blocks import Letter

_HERE = Path(__file__).parent
_FONTS = _HERE.parent / "fonts"


@dataclass(frozen=True)
class Envelope:
    """What stands around a letter: sender, addressee's lines, date in words, language, paper."""

    issuer: str
    contact: str
    address: Sequence[str]
    date: str
    reference: str
    language: str
    paper: str = "a4"


def typeset(letter: Letter, envelope: Envelope, *, at: datetime) -> bytes:
    """Make the PDF. The same letter at the same instant gives the same bytes.

    Raises:
        typst.TypstError: the typesetter failed.
    """
    lang, _, script = envelope.language.partition("-")
    data = {
        "subject": letter.subject, "blocks": letter.figures(),
        "issuer": envelope.issuer, "contact": envelope.contact,
        "address": list(envelope.address), "date": envelope.date,
        "reference": envelope.reference, "paper": envelope.paper,
        "lang": lang, "region": "cn" if script == "hans" else None,
    }  # fmt: skip
    # Texts travel as JSON in one input: they are never part of the source that is compiled.
    return typst.compile(
        _HERE / "letter.typ",
        root=_HERE,
        sys_inputs={"letter": json.dumps(data)},
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )


def unprintable(text: str) -> str:
    """The characters of ``text`` that stand as boxes on paper, each once, in order."""
    unseen = {"Cf", "Zs", "Cc"}  # joiners, spaces and the like have no shape to lack
    lacking = (
        char for char in text
        if ord(char) not in _covered() and unicodedata.category(char) not in unseen
    )  # fmt: skip
    return "".join(dict.fromkeys(lacking))


@cache
def _covered() -> frozenset[int]:
    spans = (line.split("-") for line in (_FONTS / "coverage.txt").read_text("ascii").split())
    return frozenset(
        code for first, last in spans for code in range(int(first, 16), int(last, 16) + 1)
    )
