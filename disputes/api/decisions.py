"""The answer to a dispute, once its letter has left, and what it rests on."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import documented
from disputes import reasons
from disputes.api import next_steps, telling
from disputes.api.serializers import DecisionOut
from disputes.models import Decision, Dispute, DisputeItem, Finding, Ground
from disputes.models.dispute import RESOLVED, RESOLVING
from disputes.outcomes import INVALID, LOST, OUTCOMES, PARTLY_WON, Hold
from kernel.errors import Missing
from tickets.api import cases
from tickets.api.cases import Told, Viewing
from tickets.models import Ticket


class TheDecision(APIView):
    """What was decided, and why."""

    @documented("disputes_decision", answers={200: DecisionOut})
    def get(self, request: Request, reference: str) -> Response:
        """Read the answer: the law's question, each transaction, the grounds, what is left."""
        holder = principals.of(request).cardholder
        case = cases.get(holder, reference, "dispute")
        found = told_decision(case)
        if found is None:
            raise Missing("not_decided", _("There is no answer yet."))
        claim = case.dispute
        items = list(claim.items.select_related("transaction").order_by("number"))
        viewing = Viewing(holder, timezone.now(), whole=True)
        return Response(_told(case, claim, found, items, viewing))


def told_decision(case: Ticket) -> Decision | None:
    """The last decision that the cardholder has been told of."""
    found = Decision.objects.filter(dispute__ticket=case, stopped=False).select_related("dispute")
    for row in found.order_by("-round"):
        # The letter of a claim that is still resolving has not left.
        if row.dispute.state != RESOLVING or row.round < row.dispute.round:
            return row
    return None


def exhibits(case: Ticket, kind: str) -> list[str]:
    """References of what the told decision's grounds rest on."""
    found = told_decision(case)
    if found is None:
        return []
    refs = Finding.objects.filter(grounds__decision=found, exhibit_kind=kind)
    return list(refs.values_list("exhibit_ref", flat=True))


def _told(
    case: Ticket, claim: Dispute, found: Decision, items: list[DisputeItem], viewing: Viewing
) -> Told:
    grounds, verdicts = list(found.grounds.select_related("finding")), _verdicts(case, found)
    return {
        "round": found.round,
        "at": found.at.isoformat(),
        "basis": found.basis,
        "basis_label": str(found.get_basis_display()),
        "outcome": found.outcome,
        "outcome_label": _outcome_label(found.outcome),
        "explanation": found.explanation,
        "items": [
            _item(case, row, verdicts, [one for one in grounds if one.item_id == row.pk])
            for row in items
        ],
        "you_may_still": _remedies(claim, items, viewing),
    }


def _outcome_label(code: str) -> str:
    return str(dict(OUTCOMES).get(code, code))


def _verdicts(case: Ticket, found: Decision) -> dict[int, tuple[str, int, int]]:
    """Outcome, granted and charges of each item, as that round decided them.

    The items themselves go on: another round or the network may have changed them since.
    """
    event = case.events.filter(name="dispute.resolve", at=found.at).first()
    rows = event.facts["items"] if event else []
    return {number: (outcome, granted, charges) for number, outcome, granted, charges in rows}


def _item(
    case: Ticket,
    row: DisputeItem,
    verdicts: dict[int, tuple[str, int, int]],
    grounds: list[Ground],
) -> Told:
    outcome, granted, charges = verdicts.get(row.number, ("", 0, 0))
    denied = row.disputed_minor - granted if outcome in {LOST, PARTLY_WON, INVALID} else 0
    return {
        "number": row.number,
        "transaction": row.transaction.external_ref,
        "currency": row.currency,
        "disputed": row.disputed_minor,
        "granted": row.disputed_minor - denied,
        "denied": denied,
        "charges_refunded": charges,
        "outcome": outcome,
        "outcome_label": _outcome_label(outcome),
        "taken_back_on": row.reverse_on.isoformat() if row.reverse_on else None,
        "grounds": [_ground(case, one) for one in grounds],
    }


def _ground(case: Ticket, row: Ground) -> Told:
    words = reasons.DENIAL_REASONS.get(row.code) or reasons.NEVER_ALONE.get(row.code)
    finding = row.finding
    return {
        "code": row.code,
        "label": words.label() if words else row.code,
        "finding": {
            "number": finding.number,
            "statement": finding.statement,
            "exhibit": {
                "kind": finding.exhibit_kind,
                "reference": finding.exhibit_ref,
                "path": _path(case, finding),
            },
        },
    }


def _path(case: Ticket, finding: Finding) -> str | None:
    """Where the cardholder gets the exhibit; a network's news has no page of its own."""
    ref = finding.exhibit_ref
    paths: dict[Any, str] = {
        Finding.Exhibit.ATTACHMENT: f"/api/v1/cases/{case.reference}/attachments/{ref}",
        Finding.Exhibit.TRANSACTION: f"/api/v1/transactions/{ref}",
        Finding.Exhibit.MESSAGE: f"/api/v1/cases/{case.reference}/messages",
    }
    return paths.get(finding.exhibit_kind)


def _remedies(claim: Dispute, items: list[DisputeItem], viewing: Viewing) -> list[Told]:
    """What the cardholder may still do, with the last day of each where there is one."""
    found = []
    ends = telling.objection_ends_at(claim)
    if ends and telling.reopenable(claim, items, at=viewing.at):
        text = _("Object, with what is new: we look at it again.")
        found.append(_remedy("reopen", text, viewing.last_day(ends).isoformat()))
    if any(row.denied_minor for row in items):
        text = _("Ask for copies of the documents that we relied on.")
        found.append(_remedy("ask_documents", text))
    if claim.state == RESOLVED and claim.hold == Hold.PAYMENT_WINDOW and claim.hold_until:
        text = _("Pay by %(by)s: until then it is not reported as overdue.")
        by = claim.hold_until
        found.append(_remedy("pay", text % {"by": next_steps.shown(by)}, by.isoformat()))
    found.append(_remedy("complain", _("Complain about how the case was handled.")))
    return found


def _remedy(code: str, text: str, by: str | None = None) -> Told:
    return {"code": code, "text": text, "by": by}
