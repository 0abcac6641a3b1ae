"""How views describe themselves: the headers and the problems that many of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from accounts.api.shapes import ProblemOut

KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True,
    description=_("A key of your own, such as a UUID. Repeat it when you repeat the request."),
)  # fmt: skip
IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True,
    description=_("The ETag of what you have seen."),
)  # fmt: skip
MAYBE_IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER,
    description=_("The ETag of what you have seen, when it matters to you."),
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER,
    description=_("An ETag that you have: 304 when nothing has changed since."),
)  # fmt: skip
PAGE = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description=_("next_cursor of the page before.")),
    OpenApiParameter("limit", OpenApiTypes.INT, description=_("Rows a page, 1 to 100; 50.")),
]

PROBLEM_TYPE = "application/problem+json"
PROBLEM = OpenApiResponse(ProblemOut, description=_("A problem; its code says which."))


def documented(
    name: str, *parameters: OpenApiParameter, answers: dict[Any, Any], **more: Any
) -> Callable[..., Any]:
    """Describe one operation: its name, its headers, what it answers when all is well."""
    problems: dict[Any, Any] = {
        (status, PROBLEM_TYPE): PROBLEM for status in _problems(parameters, more)
    }
    return extend_schema(
        operation_id=name, parameters=list(parameters), responses={**answers, **problems}, **more
    )


def _problems(parameters: tuple[OpenApiParameter, ...], more: dict[str, Any]) -> list[int]:
    found = {401, 403, 404, 429}
    if KEY in parameters or more.get("request"):
        found |= {400, 409, 413, 415, 422}
    if IF_MATCH in parameters:
        found |= {409, 412, 428}
    return sorted(found)
