"""The list of transfers: what moved, between which accounts, and whether it is final."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter, display
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ledger.models import Transfer
from ledger.pages import ReadOnly


class StateFilter(SimpleListFilter):
    """By whether it is held, settled or released."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Transfer.State.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Transfer)
class TransferDesk(ReadOnly):
    """Money of cases. A correction is a new row, so nothing here is ever edited."""

    list_display = ("case", "amount_cell", "debit", "credit", "state_cell", "at", "answered_at")
    list_display_links = None
    list_filter = (StateFilter,)
    search_fields = ("case",)
    search_help_text = _("Case, in full")
    ordering = ("-pk",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        text = search_term.strip().upper()
        return (queryset.filter(case=text) if text else queryset), False

    @display(description=_("Amount"))
    def amount_cell(self, row: Transfer) -> SafeString:
        return format_html('<span class="desk-amount">{}</span>', row.amount)

    @display(description=_("State"))
    def state_cell(self, row: Transfer) -> SafeString:
        tone = {"held": "warn", "settled": "good"}.get(row.state, "calm")
        return format_html(
            '<span class="desk-badge desk-tone-{}">{}</span>', tone, row.get_state_display()
        )
