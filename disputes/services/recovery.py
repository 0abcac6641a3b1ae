"""Recovery from the card network: each leg's verbs, whose turn it is, and what comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from disputes import money
from disputes.models import Chargeback, Dispute, DisputeItem
from disputes.models import chargeback as legs
from disputes.models.dispute import WITHDRAWING
from disputes.services import stage_clocks as clocks
from disputes.services import work
from disputes.services.sending import locked, prepare, submit
from kernel.actors import SYSTEM, Actor
from kernel.errors import Unfit
from tickets import deadlines
from tickets.machine import perform, record
from tickets.models import Deadline

__all__ = ["prepare", "submit"]
# Steps that the network takes from us only in time; what others did is recorded as it came.
_OURS = {"go_pre_arbitration", "answer_pre_arbitration", "go_arbitration"}


@transaction.atomic
def move(
    leg: Chargeback,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    version: int | None = None,
) -> Chargeback:
    """Press a verb that carries the leg to another stage and passes the turn.

    Raises:
        NotNow: it was our turn, and the network's time for it was over on that day.
    """
    dispute = locked(leg)
    day = on or clocks.local_day(dispute, at)
    if verb in _OURS:
        clocks.check_stage(Chargeback.objects.get(pk=leg.pk), day)
    leg = perform(
        leg,
        verb,
        actor=actor,
        at=at,
        version=version,
        on=day,
        facts={"leg": leg.pk, "on": day.isoformat()},
    )
    deadlines.meet(leg.ticket_id, [f"chargeback.{verb}"], at=at, subject=clocks.subject_of(leg))
    return clocks.pass_turn(dispute, leg, at)


def record_representment(leg: Chargeback, **how: Any) -> Chargeback:
    """The merchant answered: it is our turn."""
    return move(leg, "record_representment", **how)


def record_pre_arbitration(leg: Chargeback, **how: Any) -> Chargeback:
    """The acquirer attacks: it is our turn to answer."""
    return move(leg, "record_pre_arbitration", **how)


def answer_pre_arbitration(leg: Chargeback, **how: Any) -> Chargeback:
    """Whoever was attacked declines."""
    return move(leg, "answer_pre_arbitration", **how)


def go_pre_arbitration(leg: Chargeback, **how: Any) -> Chargeback:
    """We insist."""
    return move(leg, "go_pre_arbitration", **how)


def go_arbitration(leg: Chargeback, **how: Any) -> Chargeback:
    """We ask the network to rule."""
    return move(leg, "go_arbitration", **how)


def record_arbitration(leg: Chargeback, **how: Any) -> Chargeback:
    """The acquirer asked the network to rule."""
    return move(leg, "record_arbitration", **how)


@transaction.atomic
def record_rejection(
    leg: Chargeback, *, actor: Actor, at: datetime, words: str, version: int | None = None
) -> Chargeback:
    """The network refused the form: mend it and send it again in time."""
    dispute = locked(leg)
    leg = perform(
        leg,
        "record_rejection",
        actor=actor,
        at=at,
        version=version,
        words=words[:300],
        facts={"leg": leg.pk},
    )
    deadlines.end(leg.ticket_id, at=at, subject=clocks.stage_subject(leg))
    Deadline.objects.filter(
        ticket_id=leg.ticket_id, subject=clocks.subject_of(leg), key="file_with_network"
    ).update(state=Deadline.State.RUNNING, met_at=None)
    deadlines.refresh(leg.ticket_id)
    work.go_on(dispute.ticket, at=at)
    clocks.start(dispute, leg)
    return leg


@transaction.atomic
def record_win(
    leg: Chargeback,
    *,
    actor: Actor,
    at: datetime,
    minor: int | None = None,
    version: int | None = None,
    verb: str = "record_win",
) -> Chargeback:
    """The network gives back ``minor`` units, or everything that was claimed.

    Raises:
        Unfit: more than was claimed, or not above zero.
    """
    dispute = locked(leg)
    leg = Chargeback.objects.get(pk=leg.pk)
    got = leg.amount_minor if minor is None else minor
    if not 0 < got <= leg.amount_minor:
        raise Unfit(
            "bad_amount", _("More than zero and at most what was claimed."), pointer="/minor"
        )
    leg = perform(
        leg,
        verb,
        actor=actor,
        at=at,
        version=version,
        recovered_minor=got,
        facts={"leg": leg.pk, "minor": got, "currency": leg.currency},
    )
    row = _item(dispute, leg)
    late = money.recover(row, got, cause=f"leg{leg.number}", at=at)
    if late:
        record(
            leg.ticket_id,
            "dispute.credit_late",
            actor=SYSTEM,
            at=at,
            facts={"item": row.number, "minor": late, "currency": row.currency},
        )
    return _ended(dispute, leg, row, at)


@transaction.atomic
def end_without(
    leg: Chargeback, verb: str, *, actor: Actor, at: datetime, version: int | None = None
) -> Chargeback:
    """End a leg from which nothing comes back."""
    dispute = locked(leg)
    leg = perform(leg, verb, actor=actor, at=at, version=version, facts={"leg": leg.pk})
    return _ended(dispute, leg, _item(dispute, leg), at)


def record_loss(leg: Chargeback, **how: Any) -> Chargeback:
    """The network gives nothing back; the cardholder's claim is a question of its own."""
    return end_without(leg, "record_loss", **how)


def accept(leg: Chargeback, **how: Any) -> Chargeback:
    """Accept the other side's answer."""
    return end_without(leg, "accept", **how)


def record_withdrawal(leg: Chargeback, **how: Any) -> Chargeback:
    """The network let go."""
    return end_without(leg, "record_withdrawal", **how)


@transaction.atomic
def ask_back(
    leg: Chargeback, *, actor: Actor, at: datetime, version: int | None = None
) -> Chargeback:
    """Ask the network to forget the chargeback; it may refuse."""
    dispute = locked(leg)
    leg = perform(leg, "ask_back", actor=actor, at=at, version=version, facts={"leg": leg.pk})
    return clocks.pass_turn(dispute, leg, at)


@transaction.atomic
def record_refusal(
    leg: Chargeback, *, actor: Actor, at: datetime, version: int | None = None
) -> Chargeback:
    """The network does not let go: the leg goes on where it was."""
    dispute = locked(leg)
    leg = perform(leg, "record_refusal", actor=actor, at=at, version=version, facts={"leg": leg.pk})
    if dispute.state == WITHDRAWING:
        record(leg.ticket_id, "dispute.recall_failed", actor=SYSTEM, at=at, facts={"leg": leg.pk})
    return clocks.pass_turn(dispute, leg, at)


def let_go(leg: Chargeback, *, at: datetime) -> None:
    """Drop a leg as the desk: unsent ones end, sent ones are asked back while they can be."""
    if leg.state == legs.PREPARED:
        end_without(leg, "record_withdrawal", actor=SYSTEM, at=at)
    elif leg.state in {legs.SUBMITTED, legs.REPRESENTED, legs.IN_PRE_ARBITRATION}:
        ask_back(leg, actor=SYSTEM, at=at)


@transaction.atomic
def time_out(leg: Chargeback, *, at: datetime) -> Chargeback:
    """Press what silence means in the stage the leg is in, as the clock."""
    if leg.silence == "time_out_acquirer":
        return record_win(leg, actor=SYSTEM, at=at, verb="time_out_acquirer")
    if leg.state == legs.PREPARED:
        # The network's right is gone; the page says so, and that the claim itself still stands.
        DisputeItem.objects.filter(pk=leg.item_id).update(no_network_right="past_filing_date")
    return end_without(leg, "time_out_issuer", actor=SYSTEM, at=at)


def _ended(dispute: Dispute, leg: Chargeback, row: DisputeItem, at: datetime) -> Chargeback:
    """A leg is over: its clocks end, and what a granted item still lacks is ours to bear."""
    for subject in (clocks.subject_of(leg), clocks.stage_subject(leg)):
        deadlines.end(leg.ticket_id, at=at, subject=subject)
    if not row.live and row.outcome in money.GRANTS:
        money.bear(row, at=at)
    work.go_on(dispute.ticket, at=at)
    return leg


def _item(dispute: Dispute, leg: Chargeback) -> DisputeItem:
    row = DisputeItem.objects.select_for_update(of=("self",)).get(pk=leg.item_id)
    row.dispute = dispute
    return row
