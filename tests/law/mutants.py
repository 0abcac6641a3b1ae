"""Mutants of a rule: one number, comparison, unit or calendar changed at a time, in memory.

The parts of a rule are found from its own row in ``RULES``: the functions and constants that the
row names, and what those name in turn, through the modules of ``law`` that hold law. The engine
(counting, facts, registry) is no part of a rule: the oracles look after it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

from law import calendars, registry

ENGINE = {
    f"law.{name}"
    for name in ("acts", "book", "calendars", "contradictions", "counts", "deadlines", "facts",
                 "places", "registry", "rule", "stages", "trace", "verdicts", "workdays")
}  # fmt: skip
# What a row or a sentence says is no arithmetic.
SPOKEN = {"say", "say_timely", "MissingFact", "BadFact", "ValueError"}
ROW_SKIPS = {
    "id", "key", "name_en", "name_zh", "citation", "text", "text_zh", "severity", "confidence",
    "kinds", "starts", "or_starts", "ends", "binds", "enabled", "warn_before_days", "dated_by",
    "said", "forbids", "version", "ended_by", "nature", "rolls",
}  # fmt: skip
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
JOINED = {ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add}
UNITS = {
    "days": ("days_from",), "days_from": ("days",), "business_days": ("days",),
    "days_before": ("business_days_before",), "business_days_before": ("days_before",),
    "weeks": ("days", "months"), "months": ("weeks", "years"), "years": ("months",),
    "min": ("max",), "max": ("min",), "earlier": ("later",), "later": ("earlier",),
    "any": ("all",), "all": ("any",), "add_months": ("add_years",), "add_years": ("add_months",),
    "next_business_day_on_or_after": ("last_business_day_on_or_before",),
    "last_business_day_on_or_before": ("next_business_day_on_or_after",),
    "add_business_days": ("business_days_before",),
    "business_days_before_": ("add_business_days",),
}  # fmt: skip
CALENDARS = {one.id for one in calendars.calendars()}


@dataclass(frozen=True)
class Mutant:
    """One change: what it says, and how to make and unmake it in the tree of its module."""

    module: str
    what: str
    change: Callable[[], None]
    undo: Callable[[], None]


@dataclass
class Parts:
    """The definitions that make a rule, by module, in an order in which they can be loaded."""

    home: str
    index: int
    nodes: dict[str, list[ast.AST]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)


@cache
def tree_of(module: str) -> ast.Module:
    """Parse a module's source, once."""
    path = import_module(module).__file__ or ""
    return ast.parse(Path(path).read_text(encoding="utf-8"))


@cache
def _defined(module: str) -> dict[str, ast.AST]:
    found: dict[str, ast.AST] = {}
    for node in tree_of(module).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found |= {one.id: node for one in ast.walk(target) if isinstance(one, ast.Name)}
    return found


@cache
def _imported(module: str) -> dict[str, tuple[str, str]]:
    """Names that a module imports: its module and the name there ("" for a module itself)."""
    found = {}
    for node in tree_of(module).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("law"):
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                is_module = whole in sys.modules
                found[one.asname or one.name] = (
                    (whole, "") if is_module else (node.module, one.name)
                )
    return found


def parts_of(rule_id: str) -> Parts:
    """Find the row of a rule and everything of the law that it reaches."""
    one = registry.rule(rule_id)
    for place, rules in registry.by_place().items():
        if one in rules:
            package = import_module(f"law.{place}")
            break
    for name in sorted(Path(package.__path__[0]).glob("*.py")):
        module = f"{package.__name__}.{name.stem}"
        rows = getattr(import_module(module), "RULES", ()) if name.stem != "__init__" else ()
        ids = [row.id for row in rows]
        if rule_id in ids:
            parts = Parts(module, ids.index(rule_id))
            row = _defined(module)["RULES"].value.elts[parts.index]  # type: ignore[attr-defined]
            _reach(parts, module, row)
            parts.nodes.setdefault(module, []).append(row)
            return parts
    raise LookupError(rule_id)


def _reach(parts: Parts, module: str, node: ast.AST) -> None:
    """Follow the names that ``node`` uses, depth first, so that imports come before users."""
    for one in _arithmetic(node):
        if isinstance(one, ast.Name):
            _follow(parts, module, one.id)
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            target, name = _imported(module).get(one.value.id, ("", "x"))
            if target and not name and target not in ENGINE:
                _follow(parts, target, one.attr)
    parts.nodes[module] = parts.nodes.pop(module, [])  # a user is loaded after what it uses


def _follow(parts: Parts, module: str, name: str) -> None:
    if name in _imported(module):
        module, name = _imported(module)[name]
    if not name or module in ENGINE or (module, name) in parts.seen or name == "RULES":
        return
    node = _defined(module).get(name)
    if node is not None:
        parts.seen.add((module, name))
        parts.nodes.setdefault(module, [])
        _reach(parts, module, node)
        parts.nodes[module].append(node)


def _arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what counts and compares; leave out sentences, docstrings and types."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("returns", "annotation", "type_comment", "decorator_list", "targets"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _spoken(child):
                yield from _arithmetic(child)


def _spoken(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in ROW_SKIPS
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Raise | ast.JoinedStr):
        return True
    name = getattr(node, "func", None)
    called = getattr(name, "attr", getattr(name, "id", ""))
    return called in SPOKEN


def mutants_of(parts: Parts) -> Iterator[Mutant]:
    """Give every mutant of the parts, one at a time: change, test, undo, then ask for the next."""
    for module, nodes in parts.nodes.items():
        for node in nodes:
            where = f"{module.removeprefix('law.')}.{getattr(node, 'name', 'table')}"
            for point in list(_arithmetic(node)):
                yield from _changes(module, where, node, point)


def _changes(module: str, where: str, top: ast.AST, point: ast.AST) -> Iterator[Mutant]:
    for attribute, values in _alternatives(top, point):
        before = getattr(point, attribute)
        shown = _shown(top, point)
        for value in values:
            setattr(point, attribute, value)
            after = _shown(top, point)
            setattr(point, attribute, before)
            yield Mutant(
                module, f"{where}: {shown} -> {after}",
                _setter(point, attribute, value), _setter(point, attribute, before),
            )  # fmt: skip


def _setter(node: ast.AST, attribute: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, attribute, value)


def _alternatives(top: ast.AST, point: ast.AST) -> Iterator[tuple[str, list[object]]]:
    """Say which attribute of a node may change, and into what."""
    if isinstance(point, ast.Constant):
        yield "value", _constants(top, point)
    elif isinstance(point, ast.Compare):
        yield "ops", [_swapped(point.ops, index) for index in range(len(point.ops))]
    elif isinstance(point, ast.BoolOp | ast.BinOp) and type(point.op) in JOINED:
        yield "op", [JOINED[type(point.op)]()]
    elif isinstance(point, ast.UnaryOp) and isinstance(point.op, ast.Not):
        yield "operand", [ast.UnaryOp(ast.Not(), point.operand)]
    elif isinstance(point, ast.UnaryOp) and isinstance(point.operand, ast.Name):
        yield "op", [ast.UAdd()]  # -ONE_DAY
    elif isinstance(point, ast.Call) and not _reads_a_fact(point.func):
        yield "func", _called_otherwise(point.func)


def _swapped(operators: list[ast.cmpop], index: int) -> object:
    """Python keeps one object for each operator, so the place in the chain names it."""
    other = COMPARED[type(operators[index])]()
    return [*operators[:index], other, *operators[index + 1 :]]


def _reads_a_fact(called: ast.AST) -> bool:
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "facts"


def _called_otherwise(called: ast.expr) -> list[object]:
    if isinstance(called, ast.Attribute):
        return [
            ast.Attribute(called.value, name, called.ctx) for name in UNITS.get(called.attr, ())
        ]
    if isinstance(called, ast.Name):
        return [ast.Name(name, called.ctx) for name in UNITS.get(called.id, ())]
    return []


def _constants(top: ast.AST, point: ast.Constant) -> list[object]:
    value = point.value
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        double = [2 * value] if value > 1 and not _in_date(top, point) else []
        return [value - 1, value + 1, *double]
    if isinstance(value, str) and value in UNITS:
        return list(UNITS[value])
    return ["CAL" if value != "CAL" else "US-FED"] if value in CALENDARS else []


def _in_date(top: ast.AST, point: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Call) and getattr(one.func, "id", "") == "date" and point in one.args
        for one in ast.walk(top)
    )


def _shown(top: ast.AST, point: ast.AST) -> str:
    """Show the smallest expression around a changed node that reads as more than a word."""
    around = point
    for one in ast.walk(top):
        if isinstance(one, ast.expr | ast.Assign | ast.keyword) and point in ast.iter_child_nodes(
            one
        ):
            around = one
    text = ast.unparse(around if isinstance(point, ast.Constant) else point)
    return " ".join(text.split())[:90]


def engine_mutants(module: str, *names: str) -> Iterator[Mutant]:
    """Give every mutant of functions or methods of the engine, each put into force in place."""
    for name in names:
        node = _inside(tree_of(module), name.split("."))
        for point in list(_arithmetic(node)):
            yield from _changes(module, f"{module.removeprefix('law.')}.{name}", node, point)


def _inside(tree: ast.AST, path: list[str]) -> ast.AST:
    for word in path:
        tree = next(one for one in tree.body if getattr(one, "name", "") == word)  # type: ignore[attr-defined]
    return tree
