"""The page on which staff file for a cardholder."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes import services
from disputes.filing_form import FilePrompt, WhoPrompt
from kernel import actors
from kernel.errors import Refusal
from tickets.desk.desk import case_url
from tickets.permissions import may_see


def page(site: Any, request: HttpRequest) -> HttpResponse:
    """Ask whose dispute it is and why; then for the notice; then file it."""
    if not request.user.has_perm("disputes.file"):
        raise PermissionDenied
    actor = actors.staff(request.user)
    who = WhoPrompt(request.GET if "customer" in request.GET else None, row=None, actor=actor)
    if not (who.is_bound and who.is_valid()):
        return _show(site, request, form=who)
    person, reason = who.cleaned_data["customer"], who.cleaned_data["reason"]
    posted = request.POST if request.method == "POST" else None
    form = FilePrompt(posted, reason=reason, row=person, actor=actor)
    if posted is not None and form.is_valid():
        try:
            dispute = services.file(person, form.notice(), actor=actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, _sentence(refusal))
        else:
            return _filed(request, dispute.ticket)
    return _show(site, request, form=form, person=person, reason=form.reason.label())


def _filed(request: HttpRequest, ticket: Any) -> HttpResponse:
    """Go to the case, where the reader may see it; it may lie with another department."""
    messages.success(request, _("Filed as %(case)s.") % {"case": ticket.reference})
    if may_see(request.user, ticket):
        return HttpResponseRedirect(case_url(ticket))
    return HttpResponseRedirect(reverse("admin:tickets_ticket_changelist"))


def _sentence(refusal: Refusal) -> str:
    details = [one["detail"] for one in refusal.details.get("errors", ())]
    return " ".join([refusal.sentence, *details])


def _show(site: Any, request: HttpRequest, **shown: Any) -> HttpResponse:
    context = {**site.each_context(request), "title": _("File a dispute"), **shown}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "disputes/file.html", context, status=status)
