"""Lists by cursor: as cheap on the last page as on the first, and without totals."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.errors import Unfit

USUAL, MOST = 50, 100
_LARGEST_KEY = 2**63


class Cursor(BasePagination):
    """Rows in the order of two columns, the second one unique; newest first.

    A cursor holds the two values of the last row seen. A row that appears or goes meanwhile
    neither repeats nor hides another.
    """

    order: tuple[str, str] = ("received_at", "id")

    def __init__(self, *order: str) -> None:
        if order:
            self.order = (order[0], order[1])

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that ``request`` asks for.

        Raises:
            Unfit: ``bad_cursor`` or ``bad_limit``.
        """
        self.url = request.build_absolute_uri(request.path)
        self.query = request.query_params.copy()
        limit = _limit(request.query_params.get("limit"))
        after = request.query_params.get("cursor")
        if after:
            queryset = queryset.filter(self._beyond(queryset.model, after))
        first, second = self.order
        found = list(queryset.order_by(f"-{first}", f"-{second}")[: limit + 1])
        self.has_more = len(found) > limit
        page = found[:limit]
        self.next_cursor = self._cursor(page[-1]) if self.has_more else None
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap ``data`` with the way on, also as a ``Link`` (RFC 8288)."""
        headers = {}
        if self.next_cursor:
            self.query["cursor"] = self.next_cursor
            headers["Link"] = f'<{self.url}?{self.query.urlencode()}>; rel="next"'
        body = {"data": data, "next_cursor": self.next_cursor, "has_more": self.has_more}
        return Response(body, headers=headers)

    def _cursor(self, row: Model) -> str:
        values = [getattr(row, name) for name in self.order]
        plain = [value if isinstance(value, int) else value.isoformat() for value in values]
        raw = json.dumps(plain, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def _beyond(self, model: type[Model], cursor: str) -> Q:
        first, second = self.order
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            one, two = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            field = model._meta.get_field(first)
            value = field.to_python(one) if isinstance(field, Field) else None
            if value is None or type(two) is not int or not 0 <= two < _LARGEST_KEY:
                raise ValueError(cursor)
        except (ValueError, TypeError, RecursionError, ValidationError):
            raise Unfit(
                "bad_cursor", _("This cursor is none of ours. Begin again without one.")
            ) from None
        # Written so that an index on both columns is walked from the cursor on.
        return Q(**{f"{first}__lte": value}) & (
            Q(**{f"{first}__lt": value}) | Q(**{f"{second}__lt": two})
        )


def _limit(asked: str | None) -> int:
    if asked is None:
        return USUAL
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and 0 < int(asked) <= MOST):
        raise Unfit("bad_limit", _("limit must be a whole number from 1 to %d.") % MOST)
    return int(asked)
