"""Who calls: a cardholder, or one of the issuer's own systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from rest_framework.request import Request

from accounts.models import Cardholder
from kernel import actors
from kernel.actors import Actor


@dataclass(frozen=True)
class Principal:
    """The owner of a checked token; stands where Django has its user."""

    kind: str
    name: str
    holder: Cardholder | None = None
    scopes: frozenset[str] = frozenset()
    is_authenticated: bool = True

    @property
    def ref(self) -> str:
        """The key under which this caller is counted and remembered."""
        return f"{self.kind}:{self.name}"

    @property
    def cardholder(self) -> Cardholder:
        """The person; views behind ``IsCardholder`` always have one."""
        if self.holder is None:
            raise LookupError("This caller is no cardholder.")
        return self.holder

    def actor(self) -> Actor:
        """The same caller as the domain knows it."""
        if self.holder is not None:
            return actors.cardholder(self.holder)
        return Actor("integrator", None, self.ref)


def of(request: Request) -> Principal:
    """The caller of ``request``, whose view lets nobody in without a token."""
    return cast(Principal, request.user)
