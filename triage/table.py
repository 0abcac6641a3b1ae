"""The table: rows of words that suggest something, read from triage/data/*.toml once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from triage.phrases import BadPhrase, Phrase, compile_phrase
from triage.reading import Reading
from triage.suggestion import KINDS, PRIORITIES

# In the order in which rows of equal weight win.
SHEETS = ("safety", "fraud", "senders", "complaints", "disputes", "hardship", "enquiries")
_MOST_TRIES, _MOST_PLACES = 200, 3


class BadTable(ValueError):
    """The table cannot be used; the message names the row."""


@dataclass(frozen=True)
class Row:
    """One row. What its fields mean stands in docs/triage.md."""

    id: str
    why: str
    kind: str = ""
    weight: int = 0
    rank: int = 0
    subtype: str = ""
    department: str = ""
    priority: str = ""
    priority_for: tuple[str, ...] = KINDS
    flags: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    follows: bool = False
    final: bool = False
    phrases: tuple[Phrase, ...] = field(default=(), repr=False)
    unless: tuple[Phrase, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Table:
    """All rows, and the words that must be looked for before any of their phrases is tried."""

    rows: tuple[Row, ...]
    anchors: Mapping[str, tuple[str, ...]]
    # By the rarest group of a phrase: where each of its words leads, as places in ``rows``.
    index: Mapping[str, tuple[tuple[int, Phrase], ...]] = field(repr=False)

    def present(self, text: str) -> frozenset[str]:
        """The words of the table that occur in ``text``, found by the two signs they begin with."""
        begins = {text[place : place + 2] for place in range(len(text))}
        begins.update(text)
        found = (word for begin in begins & self.anchors.keys() for word in self.anchors[begin])
        return frozenset(word for word in found if word in text)

    def matches(self, reading: Reading) -> dict[str, list[tuple[int, int]]]:
        """Where each row's phrases stand in ``reading``, by the row's id; a few places each."""
        present = self.present(reading.text)
        likely: dict[int, dict[Phrase, None]] = defaultdict(dict)
        for word in sorted(present):
            for place, phrase in self.index.get(word, ()):
                if phrase not in likely[place] and phrase.may_match(present):
                    likely[place][phrase] = None
        found = {}
        for place in sorted(likely):
            row = self.rows[place]
            places = list(_places(row, likely[place], reading.text, present))
            if places:
                found[row.id] = places
        return found


def _places(
    row: Row, phrases: Iterable[Phrase], text: str, present: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """The first places of a row's phrases that none of its exceptions touches."""
    spared: list[tuple[int, int]] | None = None
    found = 0
    for phrase in phrases:
        for tries, match in enumerate(phrase.pattern.finditer(text)):
            if spared is None:
                spared = [span for one in row.unless for span in _spans(one, text, present)]
            if not any(start < match.end() and match.start() < end for start, end in spared):
                yield match.span()
                found += 1
                break
            if tries >= _MOST_TRIES:
                break
        if found >= _MOST_PLACES:
            return


def _spans(phrase: Phrase, text: str, present: frozenset[str]) -> Iterator[tuple[int, int]]:
    if phrase.may_match(present):
        yield from (match.span() for match in phrase.pattern.finditer(text))


@cache
def table() -> Table:
    """The table that ships with the program."""
    folder = files("triage") / "data"
    lists = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    sheets = [
        tomllib.loads((folder / f"{sheet}.toml").read_text(encoding="utf-8")) for sheet in SHEETS
    ]
    return build([raw for sheet in sheets for raw in sheet["row"]], lists)


def build(raw_rows: Iterable[Mapping[str, Any]], lists: Mapping[str, list[str]]) -> Table:
    """Make a table of rows as they are written. Raises BadTable with the row's id."""
    words = {name: tuple(values) for name, values in lists.items()}
    rows = tuple(_row(dict(raw), words) for raw in raw_rows)
    _check(rows)
    phrases = [phrase for row in rows for phrase in (*row.phrases, *row.unless)]
    anchors: dict[str, set[str]] = defaultdict(set)
    for word in {word for phrase in phrases for group in phrase.anchors for word in group}:
        anchors[word[:2]].add(word)
    index: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for place, row in enumerate(rows):
        for phrase in row.phrases:
            for word in phrase.rarest:
                index[word].append((place, phrase))
    return Table(
        rows,
        {begin: tuple(sorted(words)) for begin, words in anchors.items()},
        {word: tuple(places) for word, places in index.items()},
    )


def _row(raw: dict[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Row:
    name = str(raw.get("id", "?"))
    try:
        phrases = _phrases(raw, lists, "zh", "en")
        unless = _phrases(raw, lists, "unless_zh", "unless_en")
        values: dict[str, Any] = {
            key: tuple(one) if isinstance(one, list) else one for key, one in raw.items()
        }
        row = Row(**values | {"phrases": phrases, "unless": unless})
    except (BadPhrase, TypeError) as error:
        message = f"{name}: {error}"
        raise BadTable(message) from error
    return row


def _phrases(
    raw: dict[str, Any], lists: Mapping[str, tuple[str, ...]], *columns: str
) -> tuple[Phrase, ...]:
    return tuple(
        compile_phrase(written, lists, chinese=column.endswith("zh"))
        for column in columns
        for written in raw.pop(column, [])
    )


def _check(rows: tuple[Row, ...]) -> None:
    """Whatever a row names exists; ids are not used twice."""
    ids = [row.id for row in rows]
    for row in rows:
        fault = ""
        if ids.count(row.id) > 1:
            fault = "the id is used twice"
        elif row.kind not in {"", *KINDS} or row.priority not in {"", *PRIORITIES}:
            fault = f"no such kind or priority: {row.kind} {row.priority}"
        elif unknown := {*row.only_with, *row.not_with} - set(ids):
            fault = f"no such rows: {', '.join(sorted(unknown))}"
        elif not row.phrases and not row.follows:
            fault = "neither phrases nor `follows`"
        if fault:
            message = f"{row.id}: {fault}"
            raise BadTable(message)
