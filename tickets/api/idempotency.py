"""Requests that may be sent again: one effect, one answer, however often they arrive."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import principals
from accounts.api.parsers import canonical
from kernel.errors import NotNow, Unfit
from tickets.models import Idempotency

KEPT = timedelta(hours=72)
_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_HEADERS = ("Location", "ETag")

Handler = Callable[..., Response]


class Kept(NamedTuple):
    """What is kept of the first answer."""

    payload_hash: str
    status: int
    body: Any
    headers: dict[str, str]


def once(handler: Handler) -> Handler:
    """Do what a POST asks once for each ``Idempotency-Key`` of a caller.

    The answer is kept in the transaction of its effect, so that both are there or neither is. A
    refusal keeps nothing: the same key may be sent again with what was wrong put right.
    """

    @wraps(handler)
    def handle(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key, principal = _key(request), principals.of(request).ref
        digest = _digest(request)
        try:
            with transaction.atomic():
                _claim(principal, key)
                kept = _kept(principal, key)
                if kept is None:
                    response = handler(view, request, *args, **kwargs)
                    _keep(principal, key, digest, response)
                    return response
        except IntegrityError:
            # Where nothing can be claimed beforehand, the database found out which was second.
            kept = _kept(principal, key)
            if kept is None:
                raise
        return _replay(kept, digest)

    return handle


def purge(at: datetime, *, batch: int = 5_000) -> int:
    """Forget answers whose time is over. Returns how many."""
    old = Idempotency.objects.filter(at__lt=at - KEPT).values("pk")[:batch]
    return Idempotency.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Unfit(
            "idempotency_key_missing",
            _("Send an Idempotency-Key of your own with each POST, so that it may be repeated."),
        )
    if not _KEY.fullmatch(key):
        raise Unfit(
            "idempotency_key_unfit",
            _("An Idempotency-Key has 1 to 128 visible ASCII characters."),
        )
    return key


def _digest(request: Request) -> str:
    """Hash what is asked, not how it was packed: a form's boundary differs each time."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    found.update(canonical(_plain(request.data)))
    return found.hexdigest()


def _plain(data: Any) -> Any:
    if isinstance(data, UploadedFile):
        return _of_file(data)
    if isinstance(data, QueryDict):
        return {name: [_plain(value) for value in values] for name, values in data.lists()}
    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items()}
    return data


def _of_file(file: UploadedFile[Any]) -> list[str]:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [file.name or "", file.content_type or "", digest.hexdigest()]


def _claim(principal: str, key: str) -> None:
    """Refuse at once while the same request is being worked on.

    PostgreSQL frees the lock with the transaction. SQLite has one writer at a time: there the
    second request waits for the first and repeats its answer.
    """
    if connection.vendor != "postgresql":
        return
    name = hashlib.sha256(f"{principal} {key}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(name[:8], "big", signed=True)]
        )
        row = cursor.fetchone()
    if not row[0]:
        raise NotNow(
            "request_in_progress", _("This request is being worked on. Send it again in a moment.")
        )


def _kept(principal: str, key: str) -> Kept | None:
    found = Idempotency.objects.filter(principal=principal, key=key)
    for row in found.values_list("payload_hash", "status", "body", "headers"):
        return Kept(*row)
    return None


def _keep(principal: str, key: str, digest: str, response: Response) -> None:
    Idempotency.objects.create(
        principal=principal, key=key, payload_hash=digest, status=response.status_code,
        body=json.loads(canonical(response.data)), at=timezone.now(),
        headers={name: response[name] for name in _HEADERS if name in response},
    )  # fmt: skip


def _replay(kept: Kept, digest: str) -> Response:
    if kept.payload_hash != digest:
        raise Unfit(
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Take a new one."),
        )
    headers = {**kept.headers, "Idempotency-Replayed": "true"}
    return Response(kept.body, status=kept.status, headers=headers)
