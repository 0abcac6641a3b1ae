"""Working a complaint: acknowledge, investigate, say what and whom it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from complaints import recusal
from complaints.models import Complaint
from complaints.models.complaint import RECEIVED
from complaints.services.clocks import locked, reassess
from complaints.services.intake import check_category, check_department
from kernel.actors import SYSTEM, Actor
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Ticket


def acknowledge(
    complaint: Complaint, *, actor: Actor, at: datetime, version: int | None = None
) -> Complaint:
    """Say in writing that the complaint is here; the date is met when the letter leaves."""
    return perform(complaint, "acknowledge", actor=actor, at=at, version=version)


@transaction.atomic
def investigate(
    complaint: Complaint, *, actor: Actor, at: datetime, version: int | None = None
) -> Complaint:
    """Begin to find out; whoever begins becomes the case's owner if it has none.

    What nobody has acknowledged yet is acknowledged first: the letter is owed by law.

    Raises:
        NotAllowed: the complaint is about this person or their department.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    if row.state == RECEIVED:
        acknowledge(complaint, actor=actor, at=at, version=version)
        version = None  # checked, and moved on by our own hand
    complaint = perform(complaint, "investigate", actor=actor, at=at, version=version)
    if actor.kind == "staff" and complaint.ticket.assignee_id is None:
        tickets.take(complaint.ticket, actor=actor, at=at)
    return complaint


@transaction.atomic
def classify(
    complaint: Complaint,
    *,
    actor: Actor,
    at: datetime,
    category: str,
    payments: bool = False,
    hardship: bool = False,
    version: int | None = None,
) -> Complaint:
    """Say what it is about. That it is about payments or hardship may be said, and not unsaid.

    Raises:
        Unfit: an unknown category.
    """
    recusal.check(locked(complaint), actor)
    check_category(category)
    complaint = perform(
        complaint, "classify", actor=actor, at=at, version=version,
        category=category, payments=payments, hardship=hardship,
    )  # fmt: skip
    Ticket.objects.filter(pk=complaint.ticket_id).update(topic=category)
    reassess(complaint, at=at)
    return complaint


@transaction.atomic
def recuse(
    complaint: Complaint,
    *,
    actor: Actor,
    at: datetime,
    user: Any = None,
    department: str = "",
    version: int | None = None,
) -> Complaint:
    """Say who is complained of: if they own the case, they give it back.

    Raises:
        Unfit: an unknown department.
    """
    check_department(department)
    complaint = perform(
        complaint, "recuse", actor=actor, at=at, version=version,
        user_id=user.pk if user else None, department=department,
        # History keeps that it was said, and nothing that names a person.
        facts={"department": department, "person": user is not None},
    )  # fmt: skip
    owner = complaint.ticket.assignee
    if owner is not None and recusal.is_about(complaint, owner):
        tickets.release(complaint.ticket, actor=SYSTEM, at=at)
    return complaint
