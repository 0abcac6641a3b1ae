"""Work of others on a case: tasks, approvals, links, and whose turn it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kernel.actors import Actor
from tickets import departments
from tickets.models.machine import Machine
from tickets.models.ticket import Ticket
from tickets.permissions import departments_of, desk, sees_all

ASKED, ANSWERED, RETURNED, CANCELLED = "asked", "answered", "returned", "cancelled"
TASK_STATES = [
    (ASKED, _("asked")),
    (ANSWERED, _("answered")),
    (RETURNED, _("returned")),
    (CANCELLED, _("cancelled")),
]


def of_asked_department(task: Any, actor: Any) -> bool:
    """Only the department that was asked may answer."""
    return desk("tickets.answer")(task, actor) and (
        task.department in departments_of(actor.user) or sees_all(actor.user)
    )


class Task(Machine):
    """One clear question to another department; the case's owner never changes."""

    label = "task"
    STATES: ClassVar = TASK_STATES

    state = FSMField(default=ASKED, choices=TASK_STATES, protected=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="tasks")
    department = models.CharField(max_length=30, choices=departments.choices)
    asked_by = models.CharField(max_length=80)
    question = models.ForeignKey("tickets.Message", models.PROTECT, related_name="+")
    answer_text = models.ForeignKey(
        "tickets.Message", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        default_permissions = ("view",)
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["department", "due_at"], condition=Q(state=ASKED), name="task_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.state}"

    @property
    def case_id(self) -> int:
        return self.ticket_id

    def owned_by(self, actor: Actor) -> bool:
        return False

    @transition(state, source=ASKED, target=ANSWERED, permission=of_asked_department)
    def answer(self, *, at: datetime, message_id: int) -> None:
        """Give the answer."""
        self.answer_text_id, self.answered_at = message_id, at

    @transition(state, source=ASKED, target=RETURNED, permission=of_asked_department)
    def give_back(self, *, at: datetime, message_id: int) -> None:
        """Return the question once, with the reason: unclear, or not ours."""
        self.answer_text_id, self.answered_at = message_id, at

    @transition(state, source=ASKED, target=CANCELLED, permission=desk("tickets.ask"))
    def cancel(self, *, at: datetime) -> None:
        """The answer is no longer needed."""
        self.answered_at = at


class Approval(models.Model):
    """A proposed verb that waits for a second person: what, by whom, and how it was decided."""

    class State(models.TextChoices):
        """One proposal a case may be open at a time."""

        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        RECALLED = "recalled", _("recalled")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="approvals")
    verb = models.CharField(max_length=40)
    inputs = models.JSONField()
    because = models.CharField(max_length=200)
    # The case's version when it was proposed: whoever approves must approve what was proposed.
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        default_permissions = ("view",)
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(state="proposed"),
                name="approval_one_open_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(proposed_by=models.F("decided_by")),
                name="approval_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.state}"


class Turn(models.Model):
    """A stretch of time in which one party had to move; at most one is open a case."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="turns")
    party = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        default_permissions = ("view",)
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ended_at=None), name="turn_one_open_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.started_at:%Y-%m-%d}"


class Link(models.Model):
    """Two cases that belong together, and how."""

    class Relation(models.TextChoices):
        """Why they are linked."""

        RELATED = "related", _("related")
        DUPLICATE = "duplicate", _("same matter")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="links")
    other = models.ForeignKey(Ticket, models.PROTECT, related_name="links_here")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "other", "relation"], name="link_once_a_relation"
            ),
            models.CheckConstraint(
                condition=~Q(ticket=models.F("other")), name="link_to_another_case"
            ),
        ]

    def __str__(self) -> str:
        return self.relation
