"""The language of the table: phrases that people can read, made into patterns.

A phrase is written as it is said. ``(a|b)`` is one or the other, ``(a)?`` may be missing, ``…`` is
a few words of the same sentence, ``{name}`` is a word list of words.toml, ``#`` is a number, in
digits or in Chinese; a space or hyphen with ``?`` may be missing too. Nothing else is special (a
question mark of the text is written ``？``), so a phrase cannot run away: its gaps bound its cost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from triage.reading import fold

_SIGNS = re.compile(r"…\??|[ -]\?|[()|?#]|\{\w+\}|(?:(?![ -]\?)[^()|?…#{}])+")
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千万]+)"
_CHINESE_GAP = r"[^。!?;\n]{0,14}?"
_ENGLISH_GAP = r"(?:[^.!?;\n]|\.(?=\d)|\n(?!\s)){0,48}?"
# English is matched by whole words; a phrase may begin or end with a sign instead.
_BEGINS, _ENDS = r"(?:(?<![a-z0-9])|(?![a-z0-9]))", r"(?:(?![a-z0-9])|(?<![a-z0-9]))"
# Words are looked for before patterns: a phrase without any of its words is not tried at all.
_WORD = re.compile(r"[^\s']+")


class BadPhrase(ValueError):
    """A phrase of the table cannot be read."""


@dataclass(frozen=True, eq=False)
class Phrase:
    """A pattern, and groups of words: whatever it matches holds a word of each group."""

    pattern: re.Pattern[str]
    anchors: tuple[frozenset[str], ...]

    @property
    def rarest(self) -> frozenset[str]:
        """The group of words that is likely to rule it out."""
        return max(self.anchors, key=_worth)

    def may_match(self, present: frozenset[str]) -> bool:
        """Could it match a text in which these words of the table occur?"""
        return not any(group.isdisjoint(present) for group in self.anchors)


@dataclass(frozen=True)
class _Part:
    """A piece of a phrase: its pattern and its anchors; none when it may match without a word."""

    pattern: str
    anchors: tuple[frozenset[str], ...] = ()


def compile_phrase(written: str, lists: Mapping[str, tuple[str, ...]], *, chinese: bool) -> Phrase:
    """Read one phrase. Raises BadPhrase for an unknown list or an unclosed bracket."""
    reader = _Reader(written, lists, chinese=chinese)
    part = reader.alternatives()
    if reader.signs:
        message = f"unbalanced bracket in {written!r}"
        raise BadPhrase(message)
    if not part.anchors:
        message = f"no word that must occur in {written!r}"
        raise BadPhrase(message)
    pattern = part.pattern if chinese else f"{_BEGINS}(?:{part.pattern}){_ENDS}"
    return Phrase(re.compile(pattern), part.anchors)


class _Reader:
    """Recursive descent over the signs of one phrase."""

    def __init__(
        self, written: str, lists: Mapping[str, tuple[str, ...]], *, chinese: bool
    ) -> None:
        self.signs = list(reversed(_SIGNS.findall(written)))
        if "".join(reversed(self.signs)) != written:
            message = f"stray brace in {written!r}"
            raise BadPhrase(message)
        self.written, self.lists, self.chinese = written, lists, chinese

    def alternatives(self) -> _Part:
        """``a|b|c`` up to the closing bracket or the end."""
        branches = [self._sequence()]
        while self.signs and self.signs[-1] == "|":
            self.signs.pop()
            branches.append(self._sequence())
        return _either(branches)

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self.signs and self.signs[-1] not in {"|", ")"}:
            sign = self.signs.pop()
            part = self._item(sign)
            if sign[-1] in ")}(" and self.signs and self.signs[-1] == "?":
                self.signs.pop()
                part = _Part(f"(?:{part.pattern})?")
            parts.append(part)
        groups = tuple(group for part in parts for group in part.anchors)
        return _Part("".join(part.pattern for part in parts), groups)

    def _item(self, sign: str) -> _Part:
        if sign == "(":
            part = self.alternatives()
            if not self.signs or self.signs.pop() != ")":
                message = f"unclosed bracket in {self.written!r}"
                raise BadPhrase(message)
            return _Part(f"(?:{part.pattern})", part.anchors)
        if sign in {" ?", "-?"}:
            return _Part(r"[\s-]?")
        if sign[0] == "…":
            return _Part(_CHINESE_GAP if self.chinese else _ENGLISH_GAP)
        if sign == "#":
            return _Part(_NUMBER)
        if sign.startswith("{"):
            return self._list(sign[1:-1])
        if sign == "?":
            message = f"nothing before ? in {self.written!r}"
            raise BadPhrase(message)
        return _literal(sign)

    def _list(self, name: str) -> _Part:
        if name not in self.lists:
            message = f"no word list {name!r}, in {self.written!r}"
            raise BadPhrase(message)
        part = _either([_literal(word) for word in self.lists[name]])
        return _Part(f"(?:{part.pattern})", part.anchors)


def _literal(words: str) -> _Part:
    """Plain words; a space is any white space, an apostrophe may be left out."""
    folded = fold(words)
    pattern = re.sub(r"(?:\\ |\s)+", r"\\s+", re.escape(folded)).replace("'", "'?")
    whole = _WORD.findall(folded)
    return _Part(pattern, tuple(frozenset({word}) for word in whole))


def _either(branches: list[_Part]) -> _Part:
    if len(branches) == 1:
        return branches[0]
    anchors: tuple[frozenset[str], ...] = ()
    if all(branch.anchors for branch in branches):
        best = (max(branch.anchors, key=_worth) for branch in branches)
        anchors = (frozenset().union(*best),)
    # The longest first: a pattern takes the first branch that fits.
    ordered = sorted(branches, key=lambda branch: -len(branch.pattern))
    return _Part("|".join(branch.pattern for branch in ordered), anchors)


def _worth(anchors: frozenset[str]) -> tuple[int, int]:
    """Long words are rare, and a few of them are quicker to look for than many."""
    return min(map(len, anchors)), -len(anchors)
