"""The issuer's facts, to look at: they change only by the upserts of ``accounts.services``."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel.money import Money
from ledger.pages import ReadOnly, column

FOUND = 200  # rows that one search looks at before it gives up


def _money(amount: Money | None) -> SafeString | str:
    return format_html('<span class="desk-amount">{}</span>', amount) if amount else "—"


class FactDesk(ReadOnly):
    """Facts are searched by whole references: one indexed look-up, never a scan of a join."""

    exact: ClassVar[tuple[str, ...]] = ()
    # The columns of the list, and what the page of one row shows beside them.
    shown: ClassVar[tuple[Any, ...]] = ()
    more: ClassVar[tuple[Any, ...]] = ()

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return self.shown

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return (*self.shown, *self.more)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return (*self.shown, *self.more)

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

    shown = (
        column("external_ref", _("Customer number")),
        column("name", _("Name")),
        column("language", _("Language")),
        column("time_zone", _("Time zone")),
        column("jurisdiction", _("Jurisdiction")),
        "vulnerable_cell",
    )
    more = (
        column("preferred_channel", _("Letters by")),
        column("email", _("E-mail")),
        column("phone", _("Telephone")),
        column("postal_address", _("Postal address")),
        column("region", _("Part of the jurisdiction")),
    )
    search_fields = ("external_ref",)
    search_help_text = _("Customer number, or the name's beginning")
    exact = ("external_ref", "name__istartswith")
    ordering = ("external_ref",)

    @display(description=_("Vulnerable"))
    def vulnerable_cell(self, row: Cardholder) -> str:
        # The theme's red cross would read as a warning where there is nothing to warn of.
        return str(_("vulnerable")) if row.vulnerable else "—"


@admin.register(CardAccount)
class CardAccountDesk(FactDesk):
    """Card accounts: a token and four digits, never a number."""

    shown = (
        column("external_ref", _("Account reference")),
        "cardholder_cell",
        column("network", _("Network")),
        column("last_four", _("Last four")),
        column("product", _("Product")),
        column("currency", _("Currency")),
        column("cycle_day", _("Cycle day")),
    )
    more = (column("kind", _("Kind of account")), column("opened_on", _("Opened")))
    list_select_related = ("cardholder",)
    search_fields = ("external_ref",)
    search_help_text = _("Account reference, or the last four digits")
    exact = ("external_ref", "last_four")
    ordering = ("external_ref",)

    @display(description=_("Cardholder"))
    def cardholder_cell(self, row: CardAccount) -> str:
        return row.cardholder.name


@admin.register(Statement)
class StatementDesk(FactDesk):
    """Statements."""

    shown = (
        column("external_ref", _("Statement")),
        column("account", _("Account")),
        column("closing_on", _("Closed")),
        column("transmitted_on", _("Sent")),
        column("due_on", _("Due")),
        "balance_cell",
        "minimum_cell",
    )
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

    shown = (
        column("external_ref", _("Transaction")),
        column("account", _("Account")),
        column("posted_on", _("Posted")),
        column("merchant_name", _("Merchant")),
        column("country", _("Country")),
        column("mcc", _("Merchant's code")),
        "amount_cell",
        "original_cell",
    )
    more = (
        column("transacted_on", _("Made on")),
        column("processing_on", _("Processed")),
        column("network_reference", _("The network's reference")),
        column("description", _("Description")),
    )
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
