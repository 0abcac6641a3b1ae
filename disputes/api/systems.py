"""Doors for the issuer's own systems: news from the networks, restrictions on an account."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import parsers, principals
from accounts.api.documented import PROBLEM, PROBLEM_TYPE, documented
from accounts.api.permissions import MayReadCases, MayWriteFacts
from accounts.models import CardAccount
from disputes import restrictions
from disputes.api.serializers import ActOut, NewsIn, NewsOut, RestrictionsOut
from disputes.models import NetworkEvent
from disputes.services import news
from kernel.errors import Missing


class NetworkNews(APIView):
    """One piece of news about one chargeback."""

    permission_classes = [MayWriteFacts]

    @documented("facts_network_event", request=NewsIn, answers={200: NewsOut, 201: NewsOut})
    def put(self, request: Request, network: str, event_id: str) -> Response:
        """Bring news in. What cannot be applied is kept for a person; it is never guessed."""
        body = parsers.an_object(request.data)
        shape = NewsIn(data={**body, "network": network, "event_id": event_id})
        shape.is_valid(raise_exception=True)
        given, at = dict(shape.validated_data), timezone.now()
        given["amount_minor"] = given.pop("amount", None)
        row = news.receive(news.News(**given), actor=principals.of(request).actor(), at=at)
        created = row.received_at == at
        return Response(_told(row, created=created), status=201 if created else 200)


class Restrictions(APIView):
    """What may not be done about an account now."""

    permission_classes = [MayReadCases]

    @documented("accounts_restrictions", answers={200: RestrictionsOut})
    def get(self, request: Request, reference: str) -> Response:
        """List what may be neither collected nor reported, each with its law."""
        account = _account(reference)
        found = restrictions.of(account, today=_today(account))
        return Response(RestrictionsOut({"data": found}).data)


class Acts(APIView):
    """May something be done about an account now?"""

    permission_classes = [MayReadCases]

    @documented("accounts_check_act", answers={200: ActOut, (409, PROBLEM_TYPE): PROBLEM})
    def get(self, request: Request, reference: str, act: str) -> Response:
        """Ask before you collect, report or charge: 409 with the law's words when it is barred."""
        account = _account(reference)
        today = _today(account)
        restrictions.refuse(account, act, today=today)
        return Response(ActOut({"act": act, "allowed": True, "on": today}).data)


def _account(reference: str) -> CardAccount:
    found = None
    if "\x00" not in reference:
        found = (
            CardAccount.objects.filter(external_ref=reference).select_related("cardholder").first()
        )
    if found is None:
        raise Missing("not_found", _("There is no such account."))
    return found


def _today(account: CardAccount) -> date:
    return timezone.now().astimezone(account.cardholder.zone).date()


def _told(row: NetworkEvent, *, created: bool) -> dict[str, str]:
    return {
        "change": "created" if created else "unchanged",
        "status": row.status,
        "why": row.why,
        "case": row.leg.ticket.reference if row.leg else "",
    }
