"""What passes between cardholder and desk on one case: messages and files."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import KEY, MAYBE_IF_MATCH, PAGE, documented
from accounts.api.shapes import paged
from disputes import reasons
from disputes.api import decisions
from disputes.services import work
from kernel.errors import Missing, Unfit
from tickets import attachments
from tickets.api import cases, idempotency, uploads, versions
from tickets.api.pages import Cursor
from tickets.api.serializers import AttachmentOut, MessageIn, MessageOut
from tickets.models import Attachment, Message, Ticket

_PURPOSE = OpenApiParameter(
    "purpose", OpenApiTypes.STR, enum=list(reasons.EVIDENCE),
    description="Which evidence it gives; a field of the form may say it too.",
)  # fmt: skip
_NAME = OpenApiParameter("name", OpenApiTypes.STR, description="Of a file sent as the body.")
_FORM = inline_serializer(
    "AttachmentIn",
    {"file": serializers.FileField(), "purpose": serializers.CharField(required=False)},
)
_ANY_FILE = {"multipart/form-data": _FORM, "application/octet-stream": OpenApiTypes.BINARY}
_BYTES = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class Messages(APIView):
    """The thread of a case."""

    @documented("messages_list", *PAGE, answers={200: paged(MessageOut)})
    def get(self, request: Request, reference: str) -> Response:
        """List what was written, newest first. Internal notes are never part of it."""
        pages = Cursor("at", "id")
        rows = pages.paginate_queryset(_thread(_case(request, reference)), request)
        return pages.get_paginated_response(MessageOut(rows, many=True).data)

    @documented("messages_write", KEY, MAYBE_IF_MATCH, request=MessageIn, answers={201: MessageOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Write to us. An open question to you counts as answered by it."""
        shape = MessageIn(data=request.data)
        shape.is_valid(raise_exception=True)
        case = _case(request, reference)
        row = work.hear(
            case,
            actor=principals.of(request).actor(),
            at=timezone.now(),
            body=shape.validated_data["body"],
            in_reply_to=_replied_to(case, shape.validated_data.get("in_reply_to")),
            version=versions.seen(request, required=False),
        )
        return _versioned(MessageOut(row).data, case)


class Attachments(APIView):
    """The files of a case."""

    parser_classes = [uploads.Form, uploads.Raw]

    @documented("attachments_list", *PAGE, answers={200: paged(AttachmentOut)})
    def get(self, request: Request, reference: str) -> Response:
        """List your files, and those on which our answer rests, newest first."""
        pages = Cursor("at", "id")
        rows = pages.paginate_queryset(_files(_case(request, reference)), request)
        return pages.get_paginated_response(AttachmentOut(rows, many=True).data)

    @documented(
        "attachments_add", KEY, MAYBE_IF_MATCH, _PURPOSE, _NAME,
        request=_ANY_FILE, answers={200: AttachmentOut, 201: AttachmentOut},
    )  # fmt: skip
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Send a file. The same bytes again are the same file: 200 in place of 201."""
        file, purpose, at = uploads.the_file(request), _purpose(request), timezone.now()
        case = _case(request, reference)
        versions.expect(case.seq, versions.seen(request, required=False))
        row = attachments.attach(
            case,
            name=file.name or "file",
            content=file.read(),
            claimed_type=uploads.claimed_type(file),
            purpose=purpose,
            actor=principals.of(request).actor(),
            at=at,
        )
        work.heard(case, at=at)
        answer = _versioned(AttachmentOut(row).data, case, status=201 if row.at == at else 200)
        answer["Location"] = request.build_absolute_uri(f"{request.path}/{row.ref}")
        return answer


class AttachmentFile(APIView):
    """The bytes of one file."""

    @documented(
        "attachments_download", answers={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, reference: str, file_ref: str) -> HttpResponseBase:
        """Download a file as it was sent. A browser is told to save it, and to guess nothing."""
        row = _files(_case(request, reference)).filter(ref=file_ref.upper()).first()
        if row is None or not row.file.storage.exists(row.file.name or ""):
            raise Missing("not_found", _("There is no such file."))
        answer = FileResponse(
            row.file.open("rb"), as_attachment=True, filename=row.name,
            content_type=row.media_type,
        )  # fmt: skip
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return answer


def _case(request: Request, reference: str) -> Ticket:
    return cases.get(principals.of(request).cardholder, reference)


def _thread(case: Ticket) -> QuerySet[Message]:
    return case.messages.exclude(direction=Message.Direction.NOTE).select_related("in_reply_to")


def _files(case: Ticket) -> QuerySet[Attachment]:
    return case.attachments.filter(
        Q(actor_kind="cardholder") | Q(ref__in=decisions.exhibits(case, "attachment"))
    )


def _replied_to(case: Ticket, ref: str | None) -> Message | None:
    if not ref:
        return None
    row = _thread(case).filter(ref=ref).first()
    if row is None:
        raise Unfit(
            "unknown_message", _("There is no such message in this case."), pointer="/in_reply_to"
        )
    return row


def _purpose(request: Request) -> str:
    form: Any = request.data
    sent = form.get("purpose") or request.query_params.get("purpose") or ""
    if sent and sent not in reasons.EVIDENCE:
        raise Unfit("unknown_evidence", _("There is no such kind of evidence."), pointer="/purpose")
    return str(sent)


def _versioned(data: Any, case: Ticket, *, status: int = 201) -> Response:
    version = Ticket.objects.values_list("seq", flat=True).get(pk=case.pk)
    return Response(data, status=status, headers={"ETag": versions.etag(version)})
