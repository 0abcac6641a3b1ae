"""The envelope: who must act, and is it open?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import CardAccount, Cardholder
from kernel.actors import Actor
from kernel.money import Money
from tickets import departments, kinds
from tickets.models.machine import Machine
from tickets.permissions import desk, either, nobody, the_cardholder, unless_driven

NEW, OPEN, WAITING, RESOLVED, CLOSED = "new", "open", "waiting", "resolved", "closed"
STATES = [
    (NEW, _("new")),
    (OPEN, _("open")),
    (WAITING, _("waiting")),
    (RESOLVED, _("resolved")),
    (CLOSED, _("closed")),
]
LIVE = [NEW, OPEN, WAITING]
PARTIES = [
    ("cardholder", _("Cardholder")),
    ("network", _("Card network")),
    ("merchant", _("Merchant's bank")),
    ("department", _("Another department")),
    ("approver", _("A second person")),
]


class Priority(models.IntegerChoices):
    """How soon; the smaller the sooner."""

    URGENT = 1, _("urgent")
    HIGH = 2, _("high")
    NORMAL = 3, _("normal")
    LOW = 4, _("low")


def undriven(ticket: Any) -> bool:
    """The ticket has no claim beside it that alone may end it."""
    return not kinds.KINDS[ticket.kind].driven


def marked(ticket: Any) -> bool:
    """The ticket is marked as a duplicate."""
    return ticket.duplicate_of_id is not None


class Ticket(Machine):
    """A case's envelope: reference, owner, whose turn it is, and the head of its history.

    ``seq`` and ``head`` are number and hash of the case's last event; ``seq`` is also its version
    (its ETag). ``next_due_*`` repeat the nearest running deadline: no list ever computes one.
    """

    label = "ticket"
    STATES: ClassVar = STATES

    # At hand without a query while a case is being opened: its deadlines, and if words came too.
    known_dates: list[Any] | None = None
    has_story: bool | None = None

    state = FSMField(default=NEW, choices=STATES, protected=True, verbose_name=_("state"))
    reference = models.CharField(_("case"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=kinds.choices)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=20, default="app")
    external_ref = models.CharField(max_length=80, blank=True)
    cardholder = models.ForeignKey(Cardholder, models.PROTECT, related_name="tickets")
    account = models.ForeignKey(CardAccount, models.PROTECT, null=True, related_name="tickets")
    jurisdiction = models.CharField(max_length=8)
    received_at = models.DateTimeField(_("received"))
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)

    department = models.CharField(_("department"), max_length=30, choices=departments.choices)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("owner")
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    routed_because = models.CharField(max_length=200, blank=True)
    handoffs = models.PositiveSmallIntegerField(default=0)
    alert = models.CharField(max_length=200, blank=True)

    waiting_on = models.CharField(_("waiting for"), max_length=12, choices=PARTIES, blank=True)
    waiting_for = models.CharField(max_length=300, blank=True)
    waiting_until = models.DateTimeField(null=True, blank=True)
    on_silence = models.CharField(max_length=40, blank=True)

    resolution = models.CharField(max_length=40, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    next_due_at = models.DateTimeField(_("next deadline"), null=True, blank=True)
    next_due_rule = models.CharField(max_length=60, blank=True)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    updated_at = models.DateTimeField(_("updated"))

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ("view",)
        permissions = [
            ("view_all", "See the cases of every department"),
            ("triage", "Send a new case to a department"),
            ("take", "Take a case"),
            ("assign", "Give a case to somebody"),
            ("release", "Give a case back to the department"),
            ("reroute", "Hand a case over to another department"),
            ("ask", "Ask another department"),
            ("answer", "Answer another department"),
            ("write", "Write a message or a note"),
            ("wait", "Set a case to wait"),
            ("resume", "Go on with a case"),
            ("resolve", "End a case that has no claim"),
            ("reopen", "Open an ended case again"),
            ("mark_duplicate", "Mark a case as a duplicate"),
            ("unmark", "Undo a duplicate mark"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_ref"],
                condition=~Q(external_ref=""),
                name="ticket_one_per_external_ref",
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING) | Q(waiting_on=""), name="ticket_waits_only_waiting"
            ),
        ]
        indexes = [
            # The queue: my department, needs action, nearest deadline first.
            models.Index(
                fields=["department", "next_due_at", "id"],
                condition=Q(state__in=[NEW, OPEN]),
                name="ticket_queue",
            ),
            models.Index(
                fields=["next_due_at", "id"],
                condition=Q(state__in=[NEW, OPEN]),
                name="ticket_queue_all",
            ),
            models.Index(fields=["department", "-received_at", "-id"], name="ticket_department"),
            models.Index(fields=["-received_at", "-id"], name="ticket_newest"),
            models.Index(fields=["cardholder", "-received_at", "-id"], name="ticket_cardholder"),
            models.Index(fields=["waiting_until"], condition=Q(state=WAITING), name="ticket_waits"),
            models.Index(
                fields=["resolved_at"], condition=Q(state=RESOLVED), name="ticket_to_close"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def case_id(self) -> int:
        return self.pk

    @property
    def amount(self) -> Money | None:
        """What the case is about, in money, when it is."""
        return Money(self.amount_minor, self.currency) if self.currency else None

    @property
    def driven(self) -> bool:
        """A claim beside this ticket alone may end it."""
        return not undriven(self)

    def owned_by(self, actor: Actor) -> bool:
        return actor.kind == "cardholder" and self.cardholder_id == actor.user.pk

    @transition(state, source=NEW, target=OPEN, permission=desk("tickets.triage"))
    def triage(self, *, at: datetime, department: str, because: str, priority: int) -> None:
        """Send the case to the department that owns it, and say why."""
        self.department, self.routed_because, self.priority = department, because, priority

    @transition(state, source=[OPEN, WAITING], target=None, permission=desk("tickets.take"))
    def take(self, *, at: datetime, assignee_id: int) -> None:
        """Make the case one's own; whoever takes it has seen what alerted the lead."""
        self.assignee_id, self.alert = assignee_id, ""

    @transition(state, source=[OPEN, WAITING], target=None, permission=desk("tickets.assign"))
    def assign(self, *, at: datetime, assignee_id: int) -> None:
        """Give the case to somebody, who deals with what alerted the lead."""
        self.assignee_id, self.alert = assignee_id, ""

    @transition(state, source=[OPEN, WAITING], target=None, permission=desk("tickets.release"))
    def release(self, *, at: datetime) -> None:
        """Give the case back to its department."""
        self.assignee_id = None

    @transition(state, source=[OPEN, WAITING], target=OPEN, permission=desk("tickets.reroute"))
    def reroute(self, *, at: datetime, department: str, because: str) -> None:
        """Hand the case over: the owner changes, so nobody is its assignee yet."""
        self.department, self.routed_because = department, because
        self.assignee_id, self.handoffs = None, self.handoffs + 1
        self._stop_waiting()

    @transition(state, source=OPEN, target=WAITING, permission=desk("tickets.wait"))
    def wait(
        self, *, at: datetime, on: str, wanted: str, until: datetime | None, on_silence: str
    ) -> None:
        """Wait for somebody outside: who, for what, until when, and what silence leads to."""
        self.waiting_on, self.waiting_for = on, wanted
        self.waiting_until, self.on_silence = until, on_silence

    @transition(
        state,
        source=WAITING,
        target=OPEN,
        permission=either(desk("tickets.resume"), the_cardholder),
    )
    def resume(self, *, at: datetime) -> None:
        """Go on: the answer came, or nothing is wanted any more."""
        self._stop_waiting()

    @transition(state, source=WAITING, target=OPEN, permission=nobody)
    def time_out(self, *, at: datetime) -> None:
        """Nobody answered in time: the work goes on with what there is."""
        self._stop_waiting()

    @transition(
        state,
        source=[OPEN, WAITING],
        target=RESOLVED,
        conditions=[undriven],
        permission=desk("tickets.resolve"),
    )
    def resolve(self, *, at: datetime, resolution: str) -> None:
        """End a case that has no claim beside it."""
        self._end(at, resolution)

    @transition(state, source=[NEW, OPEN, WAITING], target=RESOLVED, permission=nobody)
    def conclude(self, *, at: datetime, resolution: str) -> None:
        """End a driven case: its claim has ended."""
        self._end(at, resolution)

    @transition(
        state,
        source=[RESOLVED, CLOSED],
        target=OPEN,
        permission=unless_driven(either(desk("tickets.reopen"), the_cardholder)),
    )
    def reopen(self, *, at: datetime, because: str) -> None:
        """Open an ended case again; the first receipt instant stays."""
        self.resolution = ""
        self.resolved_at = self.closed_at = None

    @transition(state, source=RESOLVED, target=CLOSED, permission=nobody)
    def close(self, *, at: datetime) -> None:
        """End for good: the window to object is over and no money is under way."""
        self.closed_at = at

    @transition(
        state,
        source=[NEW, OPEN, WAITING, RESOLVED],
        target=None,
        permission=desk("tickets.mark_duplicate"),
    )
    def mark_duplicate(self, *, at: datetime, of_id: int) -> None:
        """Say that another case is about the same matter; nothing is lost or merged."""
        self.duplicate_of_id = of_id

    @transition(
        state,
        source=[NEW, OPEN, WAITING, RESOLVED],
        target=None,
        conditions=[marked],
        permission=desk("tickets.unmark"),
    )
    def unmark(self, *, at: datetime) -> None:
        """Take the duplicate mark back."""
        self.duplicate_of_id = None

    @transition(
        state, source=LIVE, target=RESOLVED, conditions=[undriven], permission=the_cardholder
    )
    def withdraw(self, *, at: datetime) -> None:
        """The cardholder asks no more."""
        self._end(at, "withdrawn")

    def _end(self, at: datetime, resolution: str) -> None:
        self.resolution, self.resolved_at = resolution, at
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        self.waiting_on = self.waiting_for = self.on_silence = ""
        self.waiting_until = None
