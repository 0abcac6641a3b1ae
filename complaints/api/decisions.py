"""The answer to a complaint, once its letter has left."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import documented
from complaints import remedies, taxonomy
from complaints.api import telling, views
from complaints.api.serializers import AnswerOut
from complaints.models import Decision
from complaints.outcomes import OUTCOMES
from complaints.services import clocks
from kernel.errors import Missing
from tickets.api import cases
from tickets.api.cases import Told

# What we do with our own people is ours to know.
_UNTOLD = {"none", "staff_action"}


class TheDecision(APIView):
    """What was decided, and why."""

    @documented("complaints_decision", answers={200: AnswerOut})
    def get(self, request: Request, reference: str) -> Response:
        """Read the last answer that has left: facts, basis, points, money, what is left."""
        holder = principals.of(request).cardholder
        case = cases.get(holder, reference, views.COMPLAINT, related=("complaint",))
        told = case.complaint.decisions.filter(told_at__isnull=False)
        found = told.select_related("complaint").order_by("-id").first()
        if found is None:
            raise Missing("not_decided", _("There is no answer yet."))
        return Response(_told(found))


def _told(row: Decision) -> Told:
    return {
        "round": row.round,
        "kind": row.kind,
        "at": row.told_at.isoformat() if row.told_at else None,
        **_outcome(row.outcome),
        "found": row.found,
        "basis": row.basis,
        "points": [
            {"words": one.words, **_outcome(one.outcome)} for one in row.points.order_by("number")
        ],
        "refunded": row.refunded,
        "amount": row.amount_minor,
        "currency": row.currency,
        "by": row.refund_on.isoformat() if row.refund_on else None,
        "redress": [
            {
                "kind": one.kind,
                "label": taxonomy.REDRESS[one.kind].label(),
                "amount": one.amount_minor,
                "currency": one.currency,
            }
            for one in row.redress.order_by("number")
            if one.kind not in _UNTOLD
        ],
        "you_may_still": _ways_on(row),
    }


def _outcome(code: str) -> Told:
    return {"outcome": code, "outcome_label": str(dict(OUTCOMES)[code])}


def _ways_on(row: Decision) -> list[Told]:
    complaint = row.complaint
    told_at = row.told_at
    assert told_at is not None, "Only what has left is told."  # noqa: S101
    days: dict[str, date] = clocks.ways_on(complaint, row, at=told_at)
    language = get_language() or "en"
    found = []
    for code in row.remedies:
        remedy = remedies.REMEDIES[code]
        by = days.get(remedy.rule)
        until = telling.objection_ends_at(complaint)
        if code == "review" and until is not None:
            by = clocks.local_day(until, complaint.ticket.cardholder)
        words = date_format(by, "DATE_FORMAT") if by else ""
        text = remedy.sentence(language, words)
        found.append({"code": code, "text": text, "by": by.isoformat() if by else None})
    return found
