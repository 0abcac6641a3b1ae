"""Disputes and cases of the signed-in cardholder. Anyone else's are 404."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import IF_NONE_MATCH, KEY, PAGE, documented
from accounts.api.shapes import paged
from disputes import services
from disputes.api import filters
from disputes.api.serializers import DisputeIn, DisputeLineOut, DisputeOut, claims
from disputes.models import Dispute
from disputes.services import Notice
from tickets.api import cases, idempotency, versions
from tickets.api.cases import Viewing
from tickets.api.pages import Cursor

DISPUTE = "dispute"
_FILTERS = [
    OpenApiParameter("kind", OpenApiTypes.STR, description="dispute, complaint, …"),
    OpenApiParameter("status", OpenApiTypes.STR, enum=list(filters.STATUSES)),
    OpenApiParameter("updated_since", OpenApiTypes.DATETIME),
    OpenApiParameter("transaction", OpenApiTypes.STR, description="A disputed transaction."),
]


class CaseList(APIView):
    """Cases of every kind."""

    kinds: tuple[str, ...] = ()

    @documented("cases_list", *PAGE, *_FILTERS, answers={200: paged(DisputeLineOut)})
    def get(self, request: Request) -> Response:
        """List your cases, newest first."""
        return self.page(request)

    def page(self, request: Request) -> Response:
        """One page of the kinds that this view lists."""
        holder = principals.of(request).cardholder
        found = filters.narrowed(cases.of(holder, *self.kinds), request.query_params)
        pages = Cursor("received_at", "id")
        rows = pages.paginate_queryset(cases.listed(found), request)
        viewing = Viewing(holder, timezone.now(), whole=False)
        return pages.get_paginated_response(cases.tell_all(rows, viewing))


class CaseDetail(APIView):
    """One case of any kind."""

    kinds: tuple[str, ...] = ()

    @documented("cases_read", IF_NONE_MATCH, answers={200: DisputeOut, 304: None})
    def get(self, request: Request, reference: str) -> Response:
        """Read one case in full."""
        return read(request, reference, *self.kinds)


class DisputeList(CaseList):
    """Disputes."""

    kinds = (DISPUTE,)

    @documented("disputes_list", *PAGE, *_FILTERS, answers={200: paged(DisputeLineOut)})
    def get(self, request: Request) -> Response:
        """List your disputes, newest first."""
        return self.page(request)

    @documented("disputes_file", KEY, request=DisputeIn, answers={201: DisputeOut})
    @idempotency.once
    def post(self, request: Request) -> Response:
        """File a dispute. What is missing of its evidence may follow."""
        shape = DisputeIn(data=request.data)
        shape.is_valid(raise_exception=True)
        caller, at, given = principals.of(request), timezone.now(), shape.validated_data
        notice = Notice(
            reason=given["reason"], items=claims(given.get("items", ())),
            answers=given.get("answers", {}), story=given.get("story", ""),
            account=given.get("account", ""), source="app",
        )  # fmt: skip
        filed = services.file(caller.cardholder, notice, actor=caller.actor(), at=at)
        return created(request, filed, at=at)


class DisputeDetail(CaseDetail):
    """One dispute."""

    kinds = (DISPUTE,)

    @documented("disputes_read", IF_NONE_MATCH, answers={200: DisputeOut, 304: None})
    def get(self, request: Request, reference: str) -> Response:
        """Read one dispute in full."""
        return read(request, reference, *self.kinds)


def read(request: Request, reference: str, *kinds: str) -> Response:
    """Answer with one case in full, or with 304 when the caller has it."""
    holder = principals.of(request).cardholder
    if request.headers.get("If-None-Match"):
        known = versions.unchanged(request, cases.get(holder, reference, *kinds).seq)
        if known is not None:
            return known
    told, version = cases.tell(holder, reference, *kinds, at=timezone.now())
    return Response(told, headers={"ETag": versions.etag(version)})


def created(request: Request, filed: Dispute, *, at: datetime) -> Response:
    """Answer 201 with the new case and where it is."""
    ticket = filed.ticket
    told, version = cases.tell_new(principals.of(request).cardholder, ticket, at=at)
    where = request.build_absolute_uri(f"/api/v1/disputes/{ticket.reference}")
    headers = {"ETag": versions.etag(version), "Location": where}
    return Response(told, status=201, headers=headers)
