"""The desk's pages of the envelope: the queue, the case, questions, people, money."""

from django.contrib import admin
from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import RedirectView

from tickets.admin.cases import TaskDesk, TicketDesk
from tickets.admin.loaded import LoadedCalendarDesk
from tickets.admin.people import CardholderWithCases, TransfersOfCases

__all__ = [
    "CardholderWithCases",
    "LoadedCalendarDesk",
    "TaskDesk",
    "TicketDesk",
    "TransfersOfCases",
]


def _first_page() -> list[URLPattern]:
    """Nobody signs in to read a list of tables: the desk opens with the queue."""
    queue = RedirectView.as_view(url=reverse_lazy("admin:tickets_ticket_changelist"))
    return [path("", queue)]


admin.site.extra_urls = _first_page  # type: ignore[attr-defined]  # the theme's own hook
