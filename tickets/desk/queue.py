"""The queue: tabs, order and search of the list of cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import CardAccount, Cardholder
from kernel import references
from ledger.pages import ShortList
from tickets.models import Approval, Task, Ticket
from tickets.models.ticket import LIVE, NEW, OPEN, WAITING
from tickets.models.work import ASKED
from tickets.permissions import departments_of

COUNTED = 100  # a tab says "99+" beyond; nobody works by the exact number
FOUND = 200  # people or accounts that one search looks at
_SHORTEST = 2

_BY_DEADLINE = (F("next_due_at").asc(nulls_last=True), "pk")
_BY_WAIT = (F("waiting_until").asc(nulls_last=True), "pk")
_NEWEST = ("-received_at", "-pk")

Narrow = Callable[[QuerySet[Any], Any, datetime], QuerySet[Any]]


@dataclass(frozen=True)
class Tab:
    """A view of the queue: whom it is for, which cases it holds, in which order."""

    code: str
    label: str | Promise
    narrow: Narrow
    order: tuple[Any, ...] = _BY_DEADLINE
    permission: str = ""


def _mine(cases: QuerySet[Any], user: Any, _now: datetime) -> QuerySet[Any]:
    return cases.filter(assignee=user, state__in=LIVE)


def _ours(cases: QuerySet[Any], user: Any) -> QuerySet[Any]:
    mine = departments_of(user)
    return cases.filter(department__in=mine) if mine else cases


def _action(cases: QuerySet[Any], user: Any, _now: datetime) -> QuerySet[Any]:
    return _ours(cases, user).filter(state__in=[NEW, OPEN])


def _waiting(cases: QuerySet[Any], user: Any, _now: datetime) -> QuerySet[Any]:
    return _ours(cases, user).filter(state=WAITING)


def _asked(cases: QuerySet[Any], user: Any, _now: datetime) -> QuerySet[Any]:
    asked = Task.objects.filter(state=ASKED)
    mine = departments_of(user)
    return cases.filter(pk__in=(asked.filter(department__in=mine) if mine else asked)
                        .values("ticket_id"))  # fmt: skip


def _to_approve(cases: QuerySet[Any], _user: Any, _now: datetime) -> QuerySet[Any]:
    proposed = Approval.objects.filter(state=Approval.State.PROPOSED)
    # A drafted answer to a complaint waits for a second person by its state alone.
    return cases.filter(Q(pk__in=proposed.values("ticket_id")) | Q(complaint__state="drafted"))


def _late(cases: QuerySet[Any], user: Any, now: datetime) -> QuerySet[Any]:
    return _ours(cases, user).filter(state__in=LIVE, next_due_at__lt=now)


def _all(cases: QuerySet[Any], _user: Any, _now: datetime) -> QuerySet[Any]:
    return cases


TABS = {
    tab.code: tab
    for tab in (
        Tab("mine", _("Mine"), _mine),
        Tab("action", _("Needs action"), _action),
        Tab("waiting", _("Waiting"), _waiting, _BY_WAIT),
        Tab("asked", _("Asked of us"), _asked),
        Tab("approve", _("To approve"), _to_approve, permission="disputes.approve"),
        Tab("late", _("Late"), _late),
        Tab("all", _("All cases"), _all, _NEWEST),
    )
}
DEFAULT = "action"
# A search looks everywhere, unless the reader stays in a tab on purpose.
SEARCHED = "all"


class Queue(ShortList):
    """The list of cases: a tab narrows and orders it, filters and search narrow it further."""

    tab: Tab
    root_queryset: QuerySet[Any]

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_filters_params(params)
        found.pop("tab", None)
        return found

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        self.tab = tab_of(request, searched=bool(self.query))
        self.root_queryset = self.tab.narrow(self.root_queryset, request.user, timezone.now())
        found: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        return found

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        return list(self.tab.order)


def tab_of(request: HttpRequest, *, searched: bool = False) -> Tab:
    """The tab that the address asks for."""
    code = request.GET.get("tab", SEARCHED if searched else DEFAULT)
    return TABS.get(code, TABS[DEFAULT])


def tabs_for(user: Any) -> list[Tab]:
    """The tabs that this person has."""
    return [tab for tab in TABS.values() if not tab.permission or user.has_perm(tab.permission)]


def counts(cases: QuerySet[Any], user: Any, now: datetime) -> dict[str, int]:
    """How many cases each tab holds, never counting beyond ``COUNTED``; "all" is not counted."""
    return {
        tab.code: tab.narrow(cases, user, now).order_by()[:COUNTED].count()
        for tab in tabs_for(user)
        if tab.code != SEARCHED
    }


def search(cases: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Route what was typed to one indexed look-up: reference, customer, last four, name."""
    text = term.strip()
    reference = references.tidy(text)
    if reference is not None:
        return cases.filter(reference=reference)
    if len(text) < _SHORTEST or "\x00" in text:
        return cases.none()
    if text.isdigit() and len(text) == 4:
        return cases.filter(account__in=_pks(CardAccount.objects.filter(last_four=text)))
    people = _pks(Cardholder.objects.filter(external_ref=text))
    people = people or _pks(Cardholder.objects.filter(name__istartswith=text))
    return cases.filter(cardholder__in=people)


def _pks(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[:FOUND])


def open_ones() -> Q:
    """Cases that are not over."""
    return Q(state__in=LIVE)


def newest(cases: QuerySet[Any], limit: int) -> list[Ticket]:
    """The newest cases, for a cardholder's page."""
    return list(cases.order_by(*_NEWEST)[:limit])
