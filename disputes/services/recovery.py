"""Recovery from the card network: each leg's verbs, whose turn it is, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from disputes import evidence, facts, money, network_codes
from disputes.models import Chargeback, Dispute, DisputeItem
from disputes.models import chargeback as legs
from disputes.models.dispute import UNDECIDED, WITHDRAWING
from disputes.services import work
from disputes.services.credit import item_of
from disputes.services.filing import filing_subject
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow, Unfit
from law import stages
from tickets import deadlines
from tickets.machine import perform, record
from tickets.models import Deadline

_SILENCE = {"won": "time_out_acquirer", "lost": "time_out_issuer"}


@transaction.atomic
def prepare(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    item: int,
    code: str,
    minor: int | None = None,
    version: int | None = None,
) -> Chargeback:
    """Prepare a chargeback of one item under a code that its reason may become.

    Raises:
        Unfit: the code does not fit the reason, or is not switched on.
        NotNow: the item has a leg under way, or nothing is left to recover.
    """
    if not actor.trusted and not (
        actor.kind == "staff" and actor.user.has_perm("disputes.prepare")
    ):
        raise NotAllowed("not_allowed", _("You may not prepare chargebacks."), verb="prepare")
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    row = item_of(dispute, item)
    _may_prepare(dispute, row)
    network = dispute.ticket.account.network
    _fitting(dispute, network, code)
    left = row.open_minor
    amount = left if minor is None else minor
    if not 0 < amount <= left:
        raise Unfit(
            "bad_amount", _("Claim more than zero and no more than is open."), pointer="/minor"
        )
    leg = Chargeback.objects.create(
        ticket=dispute.ticket, item=row, number=row.legs.count() + 1, network=network, code=code,
        workflow=stages.workflow_of(network, code), amount_minor=amount, currency=row.currency,
        evidence=list(evidence.checklist(network_codes.code(network, code))),
        silence="time_out_issuer", wanted=_("send the chargeback"),
    )  # fmt: skip
    record(
        dispute.ticket_id, "chargeback.prepare", actor=actor, at=at, after=leg.state,
        version=version, facts={"item": item, "code": code, "minor": amount, "leg": leg.number},
    )  # fmt: skip
    _start_clock(dispute, leg)
    return leg


@transaction.atomic
def submit(
    leg: Chargeback,
    *,
    actor: Actor,
    at: datetime,
    network_reference: str,
    holds: Sequence[str] = (),
    version: int | None = None,
) -> Chargeback:
    """Send the chargeback: complete, after the waiting period, within the filing limit.

    ``holds`` are the pieces of the code's evidence checklist that are attached.

    Raises:
        Unfit: evidence is missing, or no network reference is given.
        NotNow: the waiting period runs, or the filing limit is over.
    """
    dispute = _locked(leg)
    leg = _reread(leg)
    missing = [one for one in leg.evidence if one not in set(holds)]
    if missing:
        raise Unfit(
            "evidence_incomplete",
            _("This code needs: %(missing)s.") % {"missing": "; ".join(missing)},
            missing=missing,
        )
    if not network_reference.strip():
        raise Unfit(
            "reference_missing", _("Give the network's reference."), pointer="/network_reference"
        )
    today = _local(dispute, at)
    _within_time(dispute, leg, today)
    leg = perform(
        leg, "submit", actor=actor, at=at, version=version, on=today,
        network_reference=network_reference.strip(),
        facts={"leg": leg.pk, "network_reference": network_reference.strip(),
               "evidence": len(leg.evidence)},
    )  # fmt: skip
    deadlines.meet(leg.ticket_id, ["chargeback.submit"], at=at, subject=_subject(leg))
    deadlines.meet(
        leg.ticket_id, ["chargeback.submit"], at=at, subject=filing_subject(leg.item.number)
    )
    return _pass_turn(dispute, leg, at)


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
    """Press a verb that carries the leg to another stage and passes the turn."""
    dispute = _locked(leg)
    leg = perform(
        leg, verb, actor=actor, at=at, version=version, on=on or _local(dispute, at),
        facts={"leg": leg.pk, "on": (on or _local(dispute, at)).isoformat()},
    )  # fmt: skip
    deadlines.meet(leg.ticket_id, [f"chargeback.{verb}"], at=at, subject=_subject(leg))
    return _pass_turn(dispute, leg, at)


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
    dispute = _locked(leg)
    leg = perform(
        leg, "record_rejection", actor=actor, at=at, version=version, words=words[:300],
        facts={"leg": leg.pk},
    )  # fmt: skip
    deadlines.end(leg.ticket_id, at=at, subject=_stage_subject(leg))
    Deadline.objects.filter(
        ticket_id=leg.ticket_id, subject=_subject(leg), key="file_with_network"
    ).update(state=Deadline.State.RUNNING, met_at=None)
    deadlines.refresh(leg.ticket_id)
    work.go_on(dispute.ticket, at=at)
    _start_clock(dispute, leg)
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
    dispute = _locked(leg)
    leg = _reread(leg)
    got = leg.amount_minor if minor is None else minor
    if not 0 < got <= leg.amount_minor:
        raise Unfit(
            "bad_amount", _("More than zero and at most what was claimed."), pointer="/minor"
        )
    leg = perform(
        leg, verb, actor=actor, at=at, version=version, recovered_minor=got,
        facts={"leg": leg.pk, "minor": got, "currency": leg.currency},
    )  # fmt: skip
    row = _item(dispute, leg)
    late = money.recover(row, got, cause=f"leg{leg.number}", at=at)
    if late:
        record(
            leg.ticket_id, "dispute.credit_late", actor=SYSTEM, at=at,
            facts={"item": row.number, "minor": late, "currency": row.currency},
        )  # fmt: skip
    return _ended(dispute, leg, row, at)


@transaction.atomic
def end_without(
    leg: Chargeback, verb: str, *, actor: Actor, at: datetime, version: int | None = None
) -> Chargeback:
    """End a leg from which nothing comes back."""
    dispute = _locked(leg)
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
    dispute = _locked(leg)
    leg = perform(leg, "ask_back", actor=actor, at=at, version=version, facts={"leg": leg.pk})
    return _pass_turn(dispute, leg, at)


@transaction.atomic
def record_refusal(
    leg: Chargeback, *, actor: Actor, at: datetime, version: int | None = None
) -> Chargeback:
    """The network does not let go: the leg goes on where it was."""
    dispute = _locked(leg)
    leg = perform(leg, "record_refusal", actor=actor, at=at, version=version, facts={"leg": leg.pk})
    if dispute.state == WITHDRAWING:
        record(leg.ticket_id, "dispute.recall_failed", actor=SYSTEM, at=at, facts={"leg": leg.pk})
    return _pass_turn(dispute, leg, at)


def let_go(leg: Chargeback, *, at: datetime) -> None:
    """Drop a leg as the desk: unsent ones end, sent ones are asked back while they can be."""
    if leg.state == legs.PREPARED:
        end_without(leg, "record_withdrawal", actor=SYSTEM, at=at)
    elif leg.state in {legs.SUBMITTED, legs.REPRESENTED, legs.IN_PRE_ARBITRATION}:
        ask_back(leg, actor=SYSTEM, at=at)


def time_out(leg: Chargeback, *, at: datetime) -> Chargeback:
    """Press what silence means in the stage the leg is in, as the clock."""
    if leg.silence == "time_out_acquirer":
        return record_win(leg, actor=SYSTEM, at=at, verb="time_out_acquirer")
    return end_without(leg, "time_out_issuer", actor=SYSTEM, at=at)


def _may_prepare(dispute: Dispute, row: DisputeItem) -> None:
    running = Chargeback.objects.filter(item=row, state__in=legs.LIVE).exists()
    if running:
        raise NotNow("recovery_open", _("A chargeback of this transaction is under way."))
    if dispute.state not in UNDECIDED or not row.open_minor:
        raise NotNow("nothing_to_recover", _("Nothing of this transaction is open."))


def _fitting(dispute: Dispute, network: str, code: str) -> None:
    fitting = network_codes.codes_for(
        dispute.reason_row, network, switched_on=settings.NETWORK_CODES_SWITCHED_ON
    )
    if code not in {one.code for one in fitting}:
        raise Unfit(
            "code_does_not_fit",
            _("For this reason the network knows: %(codes)s.")
            % {"codes": ", ".join(one.code for one in fitting) or "—"},
            pointer="/code",
        )


def _within_time(dispute: Dispute, leg: Chargeback, today: date) -> None:
    """Refuse with the rule's own words while it forbids."""
    rows = Deadline.objects.filter(Q(subject=_subject(leg)), ticket_id=leg.ticket_id)
    for row in rows:
        if row.first_allowed_on and today < row.first_allowed_on:
            raise NotNow(
                "waiting_period",
                _("%(rule)s (%(cite)s): not before %(day)s.")
                % {"rule": row.name, "cite": row.citation, "day": row.first_allowed_on},
                rule=row.rule, first_allowed_on=row.first_allowed_on.isoformat(),
            )  # fmt: skip
        if row.key == "file_with_network" and row.due_on and today > row.due_on:
            raise NotNow(
                "past_filing_limit",
                _("%(rule)s (%(cite)s): the last day was %(day)s.")
                % {"rule": row.name, "cite": row.citation, "day": row.due_on},
                rule=row.rule, due_on=row.due_on.isoformat(),
            )  # fmt: skip


def _start_clock(dispute: Dispute, leg: Chargeback) -> None:
    """Start the waiting and filing clocks of the leg's own code, and show the nearer limit."""
    row = leg.item
    deadlines.end(leg.ticket_id, at=dispute.ticket.received_at, subject=filing_subject(row.number))
    deadlines.assess(
        dispute.ticket,
        facts.of_filing(row.transaction, dispute.ticket.account, leg.code, dispute.answers),
        time_zone=dispute.ticket.cardholder.time_zone, subject=_subject(leg),
    )  # fmt: skip
    limit = Deadline.objects.filter(
        ticket_id=leg.ticket_id, subject=_subject(leg), key="file_with_network"
    ).first()
    leg.due_on = limit.due_on if limit else None
    leg.turn, leg.silence, leg.wanted = legs.ISSUER, "time_out_issuer", _("send the chargeback")
    leg.save()


def _pass_turn(dispute: Dispute, leg: Chargeback, at: datetime) -> Chargeback:
    """Write whose turn it is, what is wanted, by when and what silence means; start its clock."""
    if leg.state == legs.WITHDRAWING:
        leg.wanted, leg.due_on, leg.silence = _("say whether it lets go"), None, ""
    else:
        _next_stage(dispute, leg, at)
    leg.save()
    if leg.turn in {"issuer", "issuer_files"}:
        work.go_on(dispute.ticket, at=at)
    elif dispute.state in UNDECIDED:
        zone = dispute.ticket.cardholder.time_zone
        until = deadlines.end_of(leg.due_on, zone) if leg.due_on else None
        work.wait_for_network(dispute.ticket, at=at, wanted=leg.wanted, until=until)
    return leg


def _next_stage(dispute: Dispute, leg: Chargeback, at: datetime) -> None:
    """End the clock of the stage before and start the one of this stage."""
    deadlines.end(leg.ticket_id, at=at, subject=_stage_subject(leg))
    leg.step += 1
    turn = stages.stage_rule_for(leg.network, leg.workflow, leg.state, leg.turn)
    started = deadlines.assess(
        dispute.ticket, facts.of_stage(leg), only={turn.rule_id},
        time_zone=dispute.ticket.cardholder.time_zone, subject=_stage_subject(leg),
    )  # fmt: skip
    leg.wanted, leg.silence = turn.wanted, _SILENCE.get(turn.silence, "")
    leg.due_on = started[0].due_on if started else None


def _ended(dispute: Dispute, leg: Chargeback, row: DisputeItem, at: datetime) -> Chargeback:
    """A leg is over: its clocks end, and what a granted item still lacks is ours to bear."""
    for subject in (_subject(leg), _stage_subject(leg)):
        deadlines.end(leg.ticket_id, at=at, subject=subject)
    if not row.live and row.outcome in money.GRANTS:
        money.bear(row, at=at)
    work.go_on(dispute.ticket, at=at)
    return leg


def _locked(leg: Chargeback) -> Dispute:
    """Lock the claim before the leg, or two clerks deadlock."""
    return Dispute.objects.select_for_update(of=("self",)).get(items__legs=leg.pk)


def _reread(leg: Chargeback) -> Chargeback:
    return Chargeback.objects.select_related("item").get(pk=leg.pk)


def _item(dispute: Dispute, leg: Chargeback) -> DisputeItem:
    row = DisputeItem.objects.select_for_update(of=("self",)).get(pk=leg.item_id)
    row.dispute = dispute
    return row


def _local(dispute: Dispute, at: datetime) -> date:
    return at.astimezone(dispute.ticket.cardholder.zone).date()


def _subject(leg: Chargeback) -> str:
    return f"leg {leg.pk}"


def _stage_subject(leg: Chargeback) -> str:
    return f"leg {leg.pk} step {leg.step}"
