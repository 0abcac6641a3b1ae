"""JSON bodies: of a size and a depth that a person's request can have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.encoders import JSONEncoder

from kernel.errors import Unfit

DEEPEST = 12  # levels; the deepest body that the API knows has four


class Json(JSONParser):
    """JSON that fits in memory. DRF's own parser reads as much as is sent, and any depth."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Read and check the body.

        Raises:
            RequestDataTooBig: above ``DATA_UPLOAD_MAX_MEMORY_SIZE``.
            Unfit: half a character in some text.
            ParseError: no JSON, not in UTF-8, too deep, or with a number that is none.
        """
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise RequestDataTooBig
        try:
            data = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
        except RecursionError:
            raise ParseError(_too_deep()) from None
        except ValueError:
            raise ParseError(_("The body is not JSON in UTF-8.")) from None
        _shallow(data)
        if rb"\ud" in raw.lower():
            _whole_characters(data)
        return data


def _shallow(data: Any) -> None:
    """Look level by level, without recursion."""
    level = [data]
    for _depth in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return
    raise ParseError(_too_deep())


def _whole_characters(data: Any) -> None:
    """Refuse half of a character, which JSON can spell and nobody can store or answer with."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Unfit(
            "text_not_clean", _("The text holds half a character (a lone surrogate).")
        ) from None


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_deep() -> str:
    return _("The body is nested more than %(most)d levels deep.") % {"most": DEEPEST}


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def an_object(data: Any) -> dict[str, Any]:
    """Return a body that is a JSON object, as a copy.

    Raises:
        Unfit: it is something else.
    """
    if not isinstance(data, dict):
        raise Unfit("not_an_object", _("Send one JSON object."))
    return dict(data)


def canonical(data: Any) -> bytes:
    """The same bytes for the same content, whatever the order of its names."""
    return json.dumps(data, sort_keys=True, cls=JSONEncoder, separators=(",", ":")).encode()
