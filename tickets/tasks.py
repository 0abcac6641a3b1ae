"""Questions to other departments: the case's owner never changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow, Unfit
from tickets import departments, messages
from tickets.machine import perform, record
from tickets.models import Task, Ticket
from tickets.models.ticket import OPEN, WAITING
from tickets.models.work import ASKED

ANSWER_WITHIN = timedelta(days=3)


@transaction.atomic
def ask(
    ticket: Ticket,
    *,
    actor: Actor,
    at: datetime,
    department: str,
    question: str,
    due_at: datetime | None = None,
) -> Task:
    """Put one clear question to another department, with a date to answer by.

    Raises:
        Unfit: the department is unknown or owns the case.
        NotNow: the case has ended.
    """
    if not actor.trusted and not (actor.kind == "staff" and actor.user.has_perm("tickets.ask")):
        raise NotAllowed("not_allowed", _("You may not ask another department."), verb="ask")
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    if department not in departments.DEPARTMENTS or department == ticket.department:
        raise Unfit("bad_department", _("Choose another department."))
    if ticket.state not in {OPEN, WAITING}:
        raise NotNow("not_now", _("This case is not open."), state=ticket.state)
    words = messages.write(ticket, direction=messages.NOTE, body=question, actor=actor, at=at)
    task = Task.objects.create(
        ticket=ticket,
        department=department,
        asked_by=actor.ref,
        question=words,
        asked_at=at,
        due_at=due_at or at + ANSWER_WITHIN,
    )
    record(
        ticket.pk,
        "task.ask",
        actor=actor,
        at=at,
        states=("", task.state),
        facts={"department": department, "due": task.due_at.isoformat()},
    )
    return task


def answer(task: Task, *, actor: Actor, at: datetime, text: str) -> Task:
    """Answer the question."""
    return _reply(task, "answer", actor=actor, at=at, text=text)


def give_back(task: Task, *, actor: Actor, at: datetime, text: str) -> Task:
    """Return the question with the reason: unclear, not ours, answered before."""
    return _reply(task, "give_back", actor=actor, at=at, text=text)


def cancel(task: Task, *, actor: Actor, at: datetime) -> Task:
    """The answer is no longer needed."""
    return perform(task, "cancel", actor=actor, at=at)


def sweep(at: datetime, *, batch: int = 200) -> int:
    """Mark each late task once and tell the lead. Returns how many."""
    late = Task.objects.filter(state=ASKED, due_at__lte=at, overdue_at=None).order_by("due_at")
    count = 0
    for task in late[:batch]:
        count += _overdue(task, at)
    return count


@transaction.atomic
def _overdue(task: Task, at: datetime) -> bool:
    """Mark one late task with its event, or neither; only one worker's mark counts."""
    mine = Task.objects.filter(pk=task.pk, state=ASKED, overdue_at=None)
    if not mine.update(overdue_at=at):
        return False
    facts = {"department": task.department}
    record(task.ticket_id, "task.overdue", actor=SYSTEM, at=at, facts=facts)
    Ticket.objects.filter(pk=task.ticket_id).update(alert=f"{task.department} has not answered")
    return True


@transaction.atomic
def _reply(task: Task, verb: str, *, actor: Actor, at: datetime, text: str) -> Task:
    words = messages.draft(direction=messages.NOTE, body=text, actor=actor, at=at)
    words.ticket_id = task.ticket_id
    words.save(force_insert=True)
    return perform(
        task, verb, actor=actor, at=at, message_id=words.pk, facts={"message": words.ref}
    )
