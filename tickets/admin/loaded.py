"""Which calendars the issuer has loaded, from where and by whom; only a command loads them."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from ledger.pages import ReadOnly, column
from tickets.models import LoadedCalendar


@admin.register(LoadedCalendar)
class LoadedCalendarDesk(ReadOnly):
    """Announced years, and closures of the issuer's own."""

    list_display = (
        column("calendar", _("Calendar")),
        column("base", _("On top of")),
        column("year", _("Year")),
        "closed_cell",
        column("source", _("Source")),
        column("version", _("Version")),
        column("loaded_at", _("Loaded")),
        column("loaded_by", _("By")),
    )
    fields = readonly_fields = (*list_display, "closed_days", "open_days")
    ordering = ("-pk",)

    @display(description=_("Closed days"))
    def closed_cell(self, row: LoadedCalendar) -> int:
        return len(row.closed)

    @display(description=_("Closed on"))
    def closed_days(self, row: LoadedCalendar) -> str:
        return ", ".join(row.closed) or "—"

    @display(description=_("Open weekend days"))
    def open_days(self, row: LoadedCalendar) -> str:
        return ", ".join(row.opened) or "—"
