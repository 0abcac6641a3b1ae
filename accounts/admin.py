"""The issuer's facts, to look at: they change only by the upserts of ``accounts.services``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel.money import Money
from ledger.pages import ReadOnly

FOUND = 200  # rows that one search looks at before it gives up


def _money(amount: Money | None) -> SafeString | str:
    return format_html('<span class="desk-amount">{}</span>', amount) if amount else "—"


class FactDesk(ReadOnly):
    """Facts are searched by whole references: one indexed look-up, never a scan of a join."""

    exact: tuple[str, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> Any:
        text = search_term.strip()
        if not text:
            return queryset, False
        if "\x00" in text:
            return queryset.none(), False
        for field in self.exact:
            found = list(queryset.filter(**{field: text}).order_by()
                         .values_list("pk", flat=True)[:FOUND])  # fmt: skip
            if found:
                return queryset.filter(pk__in=found), False
        return queryset.none(), False


@admin.register(Cardholder)
class CardholderDesk(FactDesk):
    """People."""

    list_display = ("external_ref", "name", "language", "time_zone", "jurisdiction", "vulnerable")
    search_fields = ("external_ref",)
    search_help_text = _("Customer number, or the name's beginning")
    exact = ("external_ref", "name__istartswith")
    ordering = ("external_ref",)


@admin.register(CardAccount)
class CardAccountDesk(FactDesk):
    """Card accounts: a token and four digits, never a number."""

    list_display = ("external_ref", "cardholder_cell", "network", "last_four", "product",
                    "currency", "cycle_day")  # fmt: skip
    list_select_related = ("cardholder",)
    search_fields = ("external_ref",)
    search_help_text = _("Account reference, or the last four digits")
    exact = ("external_ref", "last_four")
    ordering = ("external_ref",)
    raw_id_fields = ("cardholder",)
    exclude = ("token",)

    @display(description=_("Cardholder"))
    def cardholder_cell(self, row: CardAccount) -> str:
        return row.cardholder.name


@admin.register(Statement)
class StatementDesk(FactDesk):
    """Statements."""

    list_display = ("external_ref", "account", "closing_on", "transmitted_on", "due_on",
                    "balance_cell", "minimum_cell")  # fmt: skip
    list_select_related = ("account",)
    search_fields = ("account__external_ref",)
    search_help_text = _("Account reference, in full")
    exact = ("account__external_ref",)
    ordering = ("-pk",)

    @display(description=_("Balance"))
    def balance_cell(self, row: Statement) -> SafeString | str:
        return _money(row.balance)

    @display(description=_("Minimum"))
    def minimum_cell(self, row: Statement) -> SafeString | str:
        return _money(row.minimum)


@admin.register(CardTransaction)
class CardTransactionDesk(FactDesk):
    """Posted charges and credits."""

    list_display = ("external_ref", "account", "posted_on", "merchant_name", "country", "mcc",
                    "amount_cell", "original_cell")  # fmt: skip
    list_select_related = ("account",)
    search_fields = ("external_ref",)
    search_help_text = _("Transaction, network or account reference, in full")
    exact = ("external_ref", "network_reference", "account__external_ref")
    ordering = ("-pk",)

    @display(description=_("Amount"))
    def amount_cell(self, row: CardTransaction) -> SafeString | str:
        return _money(row.amount)

    @display(description=_("Originally"))
    def original_cell(self, row: CardTransaction) -> SafeString | str:
        return _money(row.original_amount)
