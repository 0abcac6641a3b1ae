"""Who acts: a member of staff, a cardholder, an issuer's system, or the desk itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["staff", "cardholder", "integrator", "system"]


@dataclass(frozen=True)
class Actor:
    """One who presses a verb. ``ref`` is what history keeps: never a name, never an address.

    ``user`` is whatever the permission check of the machine needs (a Django user for staff, the
    ``Cardholder`` row for a cardholder); it never reaches an event.
    """

    kind: Kind
    user: Any = field(default=None, compare=False)
    ref: str = ""

    @property
    def trusted(self) -> bool:
        """The desk's own clock and rules need no permission; people and other systems do."""
        return self.kind == "system"


SYSTEM = Actor("system", ref="system")


def staff(user: Any) -> Actor:
    """The signed-in member of staff."""
    return Actor("staff", user, f"user:{user.pk}")


def cardholder(row: Any) -> Actor:
    """The cardholder whose token it is."""
    return Actor("cardholder", row, f"cardholder:{row.external_ref}")
