"""Desk: a page of machines. It reads; whatever changes goes through a service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import actors
from kernel.actors import Actor
from kernel.errors import NotAllowed, Refusal, Stale
from ledger.pages import ReadOnly
from tickets import machine
from tickets.desk import history, words
from tickets.desk.buttons import Button
from tickets.desk.prompts import Prompt
from tickets.models import Event, Machine, Ticket
from tickets.permissions import visible_to

_LONGEST_VERSION = 10  # digits: more is no version that we gave out


@dataclass(frozen=True)
class Beside:
    """A verb that moves no state (a note, a finding): who may press it, and when it helps.

    ``heeds``: it answers what was read, so a case that has changed since refuses it.
    """

    permission: str
    when: Callable[[Any], bool]
    heeds: bool = False


class Desk(ReadOnly):
    """Rows of one machine: lists, reads, and a button for each verb that may be pressed now.

    ``services`` holds a function for each verb; ``doors`` names those that live elsewhere.
    ``prompts`` are the forms of the verbs that ask for something. ``beside`` are the verbs that
    move no state. ``case`` leads from the row to its ticket.
    """

    services: ModuleType
    doors: ClassVar[Mapping[str, Callable[..., Any]]] = {}
    prompts: ClassVar[Mapping[str, type[Prompt]]] = {}
    beside: ClassVar[Mapping[str, Beside]] = {}
    case: ClassVar[str] = "ticket"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Rows of the cases that this person may see: anybody else's are 404 everywhere."""
        cases = visible_to(request.user, Ticket.objects.all())
        return super().get_queryset(request).filter(**{f"{self.case}__in": cases})

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_do"
        door = path("<int:pk>/do/<slug:verb>/", self.admin_site.admin_view(self.do), name=name)
        return [door, *super().get_urls()]

    def sensible(self, row: Any, verb: str, actor: Actor) -> bool:
        """Say whether pressing could do anything; whether it may is the machine's question."""
        return True

    def offered(self, row: Machine, actor: Actor) -> list[str]:
        """The verbs that this person may press on this row now and that have a service."""
        found = [verb for verb in machine.allowed(row, actor) if self.door(verb)]
        found += [
            verb
            for verb, one in self.beside.items()
            if actor.user.has_perm(one.permission) and one.when(row)
        ]
        return [verb for verb in found if self.sensible(row, verb, actor)]

    def buttons(self, row: Machine, actor: Actor, version: int) -> list[Button]:
        """The buttons of what is offered."""
        label = type(row).label
        url = f"admin:{self.opts.app_label}_{self.opts.model_name}_do"
        return [
            Button(f"{label}.{verb}", reverse(url, args=[row.pk, verb]), version,
                   verb in self.prompts)
            for verb in self.offered(row, actor)
        ]  # fmt: skip

    def door(self, verb: str) -> Callable[..., Any] | None:
        """The service that a verb calls; none for what nobody presses at the desk."""
        return self.doors.get(verb) or getattr(self.services, verb, None)

    def do(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Show the form of a verb (GET, which changes nothing) or press it (POST)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or not self._knows(verb):
            raise Http404
        return _Press(self, request, row, verb).answer()

    def _knows(self, verb: str) -> bool:
        is_verb = hasattr(getattr(self.model, verb, None), "_django_fsm") or verb in self.beside
        return is_verb and self.door(verb) is not None

    def history_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        """The case page is the history; Django's own knows nothing of verbs."""
        return self.change_view(request, object_id)

    def change_view(self, request: HttpRequest, object_id: str, *_rest: Any) -> HttpResponse:
        """Every machine's page is the page of its case."""
        row = self._seen(request, object_id)
        return HttpResponseRedirect(case_url(ticket_of(row)))

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=object_id) if object_id.isdigit() else None
        row = found.first() if found is not None else None
        if row is None:
            raise Http404
        return row


class _Press:
    """One request to press one verb on one row."""

    def __init__(self, desk: Desk, request: HttpRequest, row: Machine, verb: str) -> None:
        self.desk, self.request, self.row, self.verb = desk, request, row, verb
        self.ticket, self.actor = ticket_of(row), actors.staff(request.user)
        self.name = f"{type(row).label}.{verb}"

    def answer(self) -> HttpResponse:
        """Press, or show the form; a verb that is not open leads back to the case."""
        if self.request.method == "POST":
            return self._post()
        if self.verb not in self.desk.offered(self.row, self.actor):
            messages.warning(self.request, _("This cannot be done to the case now."))
            return self._back()
        return self._page(self._form())

    def _post(self) -> HttpResponse:
        form = self._form(bound=True)
        read = self._version()
        if read is not None and (read > self.ticket.seq or self._since(read).exists()):
            return self._stale(form, read)
        if form is not None and not form.is_valid():
            return self._page(form, status=422)
        try:
            with transaction.atomic():
                self._press(form, read)
        except Stale:
            return self._stale(form, read or 0)
        except Refusal as refusal:
            return self._refused(form, refusal)
        messages.success(self.request, _("Done: %(what)s.") % {"what": words.of(self.name).label})
        return self._back()

    def _press(self, form: Prompt | None, read: int | None) -> None:
        door, at = self.desk.door(self.verb), timezone.now()
        assert door is not None  # noqa: S101 - Desk.do has looked
        door(self.row, actor=self.actor, at=at, **(form.inputs() if form is not None else {}))
        if read is not None:
            self._alone_since(read, at)

    def _alone_since(self, read: int, at: datetime) -> None:
        """Roll back when somebody was quicker between the reading and the lock.

        The service holds the case's lock by now, so the first event after the version that was
        read is ours, or the case was another one than the one that we decided on.
        """
        first = self._since(read).order_by("seq").first()
        if first is not None and (first.actor_ref, first.at) != (self.actor.ref, at):
            raise Stale("stale_version", _("The case has changed since you read it."))

    def _since(self, read: int) -> QuerySet[Event]:
        """What has happened since; that a letter left changes nothing that anybody decided on."""
        return self.ticket.events.filter(seq__gt=read).exclude(name__startswith="notice.")

    def _refused(self, form: Prompt | None, refusal: Refusal) -> HttpResponse:
        if form is None or isinstance(refusal, NotAllowed):
            messages.error(self.request, refusal.sentence)
            return self._back()
        form.add_error(None, refusal.sentence)
        return self._page(form, status=409)

    def _stale(self, form: Prompt | None, read: int) -> HttpResponse:
        """Say what happened since the page was read; a form keeps what was typed in it."""
        self.ticket = Ticket.objects.select_related("cardholder", "account").get(pk=self.ticket.pk)
        sentence = history.since(self.ticket, read, self.actor)
        if form is None or self.verb not in self.desk.offered(self.row, self.actor):
            messages.error(self.request, sentence)
            return self._back()
        form.add_error(None, sentence)
        return self._page(form, status=409)

    def _form(self, *, bound: bool = False) -> Prompt | None:
        kind = self.desk.prompts.get(self.verb)
        if kind is None:
            return None
        given = (self.request.POST, self.request.FILES) if bound else (None, None)
        # What a link on the case page already says (?item=2) stands in the form.
        return kind(*given, row=self.row, actor=self.actor, initial=self.request.GET.dict())

    def _version(self) -> int | None:
        """The version that was read, unless the verb only adds and disturbs nobody."""
        added = self.desk.beside.get(self.verb)
        if added is not None and not added.heeds:
            return None
        text = self.request.POST.get("version", "")
        return int(text) if text.isdigit() and len(text) < _LONGEST_VERSION else None

    def _page(self, form: Prompt | None, *, status: int = 200) -> HttpResponse:
        word = words.of(self.name)
        context = {
            **self.desk.admin_site.each_context(self.request),
            "title": f"{self.ticket.reference} · {word.label}", "form": form, "word": word,
            "ticket": self.ticket, "back": case_url(self.ticket), "row": self.row,
        }  # fmt: skip
        return TemplateResponse(self.request, "tickets/press.html", context, status=status)

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(case_url(self.ticket))


def ticket_of(row: Any) -> Ticket:
    """The envelope of a machine's row."""
    return row if isinstance(row, Ticket) else row.ticket


def case_url(ticket: Ticket) -> str:
    """The page of a case."""
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def desk_of(model: type[Machine]) -> Any:
    """The registered desk of a machine."""
    return admin.site._registry[model]
