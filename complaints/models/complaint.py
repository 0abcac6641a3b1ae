"""The grievance: what is wrong with how the issuer behaved, and what is done about it?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from complaints import taxonomy
from complaints.outcomes import OUTCOMES, WITHDRAWN
from complaints.recusal import not_about
from kernel.actors import Actor
from tickets import departments
from tickets.models import Machine, Ticket
from tickets.permissions import desk, either, nobody, the_cardholder

RECEIVED, ACKNOWLEDGED, INVESTIGATING = "received", "acknowledged", "investigating"
DRAFTED, RESPONDING, RESPONDED = "drafted", "responding", "responded"
UNDER_REVIEW, REFERRED = "under_review", "referred"
STATES = [
    (RECEIVED, _("received")),
    (ACKNOWLEDGED, _("acknowledged")),
    (INVESTIGATING, _("under investigation")),
    (DRAFTED, _("answer drafted")),
    (RESPONDING, _("answer under way")),
    (RESPONDED, _("answered")),
    (UNDER_REVIEW, _("under review")),
    (REFERRED, _("with an outside body")),
    (WITHDRAWN, _("withdrawn")),
]
OPEN = [RECEIVED, ACKNOWLEDGED, INVESTIGATING, DRAFTED]
ANSWERED = [RESPONDING, RESPONDED, UNDER_REVIEW, REFERRED]


class Complaint(Machine):
    """One grievance of one cardholder against the issuer, its staff or its agents.

    ``counted_from`` is the local day from which the law counts this ``round``: the receipt, or the
    day on which an ended complaint was taken up again. ``payment_services`` is None while nobody
    has said: the law then takes the cautious reading. Who is complained of is never told outside.
    """

    label = "complaint"
    STATES: ClassVar = STATES

    # The answers that have left, where a page of cases has fetched them for all at once.
    known_answers: list[Any] | None = None

    state = FSMField(default=RECEIVED, choices=STATES, protected=True, verbose_name=_("state"))
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="complaint")
    category = models.CharField(
        _("category"), max_length=40, choices=taxonomy.category_choices, blank=True
    )
    root_cause = models.CharField(
        _("root cause"), max_length=40, choices=taxonomy.root_cause_choices, blank=True
    )
    received_on = models.DateField()
    counted_from = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)
    payment_services = models.BooleanField(null=True, blank=True)
    hardship = models.BooleanField(default=False)
    complained_of_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    complained_of_department = models.CharField(
        max_length=30, choices=departments.choices, blank=True
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=OUTCOMES, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        default_permissions = ("view",)
        permissions = [
            ("receive", "Take a complaint on behalf of a cardholder"),
            ("acknowledge", "Acknowledge a complaint"),
            ("investigate", "Investigate a complaint"),
            ("classify", "Say what a complaint is about"),
            ("recuse", "Say who a complaint is about"),
            ("extend", "Take more time for a complaint"),
            ("approve_extension", "Approve more time where the law asks for approval"),
            ("draft_decision", "Draft the answer to a complaint"),
            ("send_back", "Send a draft back"),
            ("respond", "Send the answer that another drafted"),
            ("respond_above_limit", "Send an answer above the money limit"),
            ("summary_resolve", "Settle a complaint in its first days"),
            ("request_review", "Ask for a review on behalf of a cardholder"),
            ("decide_review", "Decide a review"),
            ("refer_out", "Record that an outside body has taken a complaint up"),
            ("record_ruling", "Record an outside body's ruling"),
            ("withdraw", "Withdraw a complaint on behalf of a cardholder"),
            ("reopen", "Open an ended complaint again"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[*ANSWERED, WITHDRAWN]) | Q(outcome=""),
                name="complaint_outcome_when_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED)
                | (~Q(outcome="") & ~Q(category="") & ~Q(root_cause="")),
                name="complaint_answered_is_coded",
            ),
        ]
        indexes = [models.Index(fields=["category", "root_cause"], name="complaint_by_cause")]

    def __str__(self) -> str:
        return f"{self.ticket.reference} {self.state}"

    @property
    def case_id(self) -> int:
        return self.ticket_id

    @property
    def subject(self) -> str:
        """What the dates of this round are about: a later round's stand beside the first's."""
        return "" if self.round == 1 else f"round {self.round}"

    def owned_by(self, actor: Actor) -> bool:
        return actor.kind == "cardholder" and self.ticket.cardholder_id == actor.user.pk

    @transition(
        state, source=RECEIVED, target=ACKNOWLEDGED, permission=desk("complaints.acknowledge")
    )
    def acknowledge(self, *, at: datetime) -> None:
        """Say in writing that the complaint is here, and by when it will be answered."""

    @transition(
        state,
        source=[RECEIVED, ACKNOWLEDGED],
        target=INVESTIGATING,
        permission=not_about(desk("complaints.investigate")),
    )
    def investigate(self, *, at: datetime) -> None:
        """Begin to find out what happened."""

    @transition(state, source=OPEN, target=None, permission=not_about(desk("complaints.classify")))
    def classify(self, *, at: datetime, category: str, payments: bool, hardship: bool) -> None:
        """Say what it is about; a shorter limit of law may follow, never a longer one."""
        self.category = category
        self.payment_services = True if payments else self.payment_services
        self.hardship = self.hardship or hardship

    @transition(
        state, source=[*OPEN, UNDER_REVIEW], target=None, permission=desk("complaints.recuse")
    )
    def recuse(self, *, at: datetime, user_id: int | None, department: str) -> None:
        """Say who is complained of: they have no hand in it from now on."""
        self.complained_of_user_id, self.complained_of_department = user_id, department

    @transition(
        state,
        source=INVESTIGATING,
        target=None,
        permission=not_about(desk("complaints.extend")),
    )
    def extend(self, *, at: datetime) -> None:
        """Take the law's next step of time; it counts once the complainant has been told."""

    @transition(
        state,
        source=INVESTIGATING,
        target=DRAFTED,
        permission=not_about(desk("complaints.draft_decision")),
    )
    def draft_decision(self, *, at: datetime, category: str, root_cause: str) -> None:
        """Write the answer down: facts, basis, outcome, money in figures, remedies."""
        self.category, self.root_cause = category, root_cause

    @transition(
        state,
        source=DRAFTED,
        target=INVESTIGATING,
        permission=not_about(desk("complaints.send_back")),
    )
    def send_back(self, *, at: datetime) -> None:
        """Give a draft back to be worked on."""

    @transition(
        state,
        source=DRAFTED,
        target=RESPONDING,
        permission=not_about(desk("complaints.respond")),
    )
    def respond(self, *, at: datetime, outcome: str) -> None:
        """Send the answer that another person drafted."""
        self.outcome, self.decided_at = outcome, at

    @transition(
        state,
        source=[RECEIVED, ACKNOWLEDGED, INVESTIGATING],
        target=RESPONDING,
        permission=not_about(desk("complaints.summary_resolve")),
    )
    def summary_resolve(self, *, at: datetime, category: str, root_cause: str) -> None:
        """Settle it in its first days, in the complainant's own words of acceptance."""
        self.category, self.root_cause = category, root_cause
        self.outcome, self.decided_at = "settled", at

    @transition(state, source=RESPONDING, target=RESPONDED, permission=nobody)
    def conclude(self, *, at: datetime) -> None:
        """The letter has left: the complaint is answered."""
        self.told_at = at

    @transition(
        state,
        source=RESPONDED,
        target=UNDER_REVIEW,
        permission=either(the_cardholder, desk("complaints.request_review")),
    )
    def request_review(self, *, at: datetime) -> None:
        """Ask that another person look at the answer."""

    @transition(
        state,
        source=UNDER_REVIEW,
        target=RESPONDING,
        permission=not_about(desk("complaints.decide_review")),
    )
    def decide_review(self, *, at: datetime, outcome: str) -> None:
        """Confirm or change the answer, as somebody who had no hand in it."""
        self.outcome, self.decided_at = outcome, at

    @transition(
        state,
        source=RESPONDED,
        target=REFERRED,
        permission=desk("complaints.refer_out"),
    )
    def refer_out(self, *, at: datetime) -> None:
        """An ombudsman, a mediator, a regulator or a court has taken it up."""

    @transition(
        state,
        source=REFERRED,
        target=RESPONDED,
        permission=not_about(desk("complaints.record_ruling")),
    )
    def record_ruling(self, *, at: datetime, outcome: str) -> None:
        """Write down how the outside body ruled; what it awards is paid."""
        self.outcome = outcome or self.outcome

    @transition(
        state,
        source=OPEN,
        target=WITHDRAWN,
        permission=either(the_cardholder, desk("complaints.withdraw")),
    )
    def withdraw(self, *, at: datetime) -> None:
        """The complainant asks no more; it is kept and counted."""
        self.outcome, self.decided_at = WITHDRAWN, at

    @transition(
        state,
        source=[RESPONDED, WITHDRAWN],
        target=INVESTIGATING,
        permission=either(the_cardholder, not_about(desk("complaints.reopen"))),
    )
    def reopen(self, *, at: datetime, counted_from: date) -> None:
        """Take it up again: a new round, whose dates stand beside the old ones."""
        self.round, self.counted_from = self.round + 1, counted_from
        self.outcome, self.decided_at, self.told_at = "", None, None
