"""Refusals as RFC 9457 answers: the only home of HTTP statuses."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from kernel.errors import Missing, NotAllowed, NotNow, Refusal, Stale, Unfit

TYPES = "https://recourse.example/problems/"
_STATUS: dict[type[Refusal], int] = {
    Unfit: status.HTTP_422_UNPROCESSABLE_ENTITY,
    NotAllowed: status.HTTP_403_FORBIDDEN,
    NotNow: status.HTTP_409_CONFLICT,
    Stale: status.HTTP_412_PRECONDITION_FAILED,
    Missing: status.HTTP_404_NOT_FOUND,
}
_BY_CODE = {
    "idempotency_key_missing": status.HTTP_400_BAD_REQUEST,
    "precondition_required": status.HTTP_428_PRECONDITION_REQUIRED,
    "bad_cursor": status.HTTP_400_BAD_REQUEST,
    "file_too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "file_type_refused": status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
    "file_type_lies": status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal is ``application/problem+json``."""
    if isinstance(error, Http404):
        error = Missing("not_found", _("There is no such thing."))
    elif isinstance(error, PermissionDenied):
        error = NotAllowed("not_allowed", _("You may not do this."))
    if isinstance(error, Refusal):
        response = _of_refusal(error)
    elif isinstance(error, exceptions.APIException):
        response = _of_api(error)
    else:
        return None
    set_rollback()
    request = context.get("request")
    if request is not None:
        response.data["instance"] = request.path
        response.data["request_id"] = getattr(request._request, "request_id", "")
    response.content_type = "application/problem+json"
    return response


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _BY_CODE.get(refusal.code) or next(
        number for kind, number in _STATUS.items() if isinstance(refusal, kind)
    )


def _of_refusal(refusal: Refusal) -> Response:
    number = status_of(refusal)
    return Response(
        {**refusal.details, **_body(refusal.code, refusal.sentence, number)}, status=number
    )


def _of_api(error: exceptions.APIException) -> Response:
    number = error.status_code
    headers = {}
    if isinstance(error, exceptions.ValidationError):
        body = _body("validation_failed", _("Some fields cannot be used."), 422)
        body["errors"] = list(_pointers(error.detail, ""))
        return Response(body, status=422)
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    code = {
        "not_authenticated": "token_missing",
        "authentication_failed": "token_refused",
        "permission_denied": "not_allowed",
        "throttled": "rate_limited",
        "error": "not_readable",
        "parse_error": "not_readable",
    }.get(str(error.get_codes()), str(error.get_codes()))
    return Response(_body(code, str(error.detail), number), status=number, headers=headers)


def _body(code: str, sentence: str, number: int) -> dict[str, Any]:
    return {
        "type": f"{TYPES}{code.replace('_', '-')}",
        "title": sentence,
        "status": number,
        "detail": sentence,
        "code": code,
        "retryable": number in {409, 412, 429, 503},
    }


def _pointers(detail: Any, path: str) -> Any:
    """Flatten DRF's nested errors into JSON Pointers with codes."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else f"/{name}"
            yield from _pointers(inner, path + step)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _pointers(inner, f"{path}/{place}" if nested else path)
    else:
        yield {"pointer": path or "/", "code": detail.code, "detail": str(detail)}
