"""Narrowing a list of cases by what its reader sees: public words, never inner ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from disputes.models.dispute import ACKNOWLEDGED, FILED, RESOLVED, RESOLVING, WITHDRAWING, WITHDRAWN
from kernel.errors import Unfit
from tickets import kinds
from tickets.api import cases
from tickets.models import Ticket
from tickets.models.ticket import CLOSED, NEW, OPEN, WAITING
from tickets.models.ticket import RESOLVED as ENDED

_OVER = [WITHDRAWING, RESOLVING, RESOLVED, WITHDRAWN]
# A complaint is another room's: its states are named here, and the rows are reached by relation.
_ANSWERED = Q(complaint__state__in=["responding", "referred"])
_LIVE = ~Q(state=CLOSED) & ~Q(dispute__state__in=_OVER) & ~_ANSWERED
_OUTSIDE = Q(state=WAITING, waiting_on__in=["cardholder", "merchant", "network"])
_FRESH = (
    Q(state=NEW)
    | Q(dispute__state__in=[FILED, ACKNOWLEDGED])
    | Q(complaint__state__in=["received", "acknowledged"])
)

# The same words as ``telling.status_of``; a test walks both.
STATUSES = {
    cases.RECEIVED: _LIVE & _FRESH & ~_OUTSIDE,
    cases.IN_REVIEW: _LIVE & ~_FRESH & Q(state__in=[OPEN, WAITING]) & ~_OUTSIDE,
    cases.ACTION_NEEDED: _LIVE & Q(state=WAITING, waiting_on="cardholder"),
    cases.WITH_MERCHANT_BANK: _LIVE & Q(state=WAITING, waiting_on__in=["merchant", "network"]),
    cases.WITHDRAWAL_PENDING: ~Q(state=CLOSED) & Q(dispute__state=WITHDRAWING),
    cases.WITH_OMBUDSMAN: ~Q(state=CLOSED) & Q(complaint__state="referred"),
    cases.FINISHING: ~Q(state=CLOSED)
    & (Q(dispute__state=RESOLVING) | Q(complaint__state="responding")),
    cases.DECIDED: ~Q(state=CLOSED)
    & (Q(dispute__state__in=[RESOLVED, WITHDRAWN]) | Q(dispute=None, state=ENDED)),
    cases.SHUT: Q(state=CLOSED),
}


def narrowed(found: QuerySet[Ticket], asked: Mapping[str, str]) -> QuerySet[Ticket]:
    """Narrow ``found`` by the query's parameters.

    Raises:
        Unfit: ``bad_filter``, naming the parameter.
    """
    if kind := asked.get("kind"):
        found = found.filter(kind=_one_of("kind", kind, kinds.KINDS))
    if status := asked.get("status"):
        found = found.filter(STATUSES[_one_of("status", status, STATUSES)])
    if since := asked.get("updated_since"):
        found = found.filter(updated_at__gte=_instant(since))
    if (ref := asked.get("transaction")) is not None:
        if "\x00" in ref:
            raise _bad("transaction")
        found = found.filter(dispute__items__transaction__external_ref=ref)
    return found


def _one_of(name: str, value: str, known: Mapping[str, object]) -> str:
    if value not in known:
        raise _bad(name)
    return value


def _instant(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _bad("updated_since")
    return found


def _bad(name: str) -> Unfit:
    return Unfit("bad_filter", _("The filter %(name)s cannot be used so.") % {"name": name})
