"""The machines as a page: a diagram and a table each, read from the transitions in the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.apps import apps

from tickets.departments import DEPARTMENTS, LEAD, LEAD_PERMISSIONS
from tickets.models import Machine

HEADING = """# The machines

Generated from the code by `make docs`. Every change of a state passes `tickets.machine.perform()`,
which locks the row, asks whether this person may, changes it, saves it and writes the event. A verb
that leads back to the state it came from is left out of the drawing and stands in the table.
"""
_SAME = "same"


def markdown() -> str:
    """Return the whole page."""
    return "\n".join([HEADING, *(_page(machine) for machine in machines())])


def machines() -> list[type[Machine]]:
    """Every machine of the installed rooms, in their order."""
    return [model for model in apps.get_models() if issubclass(model, Machine)]


def _page(machine: type[Machine]) -> str:
    summary = (machine.__doc__ or "").strip().splitlines()[0]
    moves = transitions(machine)
    return "\n".join(
        [
            f"## {machine.__name__}",
            "",
            summary,
            "",
            "```mermaid",
            "stateDiagram-v2",
            *_drawing(machine, moves),
            "```",
            "",
            "| verb | from → to | who | when | what |",
            "|---|---|---|---|---|",
            *(_row(machine, name, list(group)) for name, group in groupby(moves, _name)),
            "",
        ]
    )


def transitions(machine: type[Machine]) -> list[Any]:
    """The machine's transitions, verb by verb as they are written."""
    field: Any = _state_of(machine)
    order = list(machine.__dict__)
    found = field.get_all_transitions(machine)
    places = [code for code, _label in machine.STATES]  # type: ignore[attr-defined]
    return sorted(found, key=lambda move: (order.index(move.name), places.index(move.source)))


def _state_of(machine: type[Machine]) -> Any:
    # Each machine has the field; the abstract one does not, and that is what mypy sees.
    return machine._meta.get_field("state")  # type: ignore[misc]


def _name(move: Any) -> str:
    return str(move.name)


def targets(move: Any) -> list[str]:
    """The states that a transition leads to; one whose code decides among several has them all."""
    if move.target is None:
        return [_SAME]
    return list(getattr(move.target, "allowed_states", None) or [move.target])


def _drawing(machine: type[Machine], moves: list[Any]) -> Iterable[str]:
    first = _state_of(machine).get_default()
    yield f"    [*] --> {first}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        for target in targets(move):
            if target != _SAME:
                arrows.setdefault((move.source, target), []).append(move.name)
    for (source, target), names in arrows.items():
        yield f"    {source} --> {target}: {', '.join(names)}"


def _row(machine: type[Machine], name: str, group: list[Any]) -> str:
    sources = ", ".join(dict.fromkeys(move.source for move in group))
    ends = ", ".join(dict.fromkeys(to for move in group for to in targets(move)))
    conditions = "; ".join(_sentence(one) for one in group[0].conditions)
    what = (getattr(machine, name).__doc__ or "").strip().splitlines()[0]
    cells = (f"`{name}`", f"{sources} → {ends}", who(group[0].permission), conditions, what)
    return "| " + " | ".join(cells) + " |"


def _sentence(condition: Callable[..., Any]) -> str:
    """A predicate's own first line."""
    return (condition.__doc__ or "").strip().splitlines()[0].rstrip(".")


def who(permission: Any) -> str:
    """Who passes a permission of ``tickets.permissions``, in words."""
    inner = [cell.cell_contents for cell in getattr(permission, "__closure__", None) or ()]
    maker = permission.__qualname__.partition(".")[0]
    if maker == "desk":
        return ", ".join(_holders(inner[0]))
    if maker == "either":
        return " · ".join(dict.fromkeys(who(one) for one in inner[0]))
    if maker == "not_about":
        return f"{who(inner[0])} (never who is complained of)"
    if maker == "unless_driven":
        return f"{who(inner[0])} (not of a driven case)"
    plain = {
        "the_cardholder": "cardholder",
        "integrator": "issuer's systems",
        "nobody": "the desk itself",
        "of_asked_department": "the asked department",
    }
    return plain[maker]


def _holders(permission: str) -> list[str]:
    found = [code for code, row in DEPARTMENTS.items() if permission in row.permissions]
    if permission in LEAD_PERMISSIONS:
        found.append(LEAD)
    return [code.replace("_", " ") for code in found]
