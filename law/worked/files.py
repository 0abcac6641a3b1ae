"""Files of worked cases: JSON with ``cases``, a bare list, one case, or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from law.worked import china, house, west
from law.worked.case import Unreadable, Worked

FIELDS = {
    "house": ("id", "rule", "jurisdiction", "kind", "facts", "expect"),
    "china": ("id", "rule_id", "op", "facts", "expected"),
    "west": ("id", "rule_id", "facts", "expected"),
}
READERS: Mapping[str, Callable[[Mapping[str, Any]], Worked]] = {
    "house": house.read,
    "china": china.read,
    "west": west.read,
}


def cases(path: Path) -> list[Any]:
    """Return the cases of a file, unread. Raises Unreadable, saying what is wrong and where."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise Unreadable(f"{path}: {problem.strerror or problem}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path}: is no text in UTF-8") from None
    found = _parsed(path, text)
    if isinstance(found, Mapping) and "cases" in found:
        found = found["cases"]
    elif isinstance(found, Mapping) and "facts" in found:
        found = [found]
    if not isinstance(found, list) or not found:
        raise Unreadable(f"{path}: holds no cases: give a list of them, or an object with `cases`")
    return found


def _parsed(path: Path, text: str) -> Any:
    """Read one JSON value, else one a line; where the first fault stands is said."""
    try:
        return json.loads(text)
    except RecursionError:
        raise Unreadable(f"{path}: is nested too deeply") from None
    except ValueError as problem:
        fault = f"{path}: is no JSON: {problem}"
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found += [json.loads(line)] if line.strip() else []
        except ValueError as problem:
            if found:  # lines before it were whole values: a file of JSON lines
                fault = f"{path}: is no JSON in line {number}: {problem}"
            raise Unreadable(fault) from None
    return found


def read(case: Any) -> Worked:
    """Read one case in the format that its fields show. Raises Unreadable, UnknownRule."""
    if not isinstance(case, Mapping):
        raise Unreadable("is no object with the fields of a case")
    name = "house" if "rule" in case else "china" if "op" in case else "west"
    missing = [field for field in FIELDS[name] if field not in case]
    if missing:
        raise Unreadable(f"lacks {', '.join(f'`{field}`' for field in missing)}")
    facts, expected = case["facts"], case["expect" if name == "house" else "expected"]
    if not isinstance(facts, Mapping) or not isinstance(expected, Mapping) or not expected:
        raise Unreadable("its facts and what it expects must be objects, the latter not empty")
    return READERS[name](case)
