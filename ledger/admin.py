"""The list of transfers: what moved, between which accounts, and whether it is final."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter, display
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ledger import accounts as names
from ledger.models import Transfer
from ledger.pages import ReadOnly, column

_ACCOUNTS = {
    names.SUSPENSE: _("Suspense"),
    names.NETWORK: _("Card network"),
    names.MERCHANT: _("Merchant"),
    names.LOSS: _("Written off"),
    names.CORRECTIONS: _("Our corrections"),
}


def account_words(name: str) -> str:
    """An account in the reader's words; of a cardholder's, without the reference."""
    if name.startswith(names.cardholder("")):
        return str(_("Cardholder's account"))
    return str(_ACCOUNTS.get(name, name))


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

    list_display = (
        "case_cell",
        "amount_cell",
        "debit_cell",
        "credit_cell",
        "state_cell",
        column("at", _("Moved")),
        column("answered_at", _("Answered")),
    )
    list_display_links = None
    list_filter = (StateFilter,)
    search_fields = ("case",)
    search_help_text = _("Case, in full")
    ordering = ("-pk",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        text = search_term.strip().upper()
        return (queryset.filter(case=text) if text else queryset), False

    @display(description=_("Case"))
    def case_cell(self, row: Transfer) -> str:
        return row.case

    @display(description=_("Charged"))
    def debit_cell(self, row: Transfer) -> str:
        return account_words(row.debit)

    @display(description=_("Receives"))
    def credit_cell(self, row: Transfer) -> str:
        return account_words(row.credit)

    @display(description=_("Amount"))
    def amount_cell(self, row: Transfer) -> SafeString:
        return format_html('<span class="desk-amount">{}</span>', row.amount)

    @display(description=_("State"))
    def state_cell(self, row: Transfer) -> SafeString:
        tone = {"held": "warn", "settled": "good"}.get(row.state, "calm")
        return format_html(
            '<span class="desk-badge desk-tone-{}">{}</span>', tone, row.get_state_display()
        )
