"""A state has one door, the clock is read at the edges, and nothing goes around either."""

from __future__ import annotations

import ast

from django.apps import apps

from tests.rules.source import calls, modules, where
from tickets.models import Machine

# Where a person, another system or the machine's own clock comes in: here `at` begins.
EDGES = ("/admin", "/api/", "/management/commands/", "config/", "/desk/")


def _is_edge(path: str) -> bool:
    return any(edge in path or path.startswith(edge) for edge in EDGES)


def test_no_update_writes_a_state_of_a_machine():
    machines = {model.__name__ for model in apps.get_models() if issubclass(model, Machine)}
    found = [
        where(path, call)
        for path, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"update", "bulk_update", "update_or_create"}
        and any(word.arg == "state" for word in call.keywords)
        and any(f"{name}.objects" in ast.unparse(call.func) for name in machines)
    ]

    assert found == []


def test_nobody_assigns_a_state():
    found = [
        where(path, node)
        for path, (_text, tree) in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if ast.unparse(target) in {
            "self.state", "ticket.state", "dispute.state", "leg.state", "complaint.state",
        }
    ]  # fmt: skip

    assert found == []


def test_transitions_are_called_by_the_door_alone():
    verbs = {
        name
        for model in apps.get_models()
        if issubclass(model, Machine)
        for name, member in vars(model).items()
        if hasattr(member, "_django_fsm")
    }
    found = [
        where(path, call)
        for path, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in verbs
        and ast.unparse(call.func.value) in {"row", "ticket", "dispute", "leg", "task", "complaint"}
    ]

    assert found == []


def test_the_mixin_that_skips_permissions_is_not_used():
    assert [path for path, (text, _tree) in modules().items() if "FSMAdminMixin" in text] == []


def test_no_row_is_refreshed_in_place():
    found = [
        where(path, call)
        for path, call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "refresh_from_db"
    ]

    assert found == []


def test_the_clock_is_read_at_the_edges_alone():
    found = [
        where(path, call)
        for path, call in calls()
        if ast.unparse(call.func) in {
            "timezone.now", "timezone.localdate", "datetime.now", "datetime.utcnow", "date.today",
            "datetime.today", "time.time",
        }
        and not _is_edge(path)
    ]  # fmt: skip

    assert found == []


def test_nothing_catches_everything():
    found = [
        where(path, node)
        for path, (_text, tree) in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]

    assert found == []
