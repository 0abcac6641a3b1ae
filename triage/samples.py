"""Read messages and what is expected: a list, an object with ``samples``, or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.suggestion import KINDS, PRIORITIES

_LISTS = ("secondary_kinds", "assist", "flags", "must_not_be_stored")


class BadSamples(ValueError):
    """The file is none of the three; the message is one sentence for a person."""


@dataclass(frozen=True)
class Sample:
    """One message. ``expected`` holds only what the file says; ``raw`` is personal data in it."""

    id: str
    text: str
    channel: str
    received_at: datetime | None
    expected: Mapping[str, Any]
    raw: tuple[str, ...]
    forbidden: tuple[str, ...]


def read(text: str) -> list[Sample]:
    """Read a file's text. Raises BadSamples at the first sample that cannot be used."""
    text = text.removeprefix("\ufeff")
    try:
        told = json.loads(text)
    except json.JSONDecodeError as whole:
        told = _lines(text, whole)
    except RecursionError:
        message = "the file is nested too deeply"
        raise BadSamples(message) from None
    if isinstance(told, dict):
        told = told.get("samples", [told])
    if not isinstance(told, list) or not told:
        message = "the file holds no list of samples"
        raise BadSamples(message)
    return [_sample(one, number) for number, one in enumerate(told, 1)]


def _lines(text: str, whole: json.JSONDecodeError) -> list[Any]:
    rows = [row for row in text.splitlines() if row.strip()]
    if len(rows) < 2:
        message = f"the file is no JSON (line {whole.lineno}: {whole.msg})"
        raise BadSamples(message) from whole
    try:
        return [json.loads(row) for row in rows]
    except (json.JSONDecodeError, RecursionError):
        message = f"the file is neither JSON nor JSON lines (line {whole.lineno}: {whole.msg})"
        raise BadSamples(message) from whole


def _sample(one: Any, number: int) -> Sample:
    if not isinstance(one, dict) or not isinstance(one.get("text"), str):
        message = f"sample {number} has no text"
        raise BadSamples(message)
    name = str(one.get("id", number))
    _check(one, name)
    pii = one.get("pii", [])
    if not isinstance(pii, list) or not all(isinstance(each, dict) for each in pii):
        message = f"sample {name}: pii is no list of objects"
        raise BadSamples(message)
    return Sample(
        id=name,
        text=one["text"],
        channel=str(one.get("channel", "")),
        received_at=_instant(one.get("received_at"), name),
        expected=one,
        raw=tuple(str(each.get("raw", "")) for each in pii),
        forbidden=tuple(one.get("must_not_be_stored", ())),
    )


def _check(one: Mapping[str, Any], name: str) -> None:
    fault = ""
    if one.get("kind") not in KINDS:
        fault = f"kind is none of {', '.join(KINDS)}"
    elif one.get("priority", "low") not in PRIORITIES:
        fault = f"priority is none of {', '.join(PRIORITIES)}"
    for column in _LISTS:
        values = one.get(column, [])
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            fault = f"{column} is no list of words"
    if fault:
        message = f"sample {name}: {fault}"
        raise BadSamples(message)


def _instant(told: Any, name: str) -> datetime | None:
    if told in (None, ""):
        return None
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        message = f"sample {name}: received_at is no instant"
        raise BadSamples(message) from None
