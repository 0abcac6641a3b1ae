"""How often one caller may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    # These classes are named in the settings that APIView itself reads.
    from rest_framework.views import APIView


class PrincipalThrottle(SimpleRateThrottle):
    """So many requests a minute for each cardholder and each system, from wherever they come."""

    scope = "principal"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        caller: Any = request.user
        ident = caller.ref if caller else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}
