"""What is known of a verb before it is tried in three ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kernel.actors import SYSTEM, Actor
from tests import make

Make = Callable[[], Any]
Who = Callable[[Any], Actor]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """``call(row, actor=, at=, **inputs(row))`` presses it; ``name`` is the event that it writes.

    ``ready`` makes a row on which it may be pressed, ``unready`` one on which it may not; ``who``
    may press it on a row and ``who_not`` may not. ``after`` is the state that the row comes to.
    """

    name: str
    call: Callable[..., Any]
    ready: Make
    who: Who
    who_not: Who
    unready: Make
    after: str
    inputs: Callable[[Any], dict[str, Any]] = lambda _row: {}

    def prepared(self, row: Any) -> Callable[[Actor], Any]:
        """Make the inputs, which may write rows of their own; return the button."""
        inputs, at = self.inputs(row), timezone.now()
        return lambda actor: self.call(row, actor=actor, at=at, **inputs)


def clerk(*departments: str) -> Who:
    """A new member of staff in these departments."""
    return lambda _row: make.clerk(*departments)


def outsider(_row: Any) -> Actor:
    """Signed in, but in no department."""
    return Actor("staff", user := make.staff(), f"user:{user.pk}")


def system(_row: Any) -> Actor:
    """The desk itself."""
    return SYSTEM
