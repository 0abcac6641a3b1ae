"""The comparison: every expected key of every case, what was found instead, and the steps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from law.trace import Step
from law.worked import files
from law.worked.answers import answer
from law.worked.case import Unreadable, Worked, standing
from law.worked.values import plain, same

# What facts from a stranger's file may raise: each is a sentence in the report, never a traceback.
Faults = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
WORDS = {
    "en": {"unreadable": "not computed:", "agrees": "agrees", "expected": "expected",
           "found": "found"},
    "zh": {"unreadable": "未能计算：", "agrees": "一致", "expected": "应为", "found": "得到"},
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One expected key that was answered otherwise, or not at all."""

    key: str
    expected: Any
    found: Any


@dataclass(frozen=True)
class Checked:
    """One case, or one file that could not be read, after the comparison."""

    id: str
    rule_id: str
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...] = ()
    standing: tuple[Step, ...] = ()
    unreadable: str = ""

    @property
    def agrees(self) -> bool:
        """Whether every expected key was answered as expected."""
        return not self.differences and not self.unreadable


def check_files(paths: Iterable[Path], rule_id: str = "") -> list[Checked]:
    """Check every case of every file; with ``rule_id`` only those that name it."""
    found: list[Checked] = []
    for path in paths:
        try:
            cases = files.cases(path)
        except Unreadable as problem:
            found.append(Checked(path.name, "", (), unreadable=str(problem)))
            continue
        found += [check(one) for one in cases if not rule_id or _rule_of(one) == rule_id]
    return found


def check(case: Any) -> Checked:
    """Compute a case through the engine and compare every expected key."""
    try:
        worked = files.read(case)
    except Faults as problem:
        return Checked(_id_of(case), _rule_of(case), (), unreadable=said(problem))
    differences = []
    for key, expected in worked.expected.items():
        found = _answer(worked, key)
        if isinstance(found, _Failed) or not same(expected, found):
            failed = isinstance(found, _Failed)
            differences.append(Difference(key, expected, found if failed else plain(found)))
    return Checked(
        str(worked.id), _rule_of(case), tuple(differences), tuple(_steps(worked)),
        tuple(_standing(worked)),
    )  # fmt: skip


def lines(one: Checked, language: str) -> Iterator[str]:
    """Yield what came of one case, in "en" or "zh": each difference, then the steps."""
    words = WORDS[language]
    name = " ".join(part for part in (one.id, one.rule_id) if part)
    if one.unreadable:
        yield f"{name}: {words['unreadable']} {one.unreadable}"
        return
    if one.agrees:
        yield f"{name}: {words['agrees']}"
    for each in one.differences:
        yield f"{name}: {each.key}: {words['expected']} {_shown(each.expected)}, " + (
            f"{words['found']} {_shown(each.found)}"
        )
    for at, step in enumerate(one.steps, 1):
        yield f"    {at}. {step.zh if language == 'zh' else step.en}"
    for step in one.standing:
        yield f"    ({step.zh if language == 'zh' else step.en})"


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, _Failed) else json.dumps(value, ensure_ascii=False)


class _Failed(str):
    """An answer that could not be computed: the sentence why."""

    __slots__ = ()


def _answer(worked: Worked, key: str) -> Any:
    try:
        return answer(worked, key)
    except Faults as problem:
        return _Failed(said(problem))


def _steps(worked: Worked) -> list[Step]:
    try:
        return [*worked.notes, *(worked.due.trace if worked.rule else ())]
    except Faults as problem:
        return [*worked.notes, Step(said(problem), said(problem))]


def _standing(worked: Worked) -> list[Step]:
    try:
        return standing(worked.rule, worked.facts) if worked.rule else []
    except Faults:
        return []  # facts that cannot be read are said where the answer is missing


def said(problem: BaseException) -> str:
    """Return an error as a sentence; a bare key or type error gets its kind in front."""
    text = str(problem).strip()
    if isinstance(problem, (KeyError, TypeError, AttributeError)):
        return f"cannot be read ({type(problem).__name__}: {text})"
    return text or type(problem).__name__


def _id_of(case: Any) -> str:
    return str(case.get("id", "?")) if isinstance(case, Mapping) else "?"


def _rule_of(case: Any) -> str:
    if not isinstance(case, Mapping):
        return ""
    return str(case.get("rule_id") or case.get("rule") or "")
