"""Deciding a claim: the statutory question first, then each item, then money and letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from disputes import approvals, facts, money, policy, reasons
from disputes.models import Chargeback, Decision, Dispute, DisputeItem, Finding, Ground
from disputes.models import chargeback as legs
from disputes.models.decision import Basis
from disputes.models.dispute import (
    CORRECTED,
    INVALID,
    LOST,
    MERCHANT_CREDITED,
    PARTLY_WON,
    RESOLVING,
    WON,
    WRITTEN_OFF,
    Hold,
)
from disputes.services import credit
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Unfit
from kernel.money import Money
from tickets import deadlines, turns
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Approval

DENIALS = {LOST, PARTLY_WON, INVALID}
_DENYING_BASES = {Basis.NO_ERROR, Basis.DIFFERENT_ERROR, Basis.NOT_A_NOTICE}
_ALL = (WON, PARTLY_WON, LOST, MERCHANT_CREDITED, CORRECTED, WRITTEN_OFF, INVALID)


@dataclass(frozen=True)
class Verdict:
    """What is decided of one item: outcome, the amount granted, charges refunded, the grounds.

    Amounts are minor units. ``grounds`` are pairs of a denial reason's code and the number of
    the finding that it rests on.
    """

    item: int
    outcome: str
    granted_minor: int = 0
    charges_minor: int = 0
    grounds: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Answer:
    """A whole decision: the statutory question's answer, in words, and each item's verdict.

    ``outcome`` is needed only by a claim without items.
    """

    basis: str
    verdicts: Sequence[Verdict] = ()
    explanation: str = ""
    outcome: str = ""
    policy_rule: str = field(default="", kw_only=True)

    def plain(self) -> dict[str, Any]:
        """The answer as JSON, for a proposal."""
        return {
            "basis": self.basis, "explanation": self.explanation, "outcome": self.outcome,
            "verdicts": [
                {"item": one.item, "outcome": one.outcome, "granted_minor": one.granted_minor,
                 "charges_minor": one.charges_minor, "grounds": [list(g) for g in one.grounds]}
                for one in self.verdicts
            ],
        }  # fmt: skip

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Answer:
        """The answer that :meth:`plain` wrote."""
        return cls(
            basis=plain["basis"], explanation=plain["explanation"], outcome=plain["outcome"],
            verdicts=[
                Verdict(**{**one, "grounds": [tuple(g) for g in one["grounds"]]})
                for one in plain["verdicts"]
            ],
        )  # fmt: skip


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
    _check(dispute, items, answer)
    stake = policy.total((row.disputed_minor for row in items), dispute.ticket.currency)
    if approval is None and not actor.trusted and _second_person(answer, stake):
        return approvals.propose(
            dispute, "resolve", actor=actor, at=at, version=version, inputs=answer.plain(),
            minor=stake.minor, currency=stake.currency,
        )  # fmt: skip
    outcome = _overall(answer)
    dispute = perform(
        dispute, "resolve", actor=actor, at=at, version=version, outcome=outcome,
        policy_rule=answer.policy_rule,
        facts={"outcome": outcome, "basis": answer.basis, "rule": answer.policy_rule,
               "items": [[v.item, v.outcome, v.granted_minor, v.charges_minor]
                         for v in answer.verdicts]},
    )  # fmt: skip
    _write_down(dispute, items, answer, actor, approval, at)
    for verdict in answer.verdicts:
        _carry_out(dispute, items[verdict.item - 1], verdict, at)
    credit.announce_all(dispute, at=at)
    turns.end(dispute.ticket_id, at=at)
    return dispute


def resolve_small(dispute: Dispute, *, at: datetime) -> Dispute:
    """Credit a small claim at once, by policy, with the rule on record; others pass through."""
    items = _items(dispute)
    amount = policy.total((row.disputed_minor for row in items), dispute.ticket.currency)
    rule = policy.small_amount_rule(dispute, amount, at=at)
    if not rule:
        return dispute
    verdicts = [Verdict(row.number, WRITTEN_OFF, row.disputed_minor) for row in items]
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
        hold, until = Hold.PAYMENT_WINDOW, _pay_by(dispute, at)
    dispute = perform(dispute, "conclude", actor=SYSTEM, at=at, hold=hold, hold_until=until)
    if owes:
        sent_on = at.astimezone(_zone(dispute)).date()
        deadlines.assess(
            ticket, facts.of_answer(dispute, sent_on=sent_on, grace_days=_grace_days(dispute)),
            time_zone=ticket.cardholder.time_zone, subject=f"round {dispute.round}",
        )  # fmt: skip
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
    dispute = perform(dispute, "stop", actor=actor, at=at, facts={"because": because})
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


def _check(dispute: Dispute, items: list[DisputeItem], answer: Answer) -> None:
    if answer.basis not in Basis.values:
        raise Unfit("bad_basis", _("Answer first whether an error occurred."), pointer="/basis")
    if sorted(one.item for one in answer.verdicts) != [row.number for row in items]:
        raise Unfit("verdicts_missing", _("Decide each transaction once."), pointer="/verdicts")
    if not items and answer.outcome not in {CORRECTED, LOST, INVALID}:
        raise Unfit("bad_outcome", _("Choose an outcome."), pointer="/outcome")
    denies = any(one.outcome in DENIALS for one in answer.verdicts) or answer.outcome in DENIALS
    if denies and answer.basis not in _DENYING_BASES:
        raise Unfit(
            "denial_without_basis",
            _("A denial needs its own answer in law: no error, another error, or no notice."),
            pointer="/basis",
        )
    if denies and not answer.explanation.strip():
        raise Unfit(
            "explanation_missing", _("Explain the denial in words."), pointer="/explanation"
        )
    findings = set(dispute.findings.values_list("number", flat=True))
    for verdict in answer.verdicts:
        _check_verdict(items[verdict.item - 1], verdict, findings)


def _check_verdict(row: DisputeItem, verdict: Verdict, findings: set[int]) -> None:
    pointer = f"/verdicts/{verdict.item - 1}"
    if verdict.outcome not in _ALL:
        raise Unfit("bad_outcome", _("Choose an outcome."), pointer=f"{pointer}/outcome")
    if verdict.charges_minor < 0:
        raise Unfit("bad_amount", _("Charges cannot be below zero."), pointer=pointer)
    _check_amount(row, verdict, pointer)
    if verdict.outcome in DENIALS:
        _check_grounds(verdict, findings, pointer)


def _check_amount(row: DisputeItem, verdict: Verdict, pointer: str) -> None:
    granted, least = verdict.granted_minor, row.recovered_minor + row.written_off_minor
    if verdict.outcome == PARTLY_WON and not max(least, 1) <= granted < row.disputed_minor:
        raise Unfit(
            "bad_amount",
            _("Grant at least %(least)s and less than %(all)s, or choose another outcome.")
            % {"least": Money(max(least, 1), row.currency), "all": row.disputed},
            pointer=f"{pointer}/granted_minor",
        )
    full = verdict.outcome in {WON, CORRECTED, WRITTEN_OFF}
    if full and granted != row.disputed_minor:
        raise Unfit("bad_amount", _("This outcome grants the whole amount."), pointer=pointer)
    if verdict.outcome == WRITTEN_OFF and _live_leg(row):
        raise Unfit(
            "recovery_open", _("The network is still asked: choose “won”."), pointer=pointer
        )


def _check_grounds(verdict: Verdict, findings: set[int], pointer: str) -> None:
    """A denial stands on findings with exhibits; that the network gives no right is no ground."""
    if not verdict.grounds:
        raise Unfit(
            "grounds_missing", _("Give at least one reason for the denial."), pointer=pointer
        )
    for code, finding in verdict.grounds:
        if code not in reasons.DENIAL_REASONS:
            raise Unfit("bad_ground", _("This is no reason to deny a claim."), pointer=pointer)
        if finding not in findings:
            raise Unfit(
                "finding_missing",
                _("Each reason must rest on a finding of this case."),
                pointer=pointer,
            )


def _second_person(answer: Answer, stake: Money) -> bool:
    invalid = any(one.outcome == INVALID for one in answer.verdicts) or answer.outcome == INVALID
    return invalid or policy.needs_two(stake)


def _overall(answer: Answer) -> str:
    """One word for the whole claim: the items' common outcome, else partly won."""
    found = {one.outcome for one in answer.verdicts} or {answer.outcome}
    return found.pop() if len(found) == 1 else PARTLY_WON


def _write_down(
    dispute: Dispute,
    items: list[DisputeItem],
    answer: Answer,
    actor: Actor,
    approval: Approval | None,
    at: datetime,
) -> None:
    decision = Decision.objects.create(
        dispute=dispute, round=dispute.round, basis=answer.basis, outcome=dispute.outcome, at=at,
        explanation=redaction.redact(answer.explanation.strip()).text,
        decided_by=approval.proposed_by if approval else actor.ref,
        approved_by=approval.decided_by if approval else "",
    )  # fmt: skip
    found = {row.number: row for row in Finding.objects.filter(dispute=dispute)}
    Ground.objects.bulk_create(
        Ground(decision=decision, item=items[one.item - 1], code=code, finding=found[number])
        for one in answer.verdicts
        for code, number in one.grounds
    )


def _carry_out(dispute: Dispute, row: DisputeItem, verdict: Verdict, at: datetime) -> None:
    from disputes.services import recovery

    leg = _live_leg(row)
    if leg is not None and verdict.outcome in {LOST, INVALID, MERCHANT_CREDITED}:
        recovery.let_go(leg, at=at)
    recovering = leg is not None and leg.state != legs.PREPARED
    if leg is not None and not recovering and leg.state == legs.PREPARED:
        # What was never sent may still be sent: the recovery is its own track.
        recovering = verdict.outcome in {WON, PARTLY_WON}
    money.decide(
        row, verdict.outcome, granted_minor=verdict.granted_minor,
        charges_minor=verdict.charges_minor, recovering=recovering, at=at,
    )  # fmt: skip


def _live_leg(row: DisputeItem) -> Chargeback | None:
    return row.legs.filter(state__in=legs.LIVE).first()


def _pay_by(dispute: Dispute, at: datetime) -> date:
    return at.astimezone(_zone(dispute)).date() + timedelta(days=max(_grace_days(dispute), 10))


def _grace_days(dispute: Dispute) -> int:
    """The days the cardholder usually has to pay: from statement to due date, where known."""
    last = (
        dispute.ticket.account.statements.filter(due_on__isnull=False)
        .order_by("-closing_on").first()
    )  # fmt: skip
    return (last.due_on - last.closing_on).days if last else settings.CREDIT_REVERSAL_NOTICE_DAYS


def _zone(dispute: Dispute) -> ZoneInfo:
    return ZoneInfo(dispute.ticket.cardholder.time_zone)
