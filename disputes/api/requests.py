"""What a cardholder may ask for about a claim: to end it, to go on after all, to look again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import IF_MATCH, KEY, documented
from disputes import reasons, services
from disputes.api import views
from disputes.api.serializers import DisputeOut, ReopenIn, ReopenOut, WithdrawalIn, WithdrawalOut
from disputes.models import Dispute
from disputes.models.item import Credit
from disputes.services.filing import of
from kernel.money import Money
from tickets.api import cases, idempotency, versions
from tickets.api.cases import Told
from tickets.models import Ticket


class Withdrawals(APIView):
    """Asking to end a dispute."""

    @documented(
        "withdrawals_ask", KEY, IF_MATCH, request=WithdrawalIn, answers={202: WithdrawalOut}
    )
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Ask to end it. It counts after some days, in which it can be undone."""
        shape = WithdrawalIn(data=request.data)
        shape.is_valid(raise_exception=True)
        caller, version = principals.of(request), versions.seen(request)
        case = cases.get(caller.cardholder, reference, related=("dispute",))
        row = services.withdraw(
            of(case),
            actor=caller.actor(),
            at=timezone.now(),
            cause=shape.validated_data["cause"],
            version=version,
        )
        return _accepted(case, _withdrawal(case, row))


class CurrentWithdrawal(APIView):
    """The withdrawal that does not count yet."""

    @documented("withdrawals_undo", IF_MATCH, answers={200: DisputeOut})
    def delete(self, request: Request, reference: str) -> Response:
        """Go on after all."""
        caller, version = principals.of(request), versions.seen(request)
        case = cases.get(caller.cardholder, reference, related=("dispute",))
        services.undo_withdrawal(of(case), actor=caller.actor(), at=timezone.now(), version=version)
        return views.read(request, reference)


class Reopenings(APIView):
    """Asking to look at a decided dispute again."""

    @documented("reopenings_ask", KEY, IF_MATCH, request=ReopenIn, answers={202: ReopenOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Object to the answer, with what is new."""
        shape = ReopenIn(data=request.data)
        shape.is_valid(raise_exception=True)
        caller, version = principals.of(request), versions.seen(request)
        case = cases.get(caller.cardholder, reference, related=("dispute",))
        row = services.reassert(
            of(case),
            actor=caller.actor(),
            at=timezone.now(),
            because=shape.validated_data["what_is_new"],
            version=version,
        )
        text = _("You objected in time. We look at it again.")
        return _accepted(case, {"status": "accepted", "round": row.round, "text": text})


def _accepted(case: Ticket, told: Told) -> Response:
    version = Ticket.objects.values_list("seq", flat=True).get(pk=case.pk)
    return Response(told, status=202, headers={"ETag": versions.etag(version)})


def _withdrawal(case: Ticket, row: Dispute) -> Told:
    ends = row.withdrawal_final_at
    still_lent = [Credit.PROVISIONAL, Credit.REVERSAL_ANNOUNCED]
    items = row.items.filter(credit__in=still_lent).order_by()
    lent = sum(items.values_list("lent_minor", flat=True))
    return {
        "status": "cooling_off",
        "cause": row.withdrawal_cause,
        "cause_label": reasons.WITHDRAWAL_CAUSES[row.withdrawal_cause].label(),
        "final_at": ends.isoformat() if ends else None,
        "effects": {
            "provisional_taken_back": lent,
            "currency": case.currency,
            "text": _effects(lent, case.currency),
        },
        "undo": f"/api/v1/cases/{case.reference}/withdrawal-requests/current",
    }


def _effects(lent: int, currency: str) -> str:
    if not lent:
        return _("The disputed amount is treated as usual again once it counts.")
    return _("%(lent)s that we lent you is taken back, on a day that we tell you before.") % {
        "lent": Money(lent, currency)
    }
