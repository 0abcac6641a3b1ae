"""The queue's columns and filters: at most ten, each from the row itself or its joins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tickets import departments
from tickets.desk import case, cells, phrases
from tickets.desk.clocks import left
from tickets.desk.history import person
from tickets.models import Ticket
from tickets.models.ticket import CLOSED, LIVE, NEW, OPEN, RESOLVED, STATES, WAITING, Priority

COLUMNS = (
    "case_cell", "customer_cell", "topic_cell", "state_cell", "department_cell", "deadline_cell",
    "amount_cell", "waiting_cell", "owner_cell", "updated_cell",
)  # fmt: skip


_TONES = {NEW: "work", OPEN: "work", WAITING: "warn", RESOLVED: "good"}


class QueueColumns:
    """Cells of the queue."""

    @display(description=_("Case"))
    def case_cell(self, row: Ticket) -> SafeString:
        return cells.case_link(row)

    @display(description=_("Customer"))
    def customer_cell(self, row: Ticket) -> SafeString:
        return cells.customer(row)

    @display(description=_("Reason"))
    def topic_cell(self, row: Ticket) -> SafeString:
        return cells.clipped(case.topic(row))

    @display(description=_("State"))
    def state_cell(self, row: Ticket) -> SafeString:
        found = list(case.ROOMS[row.kind].badges(row)) if row.kind in case.ROOMS else []
        # The claim's state says more than the envelope's, unless somebody else has the turn.
        if not found or row.state in {WAITING, CLOSED}:
            found.insert(0, (row.get_state_display(), _TONES.get(row.state, "calm")))
        return cells.badges(found)

    @display(description=_("Department"))
    def department_cell(self, row: Ticket) -> str:
        return departments.label(row.department)

    @display(description=_("Next deadline"))
    def deadline_cell(self, row: Ticket) -> SafeString | str:
        return cells.countdown(left(row.next_due_at, timezone.now()) if row.state in LIVE else None)

    @display(description=_("Amount"))
    def amount_cell(self, row: Ticket) -> SafeString | str:
        return cells.amount(row.amount)

    @display(description=_("Waiting for"))
    def waiting_cell(self, row: Ticket) -> str:
        return phrases.party(row.waiting_on) if row.waiting_on else "—"

    @display(description=_("Owner"))
    def owner_cell(self, row: Ticket) -> SafeString | str:
        return cells.clipped(person(row.assignee)) if row.assignee else "—"

    @display(description=_("Updated"))
    def updated_cell(self, row: Ticket) -> SafeString:
        span = phrases.span(max(timezone.now() - row.updated_at, timedelta(0)))
        return cells.ago(row.updated_at, span)


class FixedFilter(SimpleListFilter):
    """A filter over a fixed list: no DISTINCT over the table."""

    field: str

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class StateFilter(FixedFilter):
    """By the envelope's state."""

    title, parameter_name, field = _("state"), "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return STATES


class DepartmentFilter(FixedFilter):
    """By department."""

    title, parameter_name, field = _("department"), "department", "department"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return departments.choices()


class TopicFilter(FixedFilter):
    """By what the case is about."""

    title, parameter_name, field = _("reason"), "reason", "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [pair for room in case.ROOMS.values() for pair in room.topics()]


class PriorityFilter(FixedFilter):
    """By priority."""

    title, parameter_name, field = _("priority"), "priority", "priority"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(str(value), label) for value, label in Priority.choices]
