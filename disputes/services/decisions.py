"""Deciding a claim: the statutory question first, then each item, then money and letter."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from disputes import approvals, facts, money, policy
from disputes.models import Decision, Dispute, DisputeItem, Finding, Ground
from disputes.models import chargeback as legs
from disputes.models.decision import Basis
from disputes.models.dispute import RESOLVING
from disputes.outcomes import INVALID, LOST, MERCHANT_CREDITED, PARTLY_WON, WON, WRITTEN_OFF, Hold
from disputes.services import credit, happened, verdicts
from disputes.services.verdicts import Answer, Verdict
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow
from kernel.money import Money
from tickets import deadlines, messages, turns
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Approval


@transaction.atomic
def resolve(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    answer: Answer,
    version: int | None = None,
    approval: Approval | None = None,
) -> Dispute:
    """Decide the claim, move the money, and leave the letter to the worker.

    Above the limit, and for every claim that is not taken at all, it is proposed to a second
    person instead. The recovery goes on by itself: the answer never waits for the network.

    Raises:
        Unfit: a verdict is missing, an amount does not fit, a denial lacks ground or finding.
    """
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    items = _items(dispute)
    verdicts.check(dispute, items, answer)
    stake = policy.total((row.disputed_minor for row in items), dispute.ticket.currency)
    if approval is None and not actor.trusted and verdicts.second_person(answer, stake):
        return approvals.propose(
            dispute,
            "resolve",
            actor=actor,
            at=at,
            version=version,
            inputs=answer.plain(),
            amount=stake,
        )
    outcome = verdicts.overall(answer)
    dispute = perform(
        dispute,
        "resolve",
        actor=actor,
        at=at,
        version=version,
        outcome=outcome,
        policy_rule=answer.policy_rule,
        facts={
            "outcome": outcome,
            "basis": answer.basis,
            "rule": answer.policy_rule,
            "items": [
                [v.item, v.outcome, v.granted_minor, v.charges_minor] for v in answer.verdicts
            ],
        },
    )
    _write_down(dispute, items, answer, actor, approval, at)
    for verdict in answer.verdicts:
        _carry_out(dispute, items[verdict.item - 1], verdict, at)
    happened.decided(dispute, at=at, granted=any(v.granted_minor for v in answer.verdicts))
    credit.announce_all(dispute, at=at)
    turns.end(dispute.ticket_id, at=at)
    return dispute


def resolve_small(dispute: Dispute, *, at: datetime) -> Dispute:
    """Credit a small claim at once, by policy, with the rule on record; others pass through."""
    amount = Money(dispute.ticket.amount_minor, dispute.ticket.currency)
    rule = policy.small_amount_rule(dispute, amount, at=at)
    if not rule:
        return dispute
    verdicts = [Verdict(row.number, WRITTEN_OFF, row.disputed_minor) for row in _items(dispute)]
    answer = Answer(Basis.ERROR_AS_ASSERTED, verdicts, policy_rule=rule)
    return resolve(dispute, actor=SYSTEM, at=at, answer=answer)


@transaction.atomic
def approve(dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None) -> Dispute:
    """Approve what another proposed; it is carried out in the same breath, in both names."""
    dispute, approval = approvals.settle(dispute, "approve", actor=actor, at=at, version=version)
    if approval.verb == "grant_credit":
        return credit.grant_credit(dispute, actor=SYSTEM, at=at, approved=True, **approval.inputs)
    return resolve(
        dispute, actor=SYSTEM, at=at, answer=Answer.read(approval.inputs), approval=approval
    )


def reject(dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None) -> Dispute:
    """Send a proposal back; nothing has moved."""
    return approvals.settle(dispute, "reject", actor=actor, at=at, version=version)[0]


def recall(dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None) -> Dispute:
    """Take one's own proposal back."""
    return approvals.settle(dispute, "recall", actor=actor, at=at, version=version)[0]


@transaction.atomic
def letter_left(dispute: Dispute, *, at: datetime) -> Dispute:
    """The decision's letter has left: the claim is resolved, the ticket follows, windows open.

    In the cardholder's favour the hold ends; otherwise the time to pay begins (12 CFR
    1026.13(g)), in which the amount may not be reported as overdue. Does nothing twice.
    """
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if dispute.state != RESOLVING:
        return dispute
    ticket = dispute.ticket
    owes = any(row.denied_minor for row in dispute.items.all())
    hold, until = (Hold.RELEASED, None)
    if owes:
        hold, until = Hold.PAYMENT_WINDOW, pay_by(dispute, at)
    dispute = perform(dispute, "conclude", actor=SYSTEM, at=at, hold=hold, hold_until=until)
    if owes:
        sent_on = at.astimezone(_zone(dispute)).date()
        deadlines.assess(
            ticket,
            facts.of_answer(dispute, sent_on=sent_on, grace_days=_grace_days(dispute)),
            time_zone=ticket.cardholder.time_zone,
            subject=f"round {dispute.round}",
        )
    else:
        deadlines.end(ticket.pk, at=at, nature="prohibition")
    tickets.conclude(ticket, at=at, resolution=dispute.outcome)
    return dispute


@transaction.atomic
def stop(dispute: Dispute, *, actor: Actor, at: datetime, because: str) -> Dispute:
    """Stop a decision whose letter has not left, when no money has been paid by it yet.

    Raises:
        NotNow: something was credited for good already; decide again after it has been told.
    """
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if any(row.credited_minor or row.charges_minor for row in dispute.items.all()):
        raise NotNow(
            "already_paid", _("Money was credited by this decision; it cannot be stopped.")
        )
    dispute = perform(dispute, "stop", actor=actor, at=at, facts={"round": dispute.round})
    messages.write(dispute.ticket, direction=messages.NOTE, body=because, actor=actor, at=at)
    Decision.objects.filter(dispute=dispute, round=dispute.round).update(stopped=True)
    for row in _items(dispute):
        money.reopen(row)
    turns.pass_to(dispute.ticket_id, dispute.ticket.department, at=at)
    return dispute


def _items(dispute: Dispute) -> list[DisputeItem]:
    found = list(dispute.items.select_for_update(of=("self",)).order_by("number"))
    for row in found:
        row.dispute = dispute
    return found


def _write_down(
    dispute: Dispute,
    items: list[DisputeItem],
    answer: Answer,
    actor: Actor,
    approval: Approval | None,
    at: datetime,
) -> None:
    decision = Decision.objects.create(
        dispute=dispute,
        round=dispute.round,
        basis=answer.basis,
        outcome=dispute.outcome,
        at=at,
        explanation=redaction.redact(answer.explanation.strip()).text,
        decided_by=approval.proposed_by if approval else actor.ref,
        approved_by=approval.decided_by if approval else "",
    )
    found = {row.number: row for row in Finding.objects.filter(dispute=dispute)}
    Ground.objects.bulk_create(
        Ground(decision=decision, item=items[one.item - 1], code=code, finding=found[number])
        for one in answer.verdicts
        for code, number in one.grounds
    )


def _carry_out(dispute: Dispute, row: DisputeItem, verdict: Verdict, at: datetime) -> None:
    from disputes.services import recovery

    leg = verdicts.live_leg(row)
    if leg is not None and verdict.outcome in {LOST, INVALID, MERCHANT_CREDITED}:
        recovery.let_go(leg, at=at)
    recovering = leg is not None and leg.state != legs.PREPARED
    if leg is not None and not recovering and leg.state == legs.PREPARED:
        # What was never sent may still be sent: the recovery is its own track.
        recovering = verdict.outcome in {WON, PARTLY_WON}
    money.decide(
        row,
        verdict.outcome,
        granted_minor=verdict.granted_minor,
        charges_minor=verdict.charges_minor,
        recovering=recovering,
        at=at,
    )


def pay_by(dispute: Dispute, at: datetime) -> date:
    """The last day to pay what was denied, when the answer leaves at ``at``."""
    return at.astimezone(_zone(dispute)).date() + timedelta(days=max(_grace_days(dispute), 10))


def _grace_days(dispute: Dispute) -> int:
    """The days the cardholder usually has to pay: from statement to due date, where known."""
    last = dispute.account.statements.filter(due_on__isnull=False).order_by("-closing_on").first()
    if last is None or last.due_on is None:
        return settings.CREDIT_REVERSAL_NOTICE_DAYS
    return (last.due_on - last.closing_on).days


def _zone(dispute: Dispute) -> ZoneInfo:
    return ZoneInfo(dispute.ticket.cardholder.time_zone)
