"""Facts from the issuer's own systems, one at a time. Sent twice, they change nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.api import parsers
from accounts.api.documented import documented
from accounts.api.permissions import MayWriteFacts
from accounts.api.serializers import (
    AccountFactIn,
    CardholderFactIn,
    ChangeOut,
    StatementFactIn,
    TransactionFactIn,
)
from accounts.upserts import Upserted
from kernel.errors import Unfit

_ANSWERS = {200: ChangeOut, 201: ChangeOut}


class CardholderFact(APIView):
    """A person."""

    permission_classes = [MayWriteFacts]

    @documented("facts_cardholder", request=CardholderFactIn, answers=_ANSWERS)
    def put(self, request: Request, reference: str) -> Response:
        """Create or change a cardholder."""
        return _upsert(services.upsert_cardholder, request, external_ref=reference)


class AccountFact(APIView):
    """A card account."""

    permission_classes = [MayWriteFacts]

    @documented("facts_account", request=AccountFactIn, answers=_ANSWERS)
    def put(self, request: Request, reference: str) -> Response:
        """Create or change a card account."""
        return _upsert(services.upsert_account, request, external_ref=reference)


class StatementFact(APIView):
    """A statement of an account."""

    permission_classes = [MayWriteFacts]

    @documented("facts_statement", request=StatementFactIn, answers=_ANSWERS)
    def put(self, request: Request, account: str, reference: str) -> Response:
        """Create or change a statement."""
        return _upsert(services.upsert_statement, request, account=account, external_ref=reference)


class TransactionFact(APIView):
    """A transaction of an account."""

    permission_classes = [MayWriteFacts]

    @documented("facts_transaction", request=TransactionFactIn, answers=_ANSWERS)
    def put(self, request: Request, reference: str) -> Response:
        """Create or change a transaction."""
        return _upsert(services.upsert_transaction, request, external_ref=reference)


def _upsert(upsert: Callable[..., Upserted], request: Request, **path: str) -> Response:
    """Bring one fact in. What the path says, the body may repeat but not contradict."""
    given = parsers.an_object(request.data)
    for name, value in path.items():
        if given.pop(name, value) != value:
            sentence = _("%(field)s says something else than the path.")
            raise Unfit("contradicts_path", sentence % {"field": name}, field=name)
    outcome = upsert(**path, **given)
    status = 201 if outcome.change == "created" else 200
    return Response({"change": outcome.change}, status=status)
