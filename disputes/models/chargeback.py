"""The recovery: what does the network give back? One leg at a time for each item."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from disputes.models.item import DisputeItem
from disputes.models.turn import (
    ACQUIRER,
    ISSUER,
    acquirers_turn,
    asked,
    feed,
    issuer_may_file,
    issuers_turn,
)
from kernel.actors import Actor
from tickets.models import Machine, Ticket
from tickets.permissions import desk, nobody

PREPARED, SUBMITTED, REPRESENTED = "prepared", "submitted", "represented"
IN_PRE_ARBITRATION, IN_ARBITRATION = "in_pre_arbitration", "in_arbitration"
WITHDRAWING, WITHDRAWN, WON, LOST = "withdrawing", "withdrawn", "won", "lost"
STATES = [
    (PREPARED, _("prepared")),
    (SUBMITTED, _("submitted")),
    (REPRESENTED, _("answered by the merchant")),
    (IN_PRE_ARBITRATION, _("in pre-arbitration")),
    (IN_ARBITRATION, _("in arbitration")),
    (WITHDRAWING, _("asked back")),
    (WITHDRAWN, _("withdrawn")),
    (WON, _("won")),
    (LOST, _("lost")),
]
AT_THE_NETWORK = [SUBMITTED, REPRESENTED, IN_PRE_ARBITRATION, IN_ARBITRATION]
LIVE = [PREPARED, *AT_THE_NETWORK, WITHDRAWING]
_BEFORE_RULING = [SUBMITTED, REPRESENTED, IN_PRE_ARBITRATION]


class Chargeback(Machine):
    """One leg of recovery of one item under one network's rules.

    ``turn`` is who must move: issuer, acquirer, issuer_files, acquirer_files or network; with
    ``wanted``, ``due_on`` and ``silence`` it says what is wanted, by when, and which verb the
    clock presses when nobody moves (``law.stages``).
    """

    label = "chargeback"
    STATES: ClassVar = STATES

    state = FSMField(default=PREPARED, choices=STATES, protected=True, verbose_name=_("state"))
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="legs")
    item = models.ForeignKey(DisputeItem, models.PROTECT, related_name="legs")
    number = models.PositiveSmallIntegerField(default=1)
    network = models.CharField(max_length=10)
    code = models.CharField(_("reason code"), max_length=12)
    workflow = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    recovered_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    network_reference = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)
    turn = models.CharField(max_length=16, default=ISSUER, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    silence = models.CharField(max_length=24, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    asked_back_from = models.CharField(max_length=24, blank=True)
    asked_back_turn = models.CharField(max_length=16, blank=True)
    rejection = models.CharField(max_length=300, blank=True)
    # The network's own count of what happened last; older news never overtakes newer.
    network_version = models.PositiveIntegerField(default=0)
    submitted_on = models.DateField(null=True, blank=True)
    represented_on = models.DateField(null=True, blank=True)
    pre_arbitration_on = models.DateField(null=True, blank=True)
    pre_arbitration_answered_on = models.DateField(null=True, blank=True)
    arbitration_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("chargeback")
        verbose_name_plural = _("chargebacks")
        default_permissions = ("view",)
        permissions = [
            ("prepare", "Prepare a chargeback"),
            ("submit", "Submit a chargeback"),
            ("record_rejection", "Record that the network refused the form"),
            ("record_representment", "Record the merchant's answer"),
            ("record_pre_arbitration", "Record the acquirer's pre-arbitration"),
            ("answer_pre_arbitration", "Answer, or record the answer to, a pre-arbitration"),
            ("go_pre_arbitration", "Go to pre-arbitration"),
            ("go_arbitration", "Go to arbitration"),
            ("accept", "Accept the other side's answer"),
            ("record_win", "Record a win"),
            ("record_loss", "Record a loss"),
            ("ask_back", "Ask a chargeback back"),
            ("record_withdrawal", "Record that the network let go"),
            ("record_refusal", "Record that the network does not let go"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="leg_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=LIVE), name="leg_one_live_an_item"
            ),
            models.UniqueConstraint(
                fields=["network", "network_reference"],
                condition=~Q(network_reference=""),
                name="leg_network_reference",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, recovered_minor__gte=0)
                & Q(recovered_minor__lte=models.F("amount_minor")),
                name="leg_amounts_fit",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=LIVE), name="leg_to_time_out")
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.code} {self.state}"

    @property
    def case_id(self) -> int:
        return self.ticket_id

    def owned_by(self, actor: Actor) -> bool:
        return False

    @transition(state, source=PREPARED, target=SUBMITTED, permission=desk("disputes.submit"))
    def submit(self, *, at: datetime, on: date, network_reference: str) -> None:
        """Send the chargeback to the network."""
        self.submitted_on, self.network_reference = on, network_reference
        self.rejection, self.turn = "", ACQUIRER

    @transition(
        state, source=SUBMITTED, target=PREPARED, permission=feed("disputes.record_rejection")
    )
    def record_rejection(self, *, at: datetime, words: str) -> None:
        """A formal error is no loss: keep the network's words and send again in time."""
        self.rejection, self.turn, self.submitted_on = words, ISSUER, None

    @transition(
        state,
        source=SUBMITTED,
        target=REPRESENTED,
        permission=feed("disputes.record_representment"),
    )
    def record_representment(self, *, at: datetime, on: date) -> None:
        """The merchant answered."""
        self.represented_on, self.turn = on, ISSUER

    @transition(
        state,
        source=SUBMITTED,
        target=IN_PRE_ARBITRATION,
        permission=feed("disputes.record_pre_arbitration"),
    )
    def record_pre_arbitration(self, *, at: datetime, on: date) -> None:
        """The acquirer attacks (allocation workflow): the issuer must answer."""
        self.pre_arbitration_on, self.turn = on, ISSUER

    @transition(
        state,
        source=REPRESENTED,
        target=IN_PRE_ARBITRATION,
        permission=desk("disputes.go_pre_arbitration"),
    )
    def go_pre_arbitration(self, *, at: datetime, on: date) -> None:
        """The issuer insists."""
        self.pre_arbitration_on, self.turn = on, ACQUIRER

    @transition(
        state,
        source=IN_PRE_ARBITRATION,
        target=None,
        conditions=[asked],
        permission=feed("disputes.answer_pre_arbitration"),
    )
    def answer_pre_arbitration(self, *, at: datetime, on: date) -> None:
        """Whoever was attacked declines: the attacker may file for arbitration."""
        self.pre_arbitration_answered_on = on
        self.turn = "acquirer_files" if self.turn == ISSUER else "issuer_files"

    @transition(
        state,
        source=[REPRESENTED, IN_PRE_ARBITRATION],
        target=IN_ARBITRATION,
        conditions=[issuer_may_file],
        permission=desk("disputes.go_arbitration"),
    )
    def go_arbitration(self, *, at: datetime, on: date) -> None:
        """Ask the network to rule; it costs a fee that the loser bears."""
        self.arbitration_on, self.turn = on, "network"

    @transition(
        state,
        source=IN_PRE_ARBITRATION,
        target=IN_ARBITRATION,
        conditions=[acquirers_turn],
        permission=feed("disputes.go_arbitration"),
    )
    def record_arbitration(self, *, at: datetime, on: date) -> None:
        """The acquirer asked the network to rule."""
        self.arbitration_on, self.turn = on, "network"

    @transition(
        state,
        source=[REPRESENTED, IN_PRE_ARBITRATION],
        target=LOST,
        conditions=[issuers_turn],
        permission=desk("disputes.accept"),
    )
    def accept(self, *, at: datetime) -> None:
        """Accept the other side's answer: the recovery ends here."""
        self._end(at)

    @transition(
        state,
        source=[*AT_THE_NETWORK, WITHDRAWING],
        target=WON,
        permission=feed("disputes.record_win"),
    )
    def record_win(self, *, at: datetime, recovered_minor: int) -> None:
        """The network gives back, in full or in part."""
        self.recovered_minor = recovered_minor
        self._end(at)

    @transition(
        state,
        source=[*AT_THE_NETWORK, WITHDRAWING],
        target=LOST,
        permission=feed("disputes.record_loss"),
    )
    def record_loss(self, *, at: datetime) -> None:
        """The network gives nothing back."""
        self._end(at)

    @transition(
        state,
        source=[SUBMITTED, IN_PRE_ARBITRATION],
        target=WON,
        conditions=[acquirers_turn],
        permission=nobody,
    )
    def time_out_acquirer(self, *, at: datetime, recovered_minor: int) -> None:
        """The merchant's bank let its time pass: silence is acceptance."""
        self.recovered_minor = recovered_minor
        self._end(at)

    @transition(
        state,
        source=[PREPARED, REPRESENTED, IN_PRE_ARBITRATION],
        target=LOST,
        conditions=[issuers_turn],
        permission=nobody,
    )
    def time_out_issuer(self, *, at: datetime) -> None:
        """We let our time pass: the right is gone, the cardholder's claim is not."""
        self._end(at)

    @transition(
        state, source=_BEFORE_RULING, target=WITHDRAWING, permission=desk("disputes.ask_back")
    )
    def ask_back(self, *, at: datetime) -> None:
        """Ask the network to forget it; it may refuse."""
        self.asked_back_from, self.asked_back_turn = self.state, self.turn
        self.turn = "network"

    @transition(
        state,
        source=[PREPARED, WITHDRAWING],
        target=WITHDRAWN,
        permission=feed("disputes.record_withdrawal"),
    )
    def record_withdrawal(self, *, at: datetime) -> None:
        """The leg ended without a result: never sent, or given back by the network."""
        self._end(at)

    @transition(
        state,
        source=WITHDRAWING,
        target=RETURN_VALUE(*_BEFORE_RULING),
        permission=feed("disputes.record_refusal"),
    )
    def record_refusal(self, *, at: datetime) -> str:
        """The network does not let go: back to where it was."""
        back, self.asked_back_from = self.asked_back_from, ""
        self.turn, self.asked_back_turn = self.asked_back_turn, ""
        return back

    def _end(self, at: datetime) -> None:
        self.ended_at, self.turn, self.wanted, self.silence = at, "", "", ""
        self.due_on = None
