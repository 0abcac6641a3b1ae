"""How large a thing may become before it hides another."""

from __future__ import annotations

import ast

import pytest

from tests.rules.source import ROOT, modules, where

MODULE_LINES, FUNCTION_LINES, CLASS_LINES, PARAMETERS = 300, 40, 150, 7
FORBIDDEN = {"utils.py", "helpers.py", "common.py", "base.py", "managers.py", "signals.py"}
# Models and parsers' tables: fields and constraints are declared in one place and have no inside.
WIDE = {"Ticket", "Dispute", "Chargeback", "Complaint"}


def _functions():
    for path, (_text, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def _body_lines(node):
    """Lines of what it does: without the signature, which has a line for each parameter."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_modules_stay_below_their_limit():
    found = {
        path: lines
        for path, (text, _tree) in modules().items()
        if (lines := len(text.splitlines())) > MODULE_LINES
    }

    assert found == {}


def test_functions_stay_below_their_limit():
    found = {
        f"{where(path, node)} {node.name}": lines
        for path, node in _functions()
        if (lines := _body_lines(node)) > FUNCTION_LINES
    }

    assert found == {}


def test_classes_stay_below_their_limit():
    found = {
        f"{where(path, node)} {node.name}": lines
        for path, (_text, tree) in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and node.name not in WIDE
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > CLASS_LINES
    }

    assert found == {}


def test_parameters_are_few_and_keyword_only_past_the_first():
    found = [
        f"{where(path, node)} {node.name}"
        for path, node in _functions()
        if len(node.args.args) + len(node.args.kwonlyargs) > PARAMETERS + 1  # and `self`
    ]

    assert found == []


def test_no_file_has_a_name_that_says_nothing():
    found = [path for path in modules() if path.rpartition("/")[2] in FORBIDDEN]

    assert found == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME"])
def test_nothing_is_left_to_do(word):
    kinds = {".py", ".html", ".md", ".txt", ".toml", ".css", ".js", ".yaml"}
    skipped = {".venv", "var", ".git", "node_modules", ".mypy_cache", ".hypothesis", ".ruff_cache"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if path.suffix in kinds
        and not skipped & set(path.relative_to(ROOT).parts)
        and word in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_each_room_says_in_one_line_what_it_is_for():
    rooms = [path for path in modules() if path.count("/") == 1 and path.endswith("/__init__.py")]
    found = [path for path in rooms if not ast.get_docstring(modules()[path][1])]

    assert len(rooms) == 11
    assert found == []
