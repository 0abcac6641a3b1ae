"""The claim's verbs at the desk; its page is the page of its case."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from disputes import forms, services
from disputes.admin import filing, page
from disputes.models import Dispute
from disputes.models.dispute import UNDECIDED
from disputes.models.item import Credit
from disputes.services import recovery
from disputes.verdict_form import ResolvePrompt
from kernel.actors import Actor
from tickets.desk import Desk
from tickets.desk import case as cases
from tickets.desk.desk import Beside
from tickets.desk.prompts import Confirm
from tickets.models import Approval

# The order of the work; what is not named comes after, as the machine writes it.
_ORDER = (
    "approve", "reject", "recall", "acknowledge", "investigate", "ask_cardholder", "grant_credit",
    "prepare", "find", "resolve", "stop", "announce_reversal", "stop_reversal", "reassert",
    "undo_withdrawal", "withdraw",
)  # fmt: skip


def _undecided(dispute: Any) -> bool:
    return dispute.state in UNDECIDED


@admin.register(Dispute)
class DisputeDesk(Desk):
    """Buttons of a claim. Pressed on the case page, which this page leads to."""

    services = services
    doors = {"prepare": recovery.prepare}
    prompts = {
        "find": forms.FindPrompt, "ask_cardholder": forms.EvidencePrompt,
        "grant_credit": forms.CreditPrompt, "announce_reversal": forms.AnnouncePrompt,
        "stop_reversal": forms.StopReversalPrompt, "resolve": ResolvePrompt,
        "approve": Confirm, "stop": forms.WhyPrompt, "withdraw": forms.WithdrawPrompt,
        "reassert": forms.WhyPrompt, "prepare": forms.PreparePrompt,
    }  # fmt: skip
    beside = {
        "find": Beside("disputes.find", _undecided),
        "prepare": Beside("disputes.prepare", _undecided, heeds=True),
    }

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view(partial(filing.page, self.admin_site))
        return [path("file/", door, name="disputes_dispute_file"), *super().get_urls()]

    def offered(self, row: Any, actor: Actor) -> list[str]:
        return sorted(super().offered(row, actor), key=_ORDER.index)

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request)
        return found.select_related("ticket__cardholder", "ticket__account")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tickets_ticket_changelist"))

    def sensible(self, row: Any, verb: str, actor: Actor) -> bool:
        if verb in {"approve", "reject", "recall"}:
            return _second_person(row, verb, actor)
        items = list(row.items.all())
        credits_of = {item.credit for item in items}
        return {
            "grant_credit": any(i.credit == Credit.NONE and i.open_minor for i in items),
            "announce_reversal": Credit.PROVISIONAL in credits_of,
            "stop_reversal": Credit.REVERSAL_ANNOUNCED in credits_of,
            "prepare": any(i.open_minor for i in items) and bool(forms.network_choices(row)),
            "reassert": any(i.denied_minor for i in items) or row.outcome == "lost",
        }.get(verb, True)


def _second_person(row: Any, verb: str, actor: Actor) -> bool:
    """Who proposed takes back; another approves."""
    open_one = next(
        (one for one in row.ticket.approvals.all() if one.state == Approval.State.PROPOSED), None
    )
    own = open_one is not None and open_one.proposed_by == actor.ref
    return own if verb == "recall" else not own


cases.show("dispute", page.ROOM)
