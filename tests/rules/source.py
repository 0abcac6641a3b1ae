"""The project's own source, parsed once for the tests about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "kernel", "law", "triage", "ledger", "accounts", "tickets", "disputes", "complaints",
    "outreach", "intake", "config",
)  # fmt: skip


@cache
def modules() -> dict[str, tuple[str, ast.Module]]:
    """Each module of the rooms by its path from the root: its text and its tree."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found[path.relative_to(ROOT).as_posix()] = text, ast.parse(text)
    return found


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the path of the module that it stands in."""
    for path, (_text, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, node


def where(path: str, node: ast.AST) -> str:
    """A place as an editor opens it."""
    return f"{path}:{getattr(node, 'lineno', 0)}"
