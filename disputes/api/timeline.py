"""What happened to a case of any kind, as its cardholder may read it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import PAGE, documented
from accounts.api.shapes import paged
from tickets.api import cases
from tickets.api.pages import Cursor
from tickets.api.serializers import EventOut
from tickets.models import Event

# An event that is not in this table is nobody's business but the desk's. The code is ours to
# promise: it does not change when an inner name does.
PUBLIC: dict[str, tuple[str, str | Promise]] = {
    "dispute.file": ("received", _("We received your dispute.")),
    "dispute.acknowledge": ("acknowledged", _("We confirmed that we have it.")),
    "dispute.investigate": ("in_review", _("We began to look into it.")),
    "dispute.ask_cardholder": ("information_requested", _("We asked you for more.")),
    "dispute.grant_credit": ("credit_provisional", _("We lent you the amount meanwhile.")),
    "dispute.announce_reversal": (
        "credit_reversal_announced", _("We announced that a lent amount is taken back."),
    ),
    "dispute.stop_reversal": (
        "credit_reversal_stopped", _("The lent amount is not taken back for now."),
    ),
    "dispute.reverse_credit": ("credit_reversed", _("A lent amount was taken back.")),
    "dispute.conclude": ("decided", _("We sent you our answer.")),
    "dispute.withdraw": ("withdrawal_requested", _("You asked to end the dispute.")),
    "dispute.undo_withdrawal": ("withdrawal_undone", _("The dispute goes on after all.")),
    "dispute.confirm_withdrawal": ("withdrawn", _("The dispute was ended at your wish.")),
    "dispute.reassert": ("reopened", _("The dispute was opened again.")),
    "chargeback.submit": ("with_merchant_bank", _("We asked the merchant's bank.")),
    "chargeback.record_representment": ("merchant_answered", _("The merchant answered.")),
    "chargeback.record_pre_arbitration": ("merchant_answered", _("The merchant answered.")),
    "complaint.receive": ("received", _("We received your complaint.")),
    "complaint.join": ("joined", _("The same matter came to us again and joined this case.")),
    "complaint.acknowledge": ("acknowledged", _("We confirmed that we have it.")),
    "complaint.investigate": ("in_review", _("We began to look into it.")),
    "complaint.extend": ("extended", _("We took more time and told you why.")),
    "complaint.conclude": ("decided", _("We sent you our answer.")),
    "complaint.request_review": ("review_requested", _("A review of the answer was asked for.")),
    "complaint.refer_out": ("with_ombudsman", _("An outside body took it up.")),
    "complaint.record_ruling": ("ruled", _("The outside body ruled.")),
    "complaint.withdraw": ("withdrawn", _("The complaint was ended at your wish.")),
    "complaint.reopen": ("reopened", _("The complaint was taken up again.")),
    "ticket.write": ("message_posted", _("A message was written.")),
    "ticket.attach": ("file_added", _("A file was added.")),
    "ticket.close": ("closed", _("The case was closed.")),
}  # fmt: skip


class Timeline(APIView):
    """The public events of a case."""

    @documented("cases_timeline", *PAGE, answers={200: paged(EventOut)})
    def get(self, request: Request, reference: str) -> Response:
        """List what happened, newest first."""
        case = cases.get(principals.of(request).cardholder, reference)
        shown = case.events.filter(name__in=PUBLIC)
        pages = Cursor("at", "id")
        rows = pages.paginate_queryset(shown, request)
        return pages.get_paginated_response([_told(row) for row in rows])


def _told(row: Event) -> dict[str, Any]:
    code, text = PUBLIC[row.name]
    minor = row.facts.get("minor")
    return {
        "number": row.seq,
        "code": code,
        "text": str(text),
        "who": _who(row),
        "at": row.at.isoformat(),
        "amount": minor if isinstance(minor, int) else None,
        "currency": str(row.facts.get("currency", "")),
    }


def _who(row: Event) -> str:
    if row.actor_kind == "cardholder":
        return "you"
    return "merchant_bank" if row.name.startswith("chargeback.record_") else "us"
