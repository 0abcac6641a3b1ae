"""Recoveries: legs at the networks, whose turn it is, and the news that could not be applied."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import CardAccount
from disputes import forms
from disputes.admin import words
from disputes.models import Chargeback, NetworkEvent
from disputes.models.chargeback import LIVE, STATES
from disputes.services import recovery
from kernel import references
from kernel.money import Money
from ledger.pages import ReadOnly, column
from tickets import deadlines
from tickets.admin.columns import FixedFilter
from tickets.desk import Desk, cells
from tickets.desk.clocks import left
from tickets.desk.prompts import Confirm
from tickets.models import Ticket
from tickets.permissions import visible_to


class LegStateFilter(FixedFilter):
    """By the leg's state; "under way" unless chosen otherwise."""

    title, parameter_name, field = _("state"), "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("any", _("any state")), *STATES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset.filter(state__in=LIVE)
        return queryset if self.value() == "any" else queryset.filter(state=self.value())


class TurnFilter(FixedFilter):
    """By whose turn it is."""

    title, parameter_name, field = _("whose turn"), "turn", "turn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(words.TURNS.items())


@admin.register(Chargeback)
class ChargebackDesk(Desk):
    """Recoveries by the day on which somebody must move."""

    services = recovery
    prompts = {
        "submit": forms.SubmitPrompt, "record_rejection": forms.RejectionPrompt,
        "record_representment": forms.DayPrompt, "record_pre_arbitration": forms.DayPrompt,
        "answer_pre_arbitration": forms.DayPrompt, "go_pre_arbitration": forms.DayPrompt,
        "go_arbitration": forms.DayPrompt, "record_arbitration": forms.DayPrompt,
        "record_win": forms.WinPrompt, "record_loss": Confirm, "accept": Confirm,
        "ask_back": Confirm, "record_withdrawal": Confirm,
    }  # fmt: skip
    list_display = ("case_cell", "code_cell", "state_cell", "turn_cell", "wanted_cell", "due_cell",
                    "silence_cell", "amount_cell", "recovered_cell")  # fmt: skip
    list_filter = (LegStateFilter, TurnFilter)
    list_select_related = ("ticket__cardholder",)
    search_fields = ("network_reference",)
    search_help_text = _("Case or the network's reference, in full")
    ordering = (F("due_on").asc(nulls_last=True), "pk")
    list_display_links = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("ticket__cardholder", "item")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        reference = references.tidy(search_term)
        if reference is not None:
            return queryset.filter(ticket__reference=reference), False
        return queryset.filter(network_reference=search_term.strip()), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        shown = {"page_title": _("Recoveries"), "title": _("Recoveries")}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @display(description=_("Case"))
    def case_cell(self, row: Chargeback) -> SafeString:
        return cells.case_link(row.ticket)

    @display(description=_("Network code"))
    def code_cell(self, row: Chargeback) -> str:
        return network_code(row)

    @display(description=_("State"))
    def state_cell(self, row: Chargeback) -> SafeString:
        return cells.badge(row.get_state_display())

    @display(description=_("Whose turn"))
    def turn_cell(self, row: Chargeback) -> str:
        return words.turn(row.turn) or "—"

    @display(description=_("What is wanted"))
    def wanted_cell(self, row: Chargeback) -> str:
        return words.read(row.wanted) or row.wanted or "—"

    @display(description=_("Due"))
    def due_cell(self, row: Chargeback) -> SafeString | str:
        return cells.countdown(leg_left(row, timezone.now()))

    @display(description=_("On silence"))
    def silence_cell(self, row: Chargeback) -> str:
        return silence(row) or "—"

    @display(description=_("Amount"))
    def amount_cell(self, row: Chargeback) -> SafeString | str:
        return _amount(row.amount_minor, row.currency)

    @display(description=_("Recovered"))
    def recovered_cell(self, row: Chargeback) -> SafeString | str:
        return _amount(row.recovered_minor, row.currency) if row.recovered_minor else "—"


def network_code(leg: Chargeback) -> str:
    """The network's name and the code: "Visa 12.6.1"."""
    return f"{network_name(leg.network)} {leg.code}"


def network_name(code: str) -> str:
    """The network as it calls itself; an unknown one as it was named to us."""
    return str(dict(CardAccount.Network.choices).get(code, code))


def silence(leg: Chargeback) -> str:
    """What silence means, where there is a day on which it means something."""
    return (words.read(leg.silence) or "") if leg.due_on else ""


def leg_left(leg: Chargeback, now: Any) -> Any:
    """How long is left for whoever must move."""
    if leg.due_on is None:
        return None
    return left(deadlines.end_of(leg.due_on, leg.ticket.cardholder.time_zone), now)


def _amount(minor: int, currency: str) -> SafeString | str:
    return cells.amount(Money(minor, currency))


class StatusFilter(FixedFilter):
    """By what became of it."""

    title, parameter_name, field = _("status"), "status", "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return NetworkEvent.Status.choices


@admin.register(NetworkEvent)
class NetworkEventDesk(ReadOnly):
    """News from the networks; what is quarantined waits for a person."""

    list_display = (
        column("received_at", _("Received")),
        "network_cell",
        "kind_cell",
        column("network_reference", _("The network's reference")),
        "amount_cell",
        "status_cell",
        "why_cell",
        "case_cell",
    )
    list_filter = (StatusFilter,)
    list_display_links = None
    search_fields = ("network_reference",)
    search_help_text = _("The network's reference or event number, in full")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """News of visible cases, and news that found no case."""
        cases = visible_to(request.user, Ticket.objects.all())
        found = super().get_queryset(request).select_related("leg__ticket__cardholder")
        return found.filter(leg__ticket__in=cases) | found.filter(leg=None)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        text = search_term.strip()
        if not text:
            return queryset, False
        found = queryset.filter(network_reference=text)
        return (found if found.exists() else queryset.filter(event_id=text)), False

    @display(description=_("Network"))
    def network_cell(self, row: NetworkEvent) -> str:
        return network_name(row.network)

    @display(description=_("News"))
    def kind_cell(self, row: NetworkEvent) -> str:
        return str(words.KINDS.get(row.kind, row.kind))

    @display(description=_("Amount"))
    def amount_cell(self, row: NetworkEvent) -> SafeString | str:
        if row.amount_minor is None or not row.currency:
            return "—"
        return _amount(row.amount_minor, row.currency)

    @display(description=_("Status"))
    def status_cell(self, row: NetworkEvent) -> SafeString:
        tone = "late" if row.status == NetworkEvent.Status.QUARANTINED else "good"
        return cells.badge(row.get_status_display(), tone)

    @display(description=_("Why"))
    def why_cell(self, row: NetworkEvent) -> str:
        return words.why(row.why) or "—"

    @display(description=_("Case"))
    def case_cell(self, row: NetworkEvent) -> SafeString | str:
        return cells.case_link(row.leg.ticket) if row.leg else "—"
