"""Letters: what leaves, what left and when, and what could not."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kernel import references
from ledger.pages import ReadOnly, column
from outreach.models import Notice
from tickets.admin.columns import FixedFilter
from tickets.desk import case, cells, phrases, words
from tickets.desk.case import Extra
from tickets.desk.words import Word
from tickets.models import Ticket
from tickets.permissions import visible_to

SHOWN = 20  # letters on a case page
_TONES = {"sent": "good", "failed": "late", "undeliverable": "late", "queued": "warn"}
_CHANNELS = {"email": _("e-mail"), "post": _("post"), "sms": _("text message"), "webhook": _("app")}

words.add(
    {
        "notice.sent": Word(_("sent a letter")),
        "notice.send_again": Word(_("had a letter sent again"), _("Send again")),
    }
)
_STUCK = (
    (re.compile(r"letter (?P<ref>\S+) left although its decision was stopped"),
     _("Letter %(ref)s left although its decision was stopped.")),
    (re.compile(r"letter (?P<ref>\S+) has characters that paper cannot show"),
     _("Letter %(ref)s has characters that paper cannot show.")),
)  # fmt: skip


def _read(text: str) -> str | None:
    for pattern, sentence in _STUCK:
        match = pattern.fullmatch(text)
        if match:
            return str(sentence) % match.groupdict()
    return None


phrases.teach(_read)


class StateFilter(FixedFilter):
    """By whether it left."""

    title, parameter_name, field = _("state"), "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Notice.State.choices


def about(notice: Notice) -> str:
    """What a letter tells: the deed that it is about, in words."""
    return str(words.of(notice.event.name).done)


def channel(notice: Notice) -> str:
    """The way by which it leaves."""
    return str(_CHANNELS.get(notice.channel, notice.channel))


@admin.register(Notice)
class NoticeDesk(ReadOnly):
    """Letters of the cases that the reader may see."""

    list_display = (
        "case_cell",
        "about_cell",
        "channel_cell",
        "language_cell",
        "state_cell",
        column("sent_at", _("Sent")),
        column("attempts", _("Attempts")),
        column("trouble", _("Trouble")),
    )
    list_filter = (StateFilter,)
    search_fields = ("ref",)
    search_help_text = _("Case or letter number, in full")
    ordering = ("-pk",)
    readonly_fields = (
        *list_display,
        column("created_at", _("Written")),
        column("sent_to", _("Sent to")),
        column("subject", _("Subject")),
        column("body", _("Text")),
        column("sha256", _("Proof (SHA-256)")),
    )
    fields = readonly_fields

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = visible_to(request.user, Ticket.objects.all())
        found = super().get_queryset(request).filter(ticket__in=seen)
        return found.select_related("ticket", "event")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        reference = references.tidy(search_term)
        if reference is None:
            return queryset.none(), False
        found = queryset.filter(ticket__reference=reference)
        return (found if reference[:1] != "L" else queryset.filter(ref=reference)), False

    def history_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        raise Http404

    @display(description=_("Case"))
    def case_cell(self, row: Notice) -> SafeString:
        return cells.case_link(row.ticket)

    @display(description=_("About"))
    def about_cell(self, row: Notice) -> str:
        return about(row)

    @display(description=_("Channel"))
    def channel_cell(self, row: Notice) -> str:
        return channel(row)

    @display(description=_("Language"))
    def language_cell(self, row: Notice) -> str:
        return str(row.get_language_display())

    @display(description=_("State"))
    def state_cell(self, row: Notice) -> SafeString:
        tone = _TONES.get(row.state, "calm")
        return cells.badge(row.get_state_display(), tone)


def _of_case(ticket: Ticket) -> Extra:
    rows = Notice.objects.filter(ticket=ticket).select_related("event").order_by("-id")[:SHOWN]
    letters = [
        {"row": row, "about": about(row), "channel": channel(row),
         "tone": _TONES.get(row.state, "calm")}
        for row in rows
    ]  # fmt: skip
    return Extra(side="outreach/case_letters.html", context={"letters": letters})


case.add(_of_case)
