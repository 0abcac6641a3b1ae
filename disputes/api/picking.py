"""What a cardholder may pick from: the own transactions and statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import PAGE, documented
from accounts.api.shapes import paged
from accounts.models import CardTransaction, Statement
from disputes import windows
from disputes.api.serializers import StatementOut, TransactionOut
from disputes.models import DisputeItem
from kernel.errors import Missing, Unfit
from tickets.api.pages import Cursor

Told = dict[str, Any]
_ACCOUNT = OpenApiParameter("account", OpenApiTypes.STR, description="One account's reference.")


class Transactions(APIView):
    """The cardholder's transactions."""

    @documented("transactions_list", *PAGE, _ACCOUNT, answers={200: paged(TransactionOut)})
    def get(self, request: Request) -> Response:
        """List your transactions, newest first, each with whether it can be disputed."""
        pages = Cursor("posted_on", "id")
        rows = pages.paginate_queryset(_of_account(_own(request), request), request)
        return pages.get_paginated_response(_tell(request, rows))


class Transaction(APIView):
    """One transaction of the cardholder."""

    @documented("transactions_read", answers={200: TransactionOut})
    def get(self, request: Request, reference: str) -> Response:
        """Read one of your transactions."""
        if "\x00" in reference:
            raise _missing()
        row = _own(request).filter(external_ref=reference).first()
        if row is None:
            raise _missing()
        return Response(_tell(request, [row])[0])


class Statements(APIView):
    """The cardholder's statements."""

    @documented("statements_list", *PAGE, _ACCOUNT, answers={200: paged(StatementOut)})
    def get(self, request: Request) -> Response:
        """List your statements, newest first."""
        own = Statement.objects.filter(account__cardholder=principals.of(request).cardholder)
        pages = Cursor("closing_on", "id")
        found = _of_account(own.select_related("account"), request)
        rows = pages.paginate_queryset(found, request)
        return pages.get_paginated_response(StatementOut(rows, many=True).data)


def _missing() -> Missing:
    return Missing("not_found", _("There is no such transaction on your accounts."))


def _own(request: Request) -> QuerySet[CardTransaction]:
    return CardTransaction.objects.filter(
        account__cardholder=principals.of(request).cardholder
    ).select_related("account__cardholder", "statement")


def _of_account(found: QuerySet[Any], request: Request) -> QuerySet[Any]:
    ref = request.query_params.get("account")
    if ref is None:
        return found
    if "\x00" in ref:
        raise Unfit("bad_filter", _("The filter %(name)s cannot be used so.") % {"name": "account"})
    return found.filter(account__external_ref=ref)


def _tell(request: Request, rows: Sequence[CardTransaction]) -> list[Told]:
    holder = principals.of(request).cardholder
    today = timezone.now().astimezone(holder.zone).date()
    sent, claimed = windows.transmitted_on(rows), _claimed(rows)
    told = []
    for row in rows:
        until = windows.notice_until(row, sent)
        told.append(
            {
                "reference": row.external_ref,
                "account": row.account.external_ref,
                "card_last_four": row.account.last_four,
                "statement": row.statement.external_ref if row.statement else None,
                "posted_on": row.posted_on.isoformat(),
                "transacted_on": row.transacted_on.isoformat() if row.transacted_on else None,
                "amount": row.amount_minor,
                "currency": row.currency,
                "original_amount": row.original_amount_minor,
                "original_currency": row.original_currency,
                "merchant_name": row.merchant_name,
                "mcc": row.mcc,
                "country": row.country,
                "description": row.description,
                "can_dispute": {
                    **_may(row, claimed[row.pk]),
                    "until": until.isoformat() if until else None,
                    "late": bool(until and today > until),
                },
            }
        )
    return told


def _claimed(rows: Sequence[CardTransaction]) -> dict[int, list[DisputeItem]]:
    found: dict[int, list[DisputeItem]] = defaultdict(list)
    items = DisputeItem.objects.filter(transaction__in=rows).select_related("dispute__ticket")
    for item in items:
        found[item.transaction_id].append(item)
    return found


def _may(row: CardTransaction, claimed: Sequence[DisputeItem]) -> Told:
    """Say whether it can be disputed, how much of it, and why not. Lateness never forbids it."""
    left = row.amount_minor - sum(item.disputed_minor - item.denied_minor for item in claimed)
    live = next((item for item in claimed if item.live), None)
    if row.amount_minor <= 0:
        return _not(_("This entry gave you money; it cannot be disputed."), "not_disputable")
    if live is not None:
        sentence = _("This transaction is already disputed in case %(case)s.")
        case = live.dispute.ticket.reference
        return {**_not(sentence % {"case": case}, "duplicate_dispute"), "case": case}
    if left <= 0:
        return _not(_("It was given back already."), "amount_exceeds_rest")
    return {"allowed": True, "most": left, "why_not": None, "why_not_code": None, "case": None}


def _not(sentence: str, code: str) -> Told:
    return {
        "allowed": False, "most": 0, "why_not": sentence, "why_not_code": code, "case": None,
    }  # fmt: skip
