"""Mail: what came, what became of it, and two buttons for what waits for a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from accounts.models import Cardholder
from intake import services
from intake.models import RawMessage
from intake.services import words
from intake.services.deciding import UNDECIDED
from kernel import actors, references
from kernel.errors import Refusal
from ledger.pages import ReadOnly, column
from tickets.admin.columns import FixedFilter
from tickets.desk import cells, phrases
from tickets.desk.prompts import Prompt
from tickets.models import Ticket
from tickets.permissions import visible_to

_TONES = {"taken": "good", "quarantined": "late", "received": "warn"}
_FLAGS = {
    "self_harm": _("somebody may harm themselves"),
    "threat_to_others": _("a threat to others"),
    "suspected_fraud": _("suspected fraud"),
    "possible_fraud": _("possible fraud"),
    "money_at_risk": _("money is leaving"),
    "card_not_blocked": _("the card is still open"),
}
_CAME_BACK = re.compile(r"letter (?P<ref>\S+) came back undelivered")


_URGENT = re.compile(r"mail cannot wait: (?P<flags>[a-z_, ]+)")


def _read_alert(text: str) -> str | None:
    if match := _CAME_BACK.fullmatch(text):
        return now_translated("Letter %(ref)s came back undelivered.") % match.groupdict()
    if match := _URGENT.fullmatch(text):
        flags = (str(_FLAGS.get(one, one)) for one in match["flags"].split(", "))
        return now_translated("This mail cannot wait: %(flags)s.") % {"flags": ", ".join(flags)}
    return None


phrases.teach(_read_alert)


class StateFilter(FixedFilter):
    """By what became of it; what waits for a person unless chosen otherwise."""

    title, parameter_name, field = _("state"), "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("any", _("any state")), *RawMessage.State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value() or RawMessage.State.QUARANTINED
        return queryset if chosen == "any" else queryset.filter(state=chosen)


class TakePrompt(Prompt):
    """Whose it is, and how somebody knows."""

    holder = forms.CharField(label=_("Customer number"), max_length=64)
    because = forms.CharField(label=_("How do you know?"), max_length=200)

    def clean_holder(self) -> Cardholder:
        found = Cardholder.objects.filter(external_ref=self.cleaned_data["holder"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this customer number."))
        return found


class RefusePrompt(Prompt):
    """Why it leads to nothing."""

    because = forms.CharField(label=_("Why"), max_length=200)


_VERBS: dict[str, tuple[type[Prompt], Callable[..., Any], Any]] = {
    "take": (TakePrompt, services.take_for, _("Take as a new case")),
    "refuse": (RefusePrompt, services.refuse, _("Refuse")),
}


@admin.register(RawMessage)
class MailDesk(ReadOnly):
    """All mail that is not of a case; of a case, what those may see who may see the case."""

    list_display = (
        "ref_cell",
        column("received_at", _("Received")),
        column("sender", _("Sender")),
        column("subject", _("Subject")),
        "state_cell",
        column("why", _("Why")),
        "case_cell",
    )
    list_filter = (StateFilter,)
    search_fields = ("ref",)
    search_help_text = _("Number of the mail or of the case, or the sender's address, in full")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RawMessage]:
        seen = visible_to(request.user, Ticket.objects.all())
        found: QuerySet[RawMessage] = super().get_queryset(request)
        return found.filter(Q(ticket=None) | Q(ticket__in=seen)).select_related("ticket")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        named = references.tidy(search_term) or ""
        same = Q(ref=named) | Q(ticket__reference=named) | Q(sender=search_term.strip().lower())
        return queryset.filter(same), False

    def get_urls(self) -> list[URLPattern]:
        door = path(
            "<int:pk>/do/<slug:verb>/", self.admin_site.admin_view(self.do),
            name="intake_rawmessage_do",
        )  # fmt: skip
        return [door, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        """Show what it says, as plain text, and what may be done about it."""
        row = self._seen(request, object_id)
        buttons = [
            (reverse("admin:intake_rawmessage_do", args=[row.pk, verb]), label)
            for verb, (_form, _door, label) in _VERBS.items()
            if self._offered(request, row, verb)
        ]
        context = {
            **self.admin_site.each_context(request), "title": row.ref, "row": row,
            "mail": words.of(row), "buttons": buttons, "tone": _TONES.get(row.state, "calm"),
        }  # fmt: skip
        if context["mail"] is not None:
            context["story"] = words.story(context["mail"])
        return TemplateResponse(request, "intake/mail.html", context)

    def history_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        raise Http404

    def do(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Show the form of a verb, or press it."""
        row = self._seen(request, str(pk))
        if verb not in _VERBS:
            raise Http404
        kind, door, label = _VERBS[verb]
        if not request.user.has_perm(f"intake.{verb}"):
            raise PermissionDenied
        actor, status = actors.staff(request.user), 200
        form = kind(request.POST if request.method == "POST" else None, row=row, actor=actor)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    door(row, actor=actor, at=timezone.now(), **form.inputs())
                except Refusal as refusal:
                    form.add_error(None, refusal.sentence)
                    status = 409
                else:
                    messages.success(request, _("Done: %(what)s.") % {"what": label})
                    return HttpResponseRedirect(self._page_of(row))
        context = {
            **self.admin_site.each_context(request), "title": f"{row.ref} · {label}",
            "form": form, "label": label, "row": row, "back": self._page_of(row),
        }  # fmt: skip
        return TemplateResponse(request, "intake/press.html", context, status=status)

    def _seen(self, request: HttpRequest, object_id: str) -> RawMessage:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=object_id) if object_id.isdigit() else None
        row = found.first() if found is not None else None
        if row is None:
            raise Http404
        return row

    def _offered(self, request: HttpRequest, row: RawMessage, verb: str) -> bool:
        open_still = row.state in UNDECIDED and (verb, row.state) != ("refuse", "refused")
        return open_still and request.user.has_perm(f"intake.{verb}")

    def _page_of(self, row: RawMessage) -> str:
        return reverse("admin:intake_rawmessage_change", args=[row.pk])

    @display(description=_("Mail"))
    def ref_cell(self, row: RawMessage) -> str:
        return row.ref

    @display(description=_("State"))
    def state_cell(self, row: RawMessage) -> SafeString:
        return cells.badge(row.get_state_display(), _TONES.get(row.state, "calm"))

    @display(description=_("Case"))
    def case_cell(self, row: RawMessage) -> SafeString | str:
        return cells.case_link(row.ticket) if row.ticket is not None else "—"
