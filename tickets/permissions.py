"""Who may press what, and who may see which case. One home, for list, page, file and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from tickets import departments

# A row and an Actor; django-fsm types the second as a Django user, which cardholders are not.
Permission = Callable[[Any, Any], bool]


def desk(permission: str) -> Permission:
    """Staff who hold ``permission`` ("disputes.grant_credit")."""

    def holds(_row: Any, actor: Any) -> bool:
        return actor.kind == "staff" and bool(actor.user.has_perm(permission))

    return holds


def the_cardholder(row: Any, actor: Any) -> bool:
    """The cardholder whose case it is."""
    return bool(row.owned_by(actor))


def integrator(_row: Any, actor: Any) -> bool:
    """One of the issuer's own systems; its token's scopes were checked at the door."""
    return bool(actor.kind == "integrator")


def nobody(_row: Any, _actor: Any) -> bool:
    """Nobody but the desk's own clock and rules, who need no permission."""
    return False


def either(*permissions: Permission) -> Permission:
    """Any one of several permissions is enough."""

    def holds(row: Any, actor: Any) -> bool:
        return any(permission(row, actor) for permission in permissions)

    return holds


def unless_driven(permission: Permission) -> Permission:
    """Of a driven case nobody but its claim: it would be open with nothing that can end it."""

    def holds(row: Any, actor: Any) -> bool:
        return not row.driven and permission(row, actor)

    return holds


def departments_of(user: Any) -> list[str]:
    """The departments that a member of staff belongs to; asked once a request."""
    found = getattr(user, "_recourse_departments", None)
    if found is None:
        names = set(user.groups.values_list("name", flat=True))
        found = [code for code in departments.DEPARTMENTS if code in names]
        user._recourse_departments = found
    return found


def sees_all(user: Any) -> bool:
    """Leads see every department's cases."""
    return bool(user.has_perm("tickets.view_all"))


def visible_to(user: Any, tickets: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow ``tickets`` to what a member of staff may see.

    That is: the own department's cases, and those where a question to the own department is
    open or was answered by it. A lead sees all.
    """
    if sees_all(user):
        return tickets
    mine = departments_of(user)
    asked = _asked(tickets.model, mine)
    return tickets.filter(Q(department__in=mine) | Q(pk__in=asked) | Q(assignee_id=user.pk))


def may_see(user: Any, ticket: Any) -> bool:
    """Say whether a member of staff may see this one case."""
    return visible_to(user, type(ticket)._default_manager.filter(pk=ticket.pk)).exists()


def _asked(ticket_model: Any, mine: list[str]) -> QuerySet[Any]:
    # Models stand above permissions, so the relation says which model a question is.
    tasks = ticket_model._meta.get_field("tasks").related_model._default_manager
    asked: QuerySet[Any] = tasks.filter(department__in=mine).exclude(state="cancelled")
    return asked.values("ticket_id")
