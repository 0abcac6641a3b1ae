"""Files as they arrive: as the part "file" of a form, or as the body itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

from kernel.errors import Unfit

_FORM_AROUND_A_FILE = 65_536  # bytes of boundaries and small fields
# What a sender says who does not know what it is.
_NO_CLAIM = {"", "application/octet-stream", "binary/octet-stream"}


class Form(MultiPartParser):
    """A form that is refused by its length before any of it is read."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        meta = (parser_context or {})["request"].META
        length = meta.get("CONTENT_LENGTH") or "0"
        if int(length) > settings.ATTACHMENT_BYTES + _FORM_AROUND_A_FILE:
            raise too_large()
        return super().parse(stream, media_type, parser_context)


class Raw(BaseParser):
    """The body is the file; its name comes from ``Content-Disposition`` or ``?name=``."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request: Request = (parser_context or {})["request"]
        content = stream.read(settings.ATTACHMENT_BYTES + 1)
        if len(content) > settings.ATTACHMENT_BYTES:
            raise too_large()
        kind, _parameters = parse_header_parameters(media_type or "")
        return {"file": SimpleUploadedFile(_name(request), content, kind)}


def the_file(request: Request) -> UploadedFile[Any]:
    """The one file that was sent.

    Raises:
        Unfit: there is none, the part is no file, or the body is empty.
    """
    found = request.data.get("file") if hasattr(request.data, "get") else None
    if not request.data and not request.headers.get("Content-Type", "").startswith("multipart/"):
        raise Unfit("file_empty", _("The file is empty. Send it again."))
    if not isinstance(found, UploadedFile):
        raise Unfit("file_missing", _("Send the file as the part “file” of a form."))
    return found


def claimed_type(file: UploadedFile[Any]) -> str:
    """What the sender says that it is; empty when they do not know."""
    claim = (file.content_type or "").lower()
    return "" if claim in _NO_CLAIM else claim


def too_large() -> Unfit:
    """The refusal of a file that is too large."""
    return Unfit(
        "file_too_large",
        _("A file may have %(most)d MB.") % {"most": settings.ATTACHMENT_BYTES // 1_048_576},
    )


def _name(request: Request) -> str:
    if "name" in request.query_params:
        return request.query_params["name"][:255] or "file"
    try:
        _kind, parameters = parse_header_parameters(request.headers.get("Content-Disposition", ""))
    except (ValueError, LookupError):
        raise ParseError(_("Content-Disposition cannot be read.")) from None
    return parameters.get("filename", "file")[:255] or "file"
