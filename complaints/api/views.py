"""Complaints of the signed-in cardholder. Anyone else's are 404."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import IF_NONE_MATCH, KEY, PAGE, documented
from accounts.api.shapes import paged
from complaints import services, taxonomy
from complaints.api.serializers import (
    CategoriesOut,
    ComplaintIn,
    ComplaintLineOut,
    ComplaintOut,
)
from complaints.models import Complaint
from complaints.services import Grievance
from tickets.api import cases, idempotency, versions
from tickets.api.cases import Viewing
from tickets.api.pages import Cursor

COMPLAINT = "complaint"


class Categories(APIView):
    """What complaints are about."""

    @documented("complaints_categories", answers={200: CategoriesOut})
    def get(self, request: Request) -> Response:
        """List the categories. Codes never change with the language."""
        rows = taxonomy.CATEGORIES.values()
        return Response({"data": [{"code": row.code, "label": row.label()} for row in rows]})


class ComplaintList(APIView):
    """Complaints."""

    @documented("complaints_list", *PAGE, answers={200: paged(ComplaintLineOut)})
    def get(self, request: Request) -> Response:
        """List your complaints, newest first."""
        holder = principals.of(request).cardholder
        pages = Cursor("received_at", "id")
        rows = pages.paginate_queryset(cases.listed(cases.of(holder, COMPLAINT)), request)
        viewing = Viewing(holder, timezone.now(), whole=False)
        return pages.get_paginated_response(cases.tell_all(rows, viewing))

    @documented("complaints_make", KEY, request=ComplaintIn, answers={201: ComplaintOut})
    @idempotency.once
    def post(self, request: Request) -> Response:
        """Complain. Words of your own are enough."""
        shape = ComplaintIn(data=request.data)
        shape.is_valid(raise_exception=True)
        caller, at = principals.of(request), timezone.now()
        grievance = Grievance(source="app", **shape.validated_data)
        made = services.receive(caller.cardholder, grievance, actor=caller.actor(), at=at)
        return created(request, made, at=at)


class ComplaintDetail(APIView):
    """One complaint."""

    @documented("complaints_read", IF_NONE_MATCH, answers={200: ComplaintOut, 304: None})
    def get(self, request: Request, reference: str) -> Response:
        """Read one complaint in full."""
        holder = principals.of(request).cardholder
        if request.headers.get("If-None-Match"):
            seq = cases.get(holder, reference, COMPLAINT).seq
            known = versions.unchanged(request, seq)
            if known is not None:
                return known
        return read(request, reference)


def read(request: Request, reference: str, status: int = 200) -> Response:
    """Answer with one complaint in full."""
    holder = principals.of(request).cardholder
    told, version = cases.tell(holder, reference, COMPLAINT, at=timezone.now())
    return Response(told, status=status, headers={"ETag": versions.etag(version)})


def created(request: Request, made: Complaint, *, at: datetime) -> Response:
    """Answer 201 with the case and where it is; it may be one that this joined."""
    reference = made.ticket.reference
    told, version = cases.tell(principals.of(request).cardholder, reference, COMPLAINT, at=at)
    where = request.build_absolute_uri(f"/api/v1/complaints/{reference}")
    headers = {"ETag": versions.etag(version), "Location": where}
    return Response(told, status=201, headers=headers)
