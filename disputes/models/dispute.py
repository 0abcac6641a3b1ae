"""The claim: what does the cardholder get?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from accounts.models import CardAccount
from disputes import reasons
from disputes.models.proposal import awaits_second_person, nothing_proposed
from disputes.outcomes import OUTCOMES, Hold
from kernel.actors import Actor
from tickets.models import Machine, Ticket
from tickets.permissions import desk, either, nobody, the_cardholder

FILED, ACKNOWLEDGED, INVESTIGATING = "filed", "acknowledged", "investigating"
WITHDRAWING, RESOLVING = "withdrawing", "resolving"
RESOLVED, WITHDRAWN = "resolved", "withdrawn"
STATES = [
    (FILED, _("received")),
    (ACKNOWLEDGED, _("acknowledged")),
    (INVESTIGATING, _("under investigation")),
    (WITHDRAWING, _("being withdrawn")),
    (RESOLVING, _("decided, letter under way")),
    (RESOLVED, _("resolved")),
    (WITHDRAWN, _("withdrawn")),
]
UNDECIDED = [FILED, ACKNOWLEDGED, INVESTIGATING]


class Dispute(Machine):
    """One cardholder's claim about one or more transactions of one account.

    ``notice_on`` is the local date of receipt, from which the law counts. ``round`` counts how
    often the claim was decided and asserted again. ``proposed`` names the verb that waits for a
    second person.
    """

    label = "dispute"
    STATES: ClassVar = STATES

    # The items, where they are at hand anyway: of a claim that was filed a moment ago.
    known_items: list[Any] | None = None

    state = FSMField(default=FILED, choices=STATES, protected=True, verbose_name=_("state"))
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="dispute")
    reason = models.CharField(_("reason"), max_length=40, choices=reasons.choices)
    answers = models.JSONField(default=dict)
    notice_on = models.DateField()
    late = models.BooleanField(_("late notice"), default=False)
    round = models.PositiveSmallIntegerField(default=1)
    proposed = models.CharField(max_length=40, blank=True)
    hold = models.CharField(max_length=24, choices=Hold.choices, default=Hold.ON)
    hold_until = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES, blank=True)
    policy_rule = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    withdrawal_cause = models.CharField(max_length=40, blank=True)
    withdrawn_from = models.CharField(max_length=20, blank=True)
    withdrawal_final_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        default_permissions = ("view",)
        permissions = [
            ("file", "File a dispute on behalf of a cardholder"),
            ("acknowledge", "Acknowledge a dispute"),
            ("investigate", "Investigate a dispute"),
            ("find", "Write a finding"),
            ("ask_cardholder", "Ask the cardholder for evidence"),
            ("grant_credit", "Lend the disputed amount"),
            ("announce_reversal", "Announce that a credit is taken back"),
            ("stop_reversal", "Leave an announced credit where it is"),
            ("resolve", "Decide a dispute"),
            ("approve", "Approve what another proposed"),
            ("reject", "Send a proposal back"),
            ("recall", "Take one's own proposal back"),
            ("stop", "Stop a decision before its letter"),
            ("withdraw", "Withdraw on behalf of a cardholder"),
            ("undo_withdrawal", "Undo a withdrawal"),
            ("reassert", "Open a decided dispute again"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[RESOLVING, RESOLVED, WITHDRAWN]) | Q(outcome=""),
                name="dispute_outcome_when_decided",
            ),
        ]
        indexes = [
            models.Index(
                fields=["withdrawal_final_at"],
                condition=Q(state=WITHDRAWING),
                name="dispute_withdrawing",
            ),
            models.Index(
                fields=["hold_until"],
                condition=Q(hold=Hold.PAYMENT_WINDOW),
                name="dispute_payment_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket.reference} {self.state}"

    @property
    def case_id(self) -> int:
        return self.ticket_id

    @property
    def account(self) -> CardAccount:
        """The account whose transactions are disputed; every dispute has one."""
        account = self.ticket.account
        assert account is not None, "A dispute is always about an account."  # noqa: S101
        return account

    @property
    def reason_row(self) -> reasons.Reason:
        """The row of the reasons' table."""
        return reasons.get(self.reason)

    def owned_by(self, actor: Actor) -> bool:
        return actor.kind == "cardholder" and self.ticket.cardholder_id == actor.user.pk

    @transition(state, source=FILED, target=ACKNOWLEDGED, permission=desk("disputes.acknowledge"))
    def acknowledge(self, *, at: datetime) -> None:
        """Say in writing that the notice is here and when it will be answered."""

    @transition(
        state,
        source=[FILED, ACKNOWLEDGED],
        target=INVESTIGATING,
        permission=desk("disputes.investigate"),
    )
    def investigate(self, *, at: datetime) -> None:
        """Begin to work on the claim."""

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[nothing_proposed],
        permission=desk("disputes.ask_cardholder"),
    )
    def ask_cardholder(self, *, at: datetime) -> None:
        """Ask for named pieces of evidence; silence never denies a claim."""

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[nothing_proposed],
        permission=desk("disputes.grant_credit"),
    )
    def grant_credit(self, *, at: datetime) -> None:
        """Lend the disputed amount while we look."""

    @transition(
        state,
        source=[*UNDECIDED, RESOLVED, WITHDRAWN],
        target=None,
        permission=desk("disputes.announce_reversal"),
    )
    def announce_reversal(self, *, at: datetime) -> None:
        """Tell the date on which a lent amount is taken back."""

    @transition(
        state,
        source=[*UNDECIDED, RESOLVING, RESOLVED, WITHDRAWN],
        target=None,
        permission=desk("disputes.stop_reversal"),
    )
    def stop_reversal(self, *, at: datetime) -> None:
        """Leave an announced credit where it is: an objection or a new fact came."""

    @transition(state, source=[*UNDECIDED, RESOLVED, WITHDRAWN], target=None, permission=nobody)
    def reverse_credit(self, *, at: datetime) -> None:
        """Take the lent amount back: the announced date has come."""

    @transition(
        state,
        source=UNDECIDED,
        target=RESOLVING,
        conditions=[nothing_proposed],
        permission=desk("disputes.resolve"),
    )
    def resolve(self, *, at: datetime, outcome: str, policy_rule: str = "") -> None:
        """Decide the claim; its effects and its letter are under way."""
        self.outcome, self.policy_rule, self.decided_at = outcome, policy_rule, at

    @transition(state, source=RESOLVING, target=RESOLVED, permission=nobody)
    def conclude(self, *, at: datetime, hold: str, hold_until: date | None) -> None:
        """The letter has left and the money has moved: the claim is resolved."""
        self.told_at, self.hold, self.hold_until = at, hold, hold_until

    @transition(
        state,
        source=RESOLVING,
        target=INVESTIGATING,
        permission=desk("disputes.stop"),
    )
    def stop(self, *, at: datetime) -> None:
        """Stop a decision whose letter has not left yet."""
        self.outcome, self.decided_at, self.policy_rule = "", None, ""

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[nothing_proposed],
        permission=either(desk("disputes.resolve"), desk("disputes.grant_credit")),
    )
    def propose(self, *, at: datetime, verb: str) -> None:
        """Put a verb above one's limit before a second person."""
        self.proposed = verb

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[awaits_second_person],
        permission=desk("disputes.approve"),
    )
    def approve(self, *, at: datetime) -> None:
        """Approve what another person proposed."""
        self.proposed = ""

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[awaits_second_person],
        permission=desk("disputes.reject"),
    )
    def reject(self, *, at: datetime) -> None:
        """Send a proposal back to who made it."""
        self.proposed = ""

    @transition(
        state,
        source=UNDECIDED,
        target=None,
        conditions=[awaits_second_person],
        permission=desk("disputes.recall"),
    )
    def recall(self, *, at: datetime) -> None:
        """Take one's own proposal back."""
        self.proposed = ""

    @transition(
        state,
        source=UNDECIDED,
        target=WITHDRAWING,
        permission=either(the_cardholder, desk("disputes.withdraw")),
    )
    def withdraw(self, *, at: datetime, cause: str, final_at: datetime) -> None:
        """Ask to end the claim; it can be undone until ``final_at``."""
        self.withdrawn_from, self.withdrawal_cause = self.state, cause
        self.withdrawal_final_at, self.proposed = final_at, ""

    @transition(
        state,
        source=WITHDRAWING,
        target=RETURN_VALUE(*UNDECIDED),
        permission=either(the_cardholder, desk("disputes.undo_withdrawal")),
    )
    def undo_withdrawal(self, *, at: datetime) -> str:
        """Go on after all, where it was: what was owed before is owed still."""
        self.withdrawal_cause, self.withdrawal_final_at = "", None
        return self.withdrawn_from

    @transition(state, source=WITHDRAWING, target=WITHDRAWN, permission=nobody)
    def confirm_withdrawal(self, *, at: datetime) -> None:
        """End the claim: nobody undid it in time and the network has let go."""
        self.outcome, self.decided_at, self.hold = WITHDRAWN, at, Hold.RELEASED

    @transition(
        state,
        source=[RESOLVED, WITHDRAWN],
        target=INVESTIGATING,
        permission=either(the_cardholder, desk("disputes.reassert")),
    )
    def reassert(self, *, at: datetime, because: str, hold: str) -> None:
        """Assert the claim again: a new round, whose dates stand beside the old ones."""
        self.round += 1
        self.outcome, self.decided_at, self.told_at = "", None, None
        self.withdrawal_cause, self.withdrawal_final_at = "", None
        self.hold, self.hold_until = hold, None

    @transition(state, source=[RESOLVED], target=None, permission=nobody)
    def release_hold(self, *, at: datetime) -> None:
        """The time to pay is over: ordinary treatment again."""
        self.hold, self.hold_until = Hold.RELEASED, None
