"""Putting a mutant into force: its module is run anew in memory, and everything put back after."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from law import registry, stages
from tests.law.mutants import Mutant, Parts, tree_of


@contextmanager
def standing(parts: Parts, mutant: Mutant) -> Iterator[None]:
    """Let a mutant stand in the registry for a while; raises what its modules raise on loading."""
    kept = {name: sys.modules[name] for name in parts.nodes}
    mutant.change()
    bound: list[tuple[ModuleType, str, object]] = []
    try:
        for name in _from(parts, mutant.module):
            _run(name, changed=name == mutant.module)
        _put(parts.home, kept[parts.home], sys.modules[parts.home])
        bound = _rebind(kept)
        yield
    finally:
        for module, name, before in bound:
            setattr(module, name, before)
        _put(parts.home, sys.modules[parts.home], kept[parts.home])
        for name, module in kept.items():
            _place(name, module)
        mutant.undo()


def _rebind(kept: dict[str, ModuleType]) -> list[tuple[ModuleType, str, object]]:
    """Give modules of ``law`` that hold an old function or module the new one; say what was."""
    new = {id(module): sys.modules[name] for name, module in kept.items()}
    for name, module in kept.items():
        for word, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == name:
                new[id(value)] = getattr(sys.modules[name], word)
    others = [one for name, one in sys.modules.items() if name.startswith("law.")]
    bound = [
        (module, word, value)
        for module in others
        for word, value in list(vars(module).items())
        if isinstance(value, FunctionType | ModuleType) and new.get(id(value), value) is not value
    ]
    for module, word, value in bound:
        setattr(module, word, new[id(value)])
    return bound


def _from(parts: Parts, mutated: str) -> list[str]:
    names = list(parts.nodes)
    return names[names.index(mutated) :]


def _run(name: str, *, changed: bool) -> None:
    module = ModuleType(name)
    module.__package__, module.__file__ = name.rpartition(".")[0], f"<{name}>"
    code = _fresh(name) if changed else _compiled(name)
    exec(code, module.__dict__)  # noqa: S102 - the project's own source, with one change
    _place(name, module)


def _fresh(name: str) -> CodeType:
    tree = ast.fix_missing_locations(tree_of(name))
    return compile(tree, f"<{name}>", "exec")


@cache
def _compiled(name: str) -> CodeType:
    source = Path(import_module(name).__file__ or "").read_text(encoding="utf-8")
    return compile(source, f"<{name}>", "exec")


def _place(name: str, module: ModuleType) -> None:
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    setattr(sys.modules[parent], child, module)


def _put(home: str, leaving: ModuleType, coming: ModuleType) -> None:
    """Put a module's rules into the registry in the place of those that stand there."""
    place, _, name = home.removeprefix("law.").partition(".")
    old, new = {one.id for one in leaving.RULES}, tuple(coming.RULES)
    others = [one for one in registry.by_place()[place] if one.id not in old]
    registry.by_place()[place] = (*others, *new)
    for rule_id in old:
        registry.by_id().pop(rule_id, None)
    registry.by_id().update({one.id: one for one in new})
    registry.applying.cache_clear()
    if place == "networks":
        stages._modules()[name] = coming


@contextmanager
def in_force(mutant: Mutant, name: str) -> Iterator[None]:
    """Run a function of the engine with a change, wherever it is already known by its name."""
    mutant.change()
    try:
        module = ModuleType(mutant.module)
        exec(_fresh(mutant.module), module.__dict__)  # noqa: S102 - our own source, one change
    finally:
        mutant.undo()
    there, changed = sys.modules[mutant.module], module
    for word in name.split("."):
        there, changed = getattr(there, word), getattr(changed, word)
    kept = {word: getattr(there, word) for word in ("__code__", "__defaults__", "__kwdefaults__")}
    try:
        for word in kept:
            setattr(there, word, getattr(changed, word))
        yield
    finally:
        for word, value in kept.items():
            setattr(there, word, value)
