"""Nobody handles a complaint about themselves, nor about their own department."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kernel.errors import NotAllowed
from tickets.permissions import Permission, departments_of, sees_all


def is_about(complaint: Any, user: Any) -> bool:
    """Say whether the complaint is about this member of staff or about their department.

    A lead may handle a complaint about a department, for somebody must; about themselves nobody.
    """
    if complaint.complained_of_user_id == user.pk:
        return True
    named = complaint.complained_of_department
    return bool(named) and named in departments_of(user) and not sees_all(user)


def not_about(permission: Permission) -> Permission:
    """Let ``permission`` pass only whom the complaint is not about."""

    def holds(complaint: Any, actor: Any) -> bool:
        if actor.kind == "staff" and is_about(complaint, actor.user):
            return False
        return permission(complaint, actor)

    return holds


def check(complaint: Any, actor: Any) -> None:
    """Refuse whom the complaint is about, in words that say so.

    Raises:
        NotAllowed: the actor, or the actor's department, is complained of.
    """
    if actor.kind == "staff" and is_about(complaint, actor.user):
        raise NotAllowed(
            "recused",
            _("This complaint is about you or your department. Somebody else handles it."),
        )
