"""The queue and the case page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kernel import actors
from kernel.actors import Actor
from tickets import departments, tasks
from tickets import services as ticket_services
from tickets.admin import bulk, columns, doors
from tickets.admin import prompts as forms
from tickets.desk import case, cells, queue
from tickets.desk.desk import Beside, Desk
from tickets.models import Attachment, Task, Ticket
from tickets.models.ticket import CLOSED, LIVE, OPEN, WAITING
from tickets.permissions import departments_of


@admin.register(Ticket)
class TicketDesk(columns.QueueColumns, Desk):
    """The queue, and the one page on which a case is worked."""

    case = "pk"
    services = ticket_services
    doors = {
        "write": doors.write, "note": doors.note, "attach": doors.attach, "ask": tasks.ask,
    }  # fmt: skip
    prompts = {
        "assign": forms.AssignPrompt, "reroute": forms.ReroutePrompt, "wait": forms.WaitPrompt,
        "resolve": forms.ResolvePrompt, "reopen": forms.BecausePrompt,
        "mark_duplicate": forms.DuplicatePrompt, "write": forms.WritePrompt,
        "note": forms.NotePrompt, "attach": forms.AttachPrompt, "ask": forms.AskPrompt,
    }  # fmt: skip
    beside = {
        "write": Beside("tickets.write", lambda ticket: ticket.state != CLOSED, heeds=True),
        "note": Beside("tickets.write", lambda _ticket: True),
        "attach": Beside("tickets.write", lambda ticket: ticket.state != CLOSED),
        "ask": Beside("tickets.ask", lambda ticket: ticket.state in {OPEN, WAITING}),
    }
    actions = ("take_selected", "assign_selected")
    take_selected, assign_selected = bulk.take_selected, bulk.assign_selected
    list_display = columns.COLUMNS
    list_filter = (columns.StateFilter, columns.DepartmentFilter, columns.TopicFilter,
                   columns.PriorityFilter)  # fmt: skip
    search_fields = ("reference",)
    search_help_text = _("Case, customer number, last four digits or the name's beginning")
    list_before_template = "tickets/queue_tabs.html"
    list_after_template = "tickets/queue_keys.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("counts/", wrap(self.counts), name="tickets_ticket_counts"),
            path("<int:pk>/files/<str:ref>/", wrap(self.file), name="tickets_ticket_file"),
            *super().get_urls(),
        ]

    def sensible(self, row: Any, verb: str, actor: Actor) -> bool:
        owner = row.assignee_id
        return {
            "take": owner is None,
            "release": owner is not None,
            "mark_duplicate": row.duplicate_of_id is None,
            "unmark": row.duplicate_of_id is not None,
            # The claim alone opens a driven case again.
            "reopen": not row.driven,
        }.get(verb, True)

    def has_take_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tickets.take")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tickets.assign")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[queue.Queue]:
        return queue.Queue

    @display(description=Desk.action_checkbox.short_description)
    def action_checkbox(self, obj: Ticket) -> SafeString:
        return cells.checkbox(obj, obj.reference)

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        rooms = [name for room in case.ROOMS.values() for name in room.related]
        return ("cardholder", "account", "assignee", *rooms)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return (queue.search(queryset, search_term) if search_term else queryset), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        chosen = queue.tab_of(request, searched=bool(request.GET.get("q")))
        mine = [departments.label(code) for code in departments_of(request.user)]
        return super().changelist_view(
            request,
            {"page_title": " · ".join(mine) or _("All departments"), "chosen": chosen,
             "title": _("Queue"), "tabs": queue.tabs_for(request.user), **(extra_context or {})},
        )  # fmt: skip

    def change_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        """Show the case."""
        ticket = self._seen(request, object_id)
        actor = actors.staff(request.user)
        buttons = self.buttons(ticket, actor, ticket.seq)
        context = {
            **self.admin_site.each_context(request), "title": ticket.reference,
            **case.page(ticket, request.user, buttons=buttons, now=timezone.now()),
            "is_fullwidth": "1", "live": ticket.state in LIVE,
        }  # fmt: skip
        return TemplateResponse(request, "tickets/case.html", context)

    def counts(self, request: HttpRequest) -> JsonResponse:
        """How many cases each tab holds; asked by the page after it stands."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = queue.counts(self.get_queryset(request), request.user, timezone.now())
        return JsonResponse(found)

    def file(self, request: HttpRequest, pk: int, ref: str) -> FileResponse:
        """Hand a file out as a download, never to be shown inside the desk."""
        ticket = self._seen(request, str(pk))
        row = Attachment.objects.filter(ticket=ticket, ref=ref).first()
        if row is None:
            raise Http404
        answer = FileResponse(
            row.file.open("rb"), as_attachment=True, filename=row.name,
            content_type=row.media_type,
        )  # fmt: skip
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request)
        return found.select_related(*self.get_list_select_related(request))


@admin.register(Task)
class TaskDesk(Desk):
    """Questions to departments: pressed on the case page, listed in the queue's own tab."""

    services = tasks
    prompts = {"answer": forms.TextPrompt, "give_back": forms.TextPrompt}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('admin:tickets_ticket_changelist')}?tab=asked")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket__cardholder")
