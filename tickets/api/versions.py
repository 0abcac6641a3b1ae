"""Versions of what is shown: ETag, If-None-Match, If-Match (RFC 9110, section 13)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.errors import Refusal, Stale

_TAG = re.compile(r'(W/)?"([^"]*)"')
_OURS = re.compile(r"v([0-9]{1,9})", re.ASCII)


class VersionMissing(Refusal):
    """The request must say which version it was decided on."""


def etag(version: int) -> str:
    """The tag of a version: ``"v17"``."""
    return f'"v{version}"'


def unchanged(request: Request, version: int) -> Response | None:
    """Answer 304 when the caller has this version already."""
    wanted = request.headers.get("If-None-Match", "")
    if wanted.strip() == "*" or etag(version) in {
        f'"{tag}"' for _weak, tag in _TAG.findall(wanted)
    }:
        return Response(status=304, headers={"ETag": etag(version)})
    return None


def seen(request: Request, *, required: bool = True) -> int | None:
    """The version that the caller decided on, by ``If-Match``; ``None`` when any will do.

    Raises:
        VersionMissing: the request needs one and has none.
    """
    text = request.headers.get("If-Match", "").strip()
    if not text:
        if not required:
            return None
        raise VersionMissing(
            "precondition_required",
            _("Say which version you have seen: send its ETag in If-Match."),
        )
    if text == "*":
        return None
    # A weak tag never matches, nor does one of another server: no case has the version zero.
    found = [
        int(ours.group(1))
        for weak, tag in _TAG.findall(text)
        if not weak and (ours := _OURS.fullmatch(tag))
    ]
    return found[0] if found else 0


def expect(current: int, version: int | None) -> None:
    """Refuse a request that was decided on another version.

    Raises:
        Stale: with the version that there is now.
    """
    if version is not None and version != current:
        raise Stale(
            "stale_version",
            _("The case has changed since you read it. Look at it again, then decide."),
            version=current,
        )
