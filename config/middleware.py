"""What every answer carries: a content policy and a request id."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ASKED_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

# Alpine, inside the desk's theme, compiles expressions at run time: it needs 'unsafe-eval' and
# inline styles. That stays under /admin/; everything else gets nothing.
_DESK = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_PAGES = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
)
_API = "default-src 'none'; frame-ancestors 'none'"


class ContentPolicy:
    """Say what a page may load, by where it lives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            policy = _DESK
        elif request.path.startswith("/api/v1/docs"):
            policy = _PAGES
        else:
            policy = _API
        response.headers.setdefault("Content-Security-Policy", policy)
        if policy is _API:
            # A person's bank data may be kept by that person's app alone, and be asked about anew.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class RequestId:
    """Give each request an id that the answer, its problems and the log share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("X-Request-ID", "")
        request.request_id = (  # type: ignore[attr-defined]
            asked if _ASKED_ID.fullmatch(asked) else f"req_{secrets.token_urlsafe(12)}"
        )
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response
