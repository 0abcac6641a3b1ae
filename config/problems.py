"""Refusals as RFC 9457 answers: the only home of HTTP statuses."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.redaction import mask
from config.problem_types import PROBLEM_TYPES
from kernel.errors import Missing, NotAllowed, NotNow, Refusal, Stale, Unfit

MEDIA_TYPE = "application/problem+json"
R = TypeVar("R", bound=HttpResponseBase)
log = logging.getLogger("recourse.api")
_STATUS: dict[type[Refusal], int] = {
    Unfit: status.HTTP_422_UNPROCESSABLE_ENTITY,
    NotAllowed: status.HTTP_403_FORBIDDEN,
    NotNow: status.HTTP_409_CONFLICT,
    Stale: status.HTTP_412_PRECONDITION_FAILED,
    Missing: status.HTTP_404_NOT_FOUND,
}
# DRF's own codes, in our words.
_CODES = {
    "not_authenticated": "token_missing",
    "authentication_failed": "token_refused",
    "permission_denied": "not_allowed",
    "throttled": "rate_limited",
    "parse_error": "not_readable",
}
# What may be sent again as it is, a little later.
_RETRYABLE = {"request_in_progress", "rate_limited", "server_error"}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal is ``application/problem+json``.

    What is no refusal is a bug: it stays loud, and ``server_error`` answers.
    """
    request = context["request"]._request
    error = _translated(error)
    if isinstance(error, Refusal):
        body, headers = _of_refusal(error, request)
    elif isinstance(error, exceptions.APIException):
        body, headers = _of_api(error, request)
    else:
        return None
    set_rollback()
    response = Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)
    return _logged(response, body)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    if refusal.code in PROBLEM_TYPES:
        return PROBLEM_TYPES[refusal.code].status
    return next(number for kind, number in _STATUS.items() if isinstance(refusal, kind))


def no_such_path(request: HttpRequest, _rest: str = "") -> HttpResponse:
    """Answer for a path under ``/api/`` that there is not."""
    return _plain(request, "not_found", 404, _("There is no such path in this API."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a bug: nothing of it reaches the caller; the log has it all."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    sentence = _("Something went wrong here. Nothing was changed; you may send it again.")
    return _plain(request, "server_error", 500, sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what Django itself refuses before any view sees it."""
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    return _plain(request, "not_readable", 400, _("The request cannot be read."))


def page(request: HttpRequest) -> HttpResponse:
    """Explain every problem: where the ``type`` of an answer leads."""
    return render(request, "problems.html", {"types": PROBLEM_TYPES.values()})


def _translated(error: Exception) -> Exception:
    """Django's own refusals in the domain's words."""
    if isinstance(error, Http404):
        return Missing("not_found", _("There is no such thing."))
    if isinstance(error, PermissionDenied):
        return NotAllowed("not_allowed", _("You may not do this."))
    if isinstance(error, RequestDataTooBig):
        return Unfit("body_too_large", _("The body is too large. Send long texts as a file."))
    if isinstance(error, SuspiciousOperation):
        return Unfit("not_readable", _("The request cannot be read."))
    return error


def _of_refusal(refusal: Refusal, request: HttpRequest) -> tuple[dict[str, Any], dict[str, str]]:
    body = _body(request, refusal.code, status_of(refusal), refusal.sentence)
    details = dict(refusal.details)
    pointer = details.pop("pointer", None)
    if pointer is None and "field" in details:
        pointer = f"/{details['field']}"
    if pointer is not None:
        details["errors"] = [{"pointer": pointer, "code": refusal.code, "detail": refusal.sentence}]
    headers: dict[str, str] = {}
    if isinstance(refusal, Stale) and "version" in details:
        headers["ETag"] = f'"v{details["version"]}"'
    return {**details, **body}, headers


def _of_api(
    error: exceptions.APIException, request: HttpRequest
) -> tuple[dict[str, Any], dict[str, str]]:
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.ValidationError):
        body = _body(request, "validation_failed", 422, _("Some fields cannot be used."))
        return {**body, "errors": list(_pointers(error.detail, ""))}, headers
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(error.auth_header)  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)  # type: ignore[attr-defined]
    code = str(error.get_codes())
    return _body(request, _CODES.get(code, code), error.status_code, str(error.detail)), headers


def _body(request: HttpRequest, code: str, number: int, sentence: str) -> dict[str, Any]:
    known = PROBLEM_TYPES.get(code)
    return {
        "type": f"{request.build_absolute_uri(reverse('problems'))}#{code}",
        "title": str(known.title) if known else sentence,
        "status": number,
        "detail": sentence,
        "code": code,
        "instance": mask(request.path),
        "request_id": getattr(request, "request_id", ""),
        "retryable": code in _RETRYABLE or number == status.HTTP_503_SERVICE_UNAVAILABLE,
    }


def _logged(response: R, body: dict[str, Any]) -> R:
    """Log the refusal ourselves: Django would write the path as it came, card numbers and all."""
    if body["status"] < status.HTTP_500_INTERNAL_SERVER_ERROR:
        response._has_been_logged = True  # type: ignore[attr-defined]
    log.info("%s %s %s %s", body["status"], body["code"], body["instance"], body["request_id"])
    return response


def _plain(request: HttpRequest, code: str, number: int, sentence: str) -> HttpResponse:
    body = _body(request, code, number, sentence)
    return _logged(JsonResponse(body, status=number, content_type=MEDIA_TYPE), body)


def _pointers(detail: Any, path: str) -> Iterator[dict[str, str]]:
    """Flatten DRF's nested errors into JSON Pointers (RFC 6901) with codes."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield from _pointers(inner, path if name == "non_field_errors" else f"{path}/{step}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _pointers(inner, f"{path}/{place}" if nested else path)
    else:
        yield {"pointer": path, "code": str(detail.code), "detail": str(detail)}
