"""How easy a text is to read: Rudolf Flesch's formula of 1948, with a plain count of syllables.

206.835 less 1.015 times the words a sentence, less 84.6 times the syllables a word. Newspapers
reach about 50 to 60, plain letters more; a statute reaches 20. A syllable is counted as a group of
vowels, a silent e at the end left out, so that the figure is a few points rough either way.
"""

from __future__ import annotations

import re

PLAIN = 60.0  # what no letter of ours may fall below
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)|\n")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_VOWELS = re.compile(r"[aeiouy]+")


def ease(text: str) -> float:
    """Return the score of an English text; a line of a list or of figures is a sentence."""
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    low = word.lower()
    groups = len(_VOWELS.findall(low))
    silent = low.endswith("e") and not low.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
