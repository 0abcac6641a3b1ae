"""Drafts of the signed-in cardholder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import IF_MATCH, IF_NONE_MATCH, KEY, PAGE, documented
from accounts.api.shapes import paged
from accounts.models import Cardholder, CardTransaction
from disputes import evidence, reasons, windows
from disputes.api import views
from disputes.api.serializers import DisputeOut, DraftIn, DraftOut
from disputes.api.telling import gap_as_told
from disputes.models import Draft
from disputes.services import drafts
from tickets.api import idempotency, versions
from tickets.api.pages import Cursor

Told = dict[str, Any]


class Drafts(APIView):
    """Disputes that are being written."""

    @documented("drafts_list", *PAGE, answers={200: paged(DraftOut)})
    def get(self, request: Request) -> Response:
        """List your drafts, newest first."""
        holder = principals.of(request).cardholder
        pages = Cursor("created_at", "id")
        rows = pages.paginate_queryset(holder.drafts.all(), request)
        return pages.get_paginated_response(_told_all(holder, rows))

    @documented("drafts_start", KEY, request=DraftIn, answers={201: DraftOut})
    @idempotency.once
    def post(self, request: Request) -> Response:
        """Begin a dispute; anything may be missing, and the answer says what is."""
        holder = principals.of(request).cardholder
        row = drafts.start(holder, _given(request), at=timezone.now())
        answer = _answer(holder, row, status=201)
        answer["Location"] = request.build_absolute_uri(f"{request.path}/{row.reference}")
        return answer


class OneDraft(APIView):
    """One dispute that is being written."""

    @documented("drafts_read", IF_NONE_MATCH, answers={200: DraftOut, 304: None})
    def get(self, request: Request, reference: str) -> Response:
        """Read a draft, with what is missing and until when it can be sent."""
        holder = principals.of(request).cardholder
        row = drafts.get(holder, reference)
        return versions.unchanged(request, row.version) or _answer(holder, row)

    @documented("drafts_save", IF_MATCH, request=DraftIn, answers={200: DraftOut})
    def patch(self, request: Request, reference: str) -> Response:
        """Replace the fields that are sent; the others stay."""
        holder, version = principals.of(request).cardholder, versions.seen(request)
        row = drafts.save(holder, reference, _given(request), at=timezone.now(), version=version)
        return _answer(holder, row)

    @documented("drafts_discard", IF_MATCH, answers={204: None})
    def delete(self, request: Request, reference: str) -> Response:
        """Throw a draft away."""
        holder, version = principals.of(request).cardholder, versions.seen(request)
        drafts.discard(holder, reference, version=version)
        return Response(status=204)


class Submission(APIView):
    """Sending a draft."""

    @documented("drafts_submit", KEY, IF_MATCH, request=None, answers={201: DisputeOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Send it. Receipt is this instant, and the case has the draft's reference."""
        caller, version, at = principals.of(request), versions.seen(request), timezone.now()
        filed = drafts.submit(
            caller.cardholder, reference, actor=caller.actor(), at=at, version=version
        )
        return views.created(request, filed, at=at)


def _given(request: Request) -> Told:
    shape = DraftIn(data=request.data)
    shape.is_valid(raise_exception=True)
    given = dict(shape.validated_data)
    if "items" in given:
        given["items"] = [dict(one) for one in given["items"]]
    return given


def _answer(holder: Cardholder, row: Draft, *, status: int = 200) -> Response:
    headers = {"ETag": versions.etag(row.version)}
    return Response(_told_all(holder, [row])[0], status=status, headers=headers)


def _told_all(holder: Cardholder, rows: Sequence[Draft]) -> list[Told]:
    """Tell drafts with two queries for all of them."""
    refs = {one["transaction"] for row in rows for one in row.content["items"]}
    own = CardTransaction.objects.filter(account__cardholder=holder, external_ref__in=refs)
    charges = {
        row.external_ref: row
        for row in own.select_related("account__cardholder", "statement")
    } if refs else {}  # fmt: skip
    sent = windows.transmitted_on(charges.values())
    return [_told(holder, row, charges, sent) for row in rows]


def _told(
    holder: Cardholder, row: Draft, charges: dict[str, CardTransaction], sent: dict[int, date]
) -> Told:
    content = row.content
    named = [charges[ref] for one in content["items"] if (ref := one["transaction"]) in charges]
    days = [windows.notice_until(charge, sent) for charge in named]
    until = min((day for day in days if day), default=None)
    gap = _gap(content, named, until)
    ready = gap is not None and not gap.missing(evidence.SUBMISSION)
    text = _("Check it and send it.") if ready else _("Answer what is missing, then send it.")
    by = until.isoformat() if until else None
    return {
        "reference": row.reference,
        "status": "draft",
        "version": row.version,
        **content,
        "evidence": gap_as_told(gap) if gap else None,
        "can_submit_until": by,
        "next_step": {
            "who": "you", "action": "submit" if ready else "complete", "by": by, "text": text,
        },
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }  # fmt: skip


def _gap(content: Told, charges: list[CardTransaction], until: date | None) -> evidence.Gap | None:
    if not content["reason"]:
        return None
    reason = reasons.get(content["reason"])
    return evidence.gap(
        reason,
        answers=content["answers"],
        given=(),
        network=charges[0].account.network if charges else "",
        submit_by=until,
        filing_by=windows.filing_until(charges, reason, content["answers"]),
        switched_on=settings.NETWORK_CODES_SWITCHED_ON,
    )
