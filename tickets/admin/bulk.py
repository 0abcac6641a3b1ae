"""Several cases at once: each through its own service, each with its own answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kernel import actors
from kernel.errors import Refusal
from tickets import services
from tickets.admin.prompts import AssignPrompt

MOST = 200


@admin.action(description=gettext_lazy("Take"), permissions=["take"])
def take_selected(desk: Any, request: HttpRequest, rows: Any) -> None:
    """Make the selected cases one's own."""
    actor = actors.staff(request.user)
    _each(request, rows, lambda row: services.take(row, actor=actor, at=timezone.now()))


@admin.action(description=gettext_lazy("Assign"), permissions=["assign"])
def assign_selected(desk: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    """Give the selected cases to somebody, who is asked for on a page of its own."""
    actor = actors.staff(request.user)
    chosen = rows[:MOST]
    form = AssignPrompt(request.POST if "to" in request.POST else None, row=None, actor=actor)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["to"]
        _each(
            request, chosen,
            lambda row: services.assign(row, actor=actor, at=timezone.now(), to=to),
        )  # fmt: skip
        return None
    context = {
        **desk.admin_site.each_context(request), "title": _("Assign"), "form": form,
        "rows": chosen, "checkbox": ACTION_CHECKBOX_NAME,
    }  # fmt: skip
    return TemplateResponse(request, "tickets/assign_selected.html", context)


def _each(request: HttpRequest, rows: Any, press: Callable[[Any], Any]) -> None:
    """Press for each row; say how many went, and of the others which and why."""
    done, refused = 0, []
    for row in rows[:MOST]:
        try:
            press(row)
            done += 1
        except Refusal as refusal:
            refused.append(f"{row.reference}: {refusal.sentence}")
    if done:
        messages.success(request, ngettext("%d case done.", "%d cases done.", done) % done)
    for sentence in refused:
        messages.error(request, sentence)
