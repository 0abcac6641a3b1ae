"""Which language a text is in: by its letters, without a model."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

# What a text is written in shows at its beginning.
_ENOUGH = 2_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_OTHER = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]{2,}")


def language(text: str) -> str:
    """``en``, ``zh-hans``, ``zh-hant``, ``mixed`` or, without a letter, nothing.

    Another language that is not written in Latin letters counts as ``mixed``, so that nobody
    answers it in English unasked; one that is counts as English, which no rule here can tell.
    """
    text = unicodedata.normalize("NFKC", text[:_ENOUGH])
    han = _HAN.findall(text)
    words = len(_WORD.findall(text))
    if _OTHER.search(text) or (han and words and 0.5 <= len(han) / (words * 2) <= 2):
        return "mixed"
    if len(han) > words * 2:
        return "zh-hant" if _traditional(han) else "zh-hans"
    return "en" if words else ""


def _traditional(han: list[str]) -> bool:
    """More characters that only traditional writing has than such as only simplified has."""
    to_simplified, to_traditional = _converters()
    text = "\n".join(han)
    changed = sum(one != two for one, two in zip(text, to_simplified.convert(text), strict=False))
    kept = sum(one != two for one, two in zip(text, to_traditional.convert(text), strict=False))
    return bool(changed > kept)


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("t2s"), OpenCC("s2t")


def right_to_left(text: str) -> bool:
    """Does a part of it run from right to left?"""
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in set(text))
