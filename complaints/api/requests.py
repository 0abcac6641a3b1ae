"""What a cardholder may ask for about a complaint: to end it, to look at the answer again."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import principals
from accounts.api.documented import IF_MATCH, KEY, documented
from complaints import services
from complaints.api import views
from complaints.api.serializers import ComplaintOut, WordsIn
from complaints.services.intake import of
from tickets.api import cases, idempotency, versions


class Withdrawals(APIView):
    """Ending a complaint."""

    @documented("complaints_withdraw", KEY, IF_MATCH, request=None, answers={200: ComplaintOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """End it. You may have it taken up again within the time to object."""
        caller, version = principals.of(request), versions.seen(request)
        case = cases.get(caller.cardholder, reference, views.COMPLAINT, related=("complaint",))
        services.withdraw(of(case), actor=caller.actor(), at=timezone.now(), version=version)
        return views.read(request, reference)


class Reviews(APIView):
    """Asking that another person look at the answer."""

    @documented("complaints_review", KEY, IF_MATCH, request=WordsIn, answers={202: ComplaintOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Ask for a review: somebody who had no hand in the answer decides it."""
        return _asked(request, reference, "request_review")


class Reopenings(APIView):
    """Asking to take an ended complaint up again."""

    @documented("complaints_reopen", KEY, IF_MATCH, request=WordsIn, answers={202: ComplaintOut})
    @idempotency.once
    def post(self, request: Request, reference: str) -> Response:
        """Say what is new: a new round begins."""
        return _asked(request, reference, "reopen")


def _asked(request: Request, reference: str, verb: str) -> Response:
    shape = WordsIn(data=request.data)
    shape.is_valid(raise_exception=True)
    caller, version = principals.of(request), versions.seen(request)
    case = cases.get(caller.cardholder, reference, views.COMPLAINT, related=("complaint",))
    getattr(services, verb)(
        of(case),
        actor=caller.actor(),
        at=timezone.now(),
        because=shape.validated_data["because"],
        version=version,
    )
    return views.read(request, reference, status=202)
