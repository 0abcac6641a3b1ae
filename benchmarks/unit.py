"""The unit by which every figure is measured: the least that a view of this API can do."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets.models import Ticket


class Unit(APIView):
    """Check the token, read one row by an indexed column, answer with three of its fields.

    The middleware, the token check (which reads the cardholder's row) and the JSON are the
    product's own. It counts no requests and asks no permission: a bare view has neither.
    """

    throttle_classes = ()
    permission_classes = ()

    def get(self, request: Request, reference: str) -> Response:
        """Answer with the case's envelope."""
        row = get_object_or_404(Ticket, cardholder=request.user.cardholder, reference=reference)
        return Response({"reference": row.reference, "state": row.state, "version": row.seq})
