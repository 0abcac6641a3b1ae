"""Doors for the issuer's own systems: news from the networks, restrictions on an account."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import parsers, principals
from accounts.api.documented import documented
from accounts.api.permissions import MayReadCases, MayWriteFacts
from accounts.models import CardAccount
from disputes import restrictions
from disputes.api.serializers import NewsIn, NewsOut, RestrictionsOut
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
        account = None
        if "\x00" not in reference:
            account = CardAccount.objects.filter(external_ref=reference).first()
        if account is None:
            raise Missing("not_found", _("There is no such account."))
        return Response(RestrictionsOut({"data": restrictions.of(account)}).data)


def _told(row: NetworkEvent, *, created: bool) -> dict[str, str]:
    return {
        "change": "created" if created else "unchanged",
        "status": row.status,
        "why": row.why,
        "case": row.leg.ticket.reference if row.leg else "",
    }
