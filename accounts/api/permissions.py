"""Which kind of caller may use which part of the API. Whose row it is, the querysets decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # These classes are named in the settings that APIView itself reads.
    from rest_framework.views import APIView


class IsCardholder(BasePermission):
    """A person; the issuer's systems have their own paths."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        caller: Any = request.user
        return caller is not None and bool(caller.kind == "cardholder")


class _HasScope(BasePermission):
    """One of the issuer's systems, whose token carries ``scope``."""

    scope: ClassVar[str]

    def has_permission(self, request: Request, view: APIView) -> bool:
        caller: Any = request.user
        if caller is None or caller.kind != "integrator":
            return False
        return self.scope in caller.scopes


class MayWriteFacts(_HasScope):
    """A system that brings facts in."""

    scope = "facts:write"


class MayReadCases(_HasScope):
    """A system that asks what stands against an account."""

    scope = "cases:read"
