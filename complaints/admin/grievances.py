"""The complaint's verbs at the desk; its page is the page of its case."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from complaints import recusal, services
from complaints.admin import forms, page, returns, words
from complaints.admin.answer_form import AnswerPrompt, ReviewPrompt, SummaryPrompt
from complaints.models import Complaint
from complaints.services.answering import summary_window
from kernel.actors import Actor
from tickets.desk import Desk
from tickets.desk import case as cases
from tickets.desk.prompts import Confirm


@admin.register(Complaint)
class ComplaintDesk(Desk):
    """Buttons of a complaint. Pressed on the case page, which this page leads to."""

    services = services
    prompts = {
        "classify": forms.ClassifyPrompt, "recuse": forms.RecusePrompt,
        "extend": forms.ExtendPrompt, "draft_decision": AnswerPrompt,
        "send_back": forms.ReasonPrompt, "respond": Confirm, "summary_resolve": SummaryPrompt,
        "request_review": forms.ReasonPrompt, "decide_review": ReviewPrompt,
        "refer_out": forms.ReferPrompt, "record_ruling": forms.RulingPrompt,
        "withdraw": Confirm, "reopen": forms.ReasonPrompt,
    }  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view(partial(returns.page, self.admin_site))
        return [path("returns/", door, name="complaints_complaint_returns"), *super().get_urls()]

    def offered(self, row: Any, actor: Actor) -> list[str]:
        return sorted(super().offered(row, actor), key=words.ORDER.index)

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request)
        return found.select_related("ticket__cardholder", "ticket__account")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        queue = reverse("admin:tickets_ticket_changelist")
        return HttpResponseRedirect(f"{queue}?kind__exact=complaint")

    def sensible(self, row: Any, verb: str, actor: Actor) -> bool:
        if verb == "respond":
            return _another_drafted(row, actor)
        if verb == "decide_review":
            return _had_no_hand(row, actor)
        if verb == "extend":
            return bool(services.may_extend(row))
        if verb == "summary_resolve":
            return summary_window(row, timezone.now()) is not None
        if verb == "request_review":
            return not row.reviews.filter(round=row.round).exists()
        return verb == "recuse" or not recusal.is_about(row, actor.user)


def _another_drafted(row: Complaint, actor: Actor) -> bool:
    draft = row.decisions.filter(state="drafted").first()
    return draft is not None and draft.drafted_by != actor.ref


def _had_no_hand(row: Complaint, actor: Actor) -> bool:
    review = row.reviews.filter(round=row.round).select_related("of").first()
    return review is not None and actor.ref not in {review.of.drafted_by, review.of.sent_by}


cases.show("complaint", page.ROOM)
