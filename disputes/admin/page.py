"""What a dispute adds to the case page: claim, evidence, findings, decision, recovery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from disputes import evidence, reasons
from disputes.admin import words
from disputes.models import Chargeback, Dispute, Ground
from disputes.models.chargeback import LIVE
from disputes.models.dispute import RESOLVED, RESOLVING, WITHDRAWING, WITHDRAWN
from disputes.outcomes import OUTCOMES
from disputes.questions import QUESTIONS
from disputes.services import Answer
from kernel.actors import Actor
from kernel.money import Money
from tickets.desk.case import Part, Room
from tickets.desk.desk import desk_of
from tickets.models import Approval, Ticket

_TONES = {RESOLVED: "good", WITHDRAWN: "calm", WITHDRAWING: "warn", RESOLVING: "good"}
_LEG_TONES = {"won": "good", "lost": "late", "withdrawn": "calm"}
_OUTCOME_TONES = {"won": "good", "partly_won": "warn", "lost": "late", "invalid": "late"}
_AMOUNTS = ("disputed", "lent", "credited", "recovered", "written_off", "denied", "open")


def badges(ticket: Ticket) -> list[tuple[str, str]]:
    """The claim's state, its outcome, and that a second person is asked."""
    dispute = ticket.dispute
    found = [(str(dispute.get_state_display()), _TONES.get(dispute.state, "work"))]
    if dispute.outcome and dispute.state != WITHDRAWN:
        tone = _OUTCOME_TONES.get(dispute.outcome, "good")
        found.append((str(dispute.get_outcome_display()), tone))
    if dispute.proposed:
        found.append((_("to approve"), "warn"))
    return found


def build(ticket: Ticket, actor: Actor, now: datetime) -> Part:
    """Read the claim with everything that hangs on it, and say it in words."""
    dispute = (
        Dispute.objects.filter(ticket=ticket).prefetch_related("items__transaction", "findings")
        .get()
    )  # fmt: skip
    dispute.ticket = ticket
    ticket.dispute = dispute
    items = list(dispute.items.all())
    legs = _legs(ticket, items)
    decisions = list(dispute.decisions.order_by("-id"))
    grounds = list(Ground.objects.filter(decision__in=decisions).select_related("finding", "item"))
    return Part(
        badges=[*badges(ticket), *_more_badges(dispute)],
        lead=desk_of(Dispute).buttons(dispute, actor, ticket.seq),
        main=("disputes/case/claim.html", "disputes/case/recovery.html",
              "disputes/case/evidence.html", "disputes/case/findings.html"),
        context={
            "dispute": dispute, "rows": [_item(item) for item in items], "sums": _sums(items),
            "answers": _answers(dispute), "legs": [_leg(leg, actor, ticket, now) for leg in legs],
            "gap": _gap(dispute, ticket), "findings": _findings(dispute, items, ticket),
            "decisions": [_decision(one, grounds) for one in decisions],
            "proposal": _proposal(ticket, dispute),
        },
        refs=[("staff", one.made_by) for one in dispute.findings.all()]
        + [("staff", ref) for one in decisions for ref in (one.decided_by, one.approved_by)],
    )  # fmt: skip


def _more_badges(dispute: Dispute) -> list[tuple[str, str]]:
    found = []
    if dispute.late:
        found.append((_("late notice"), "warn"))
    if dispute.round > 1:
        found.append((_("round %d") % dispute.round, "calm"))
    return found


def _legs(ticket: Ticket, items: Iterable[Any]) -> list[Chargeback]:
    by_pk = {item.pk: item for item in items}
    found = list(ticket.legs.order_by("-pk"))
    for leg in found:
        leg.ticket, leg.item = ticket, by_pk[leg.item_id]
    return sorted(found, key=lambda leg: (leg.state not in LIVE, leg.item.number, -leg.pk))


def _item(item: Any) -> dict[str, Any]:
    amounts = [Money(getattr(item, f"{name}_minor"), item.currency) for name in _AMOUNTS]
    return {
        "row": item, "amounts": amounts, "outcome": item.get_outcome_display(),
        "tone": _OUTCOME_TONES.get(item.outcome, "good"),
        "charges": Money(item.charges_minor, item.currency) if item.charges_minor else None,
        "no_right": reasons.NO_NETWORK_RIGHT[item.no_network_right].label()
        if item.no_network_right in reasons.NO_NETWORK_RIGHT else "",
    }  # fmt: skip


def _sums(items: list[Any]) -> list[Money]:
    if len(items) < 2:
        return []
    currency = items[0].currency
    return [Money(sum(getattr(item, f"{name}_minor") for item in items), currency)
            for name in _AMOUNTS]  # fmt: skip


def _answers(dispute: Dispute) -> list[tuple[str, str]]:
    return [
        (QUESTIONS[field].label(), _answer(field, value))
        for field, value in dispute.answers.items()
        if field in QUESTIONS
    ]


def _answer(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return str(Money(value["minor"], value["currency"]))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "—"
    choices = {choice.code: choice for choice in QUESTIONS[field].choices}
    return choices[value].label() if value in choices else str(value)


def _leg(leg: Chargeback, actor: Actor, ticket: Ticket, now: datetime) -> dict[str, Any]:
    from disputes.admin.recoveries import leg_left, network_code, silence

    return {
        "row": leg, "code": network_code(leg), "turn": words.turn(leg.turn),
        "wanted": words.read(leg.wanted) or leg.wanted, "silence": silence(leg),
        "left": leg_left(leg, now), "amount": Money(leg.amount_minor, leg.currency),
        "tone": _LEG_TONES.get(leg.state, "work"),
        "recovered": Money(leg.recovered_minor, leg.currency) if leg.recovered_minor else None,
        "buttons": desk_of(Chargeback).buttons(leg, actor, ticket.seq),
    }  # fmt: skip


def _gap(dispute: Dispute, ticket: Ticket) -> list[dict[str, Any]]:
    """What the claim has and lacks, with why it matters, in the reader's language."""
    zh = (_language() or "").startswith("zh")
    # The story is kept as the first message, not among the answers.
    told = {"story": True} if ticket.messages.filter(direction="in").exists() else {}
    found = evidence.gap(
        dispute.reason_row, answers={**dispute.answers, **told},
        given={file.purpose for file in ticket.attachments.all()},
        network=ticket.account.network if ticket.account else "", filing_by=None,
        switched_on=settings.NETWORK_CODES_SWITCHED_ON,
    )  # fmt: skip
    return [
        {"status": one.status, "name": one.zh if zh else one.en, "by": one.by,
         "why": (one.why_zh if zh else one.why_en) if one.status == evidence.MISSING else ""}
        for one in found.items
        if not (one.kind == "answer" and one.status == evidence.GIVEN)
    ]  # fmt: skip


def _language() -> str | None:
    from django.utils.translation import get_language

    return get_language()


def _findings(dispute: Dispute, items: list[Any], ticket: Ticket) -> list[dict[str, Any]]:
    shops = {item.transaction.external_ref: item.transaction.merchant_name for item in items}
    files = {file.ref: file.name for file in ticket.attachments.all()}
    return [
        {"row": one, "made_by": one.made_by,
         "exhibit": shops.get(one.exhibit_ref) or files.get(one.exhibit_ref) or one.exhibit_ref}
        for one in dispute.findings.all()
    ]  # fmt: skip


def _decision(decision: Any, grounds: list[Ground]) -> dict[str, Any]:
    by_item: dict[int, list[str]] = defaultdict(list)
    for ground in grounds:
        if ground.decision_id == decision.pk:
            why = reasons.DENIAL_REASONS[ground.code].label()
            by_item[ground.item.number].append(f"{why} ({ground.finding.number})")
    return {
        "row": decision, "outcome": dict(OUTCOMES).get(decision.outcome, ""),
        "tone": _OUTCOME_TONES.get(decision.outcome, "good"), "grounds": dict(by_item),
        "decided_by": decision.decided_by, "approved_by": decision.approved_by,
    }  # fmt: skip


def _proposal(ticket: Ticket, dispute: Dispute) -> list[tuple[str, str]]:
    """What exactly waits for a second person: they approve this and nothing else."""
    for row in ticket.approvals.all():
        if row.state == Approval.State.PROPOSED:
            if row.verb == "grant_credit":
                amount = Money(row.inputs["minor"], ticket.currency)
                return [(_("Transaction"), str(row.inputs["item"])), (_("Amount"), str(amount))]
            return _proposed_answer(Answer.read(row.inputs), dispute, ticket.currency)
    return []


def _proposed_answer(answer: Answer, dispute: Dispute, currency: str) -> list[tuple[str, str]]:
    from disputes.models.decision import Basis

    outcomes = {code: str(label) for code, label in OUTCOMES}
    pairs = [(_("Billing error"), str(Basis(answer.basis).label))]
    for one in answer.verdicts:
        granted = Money(one.granted_minor, currency)
        pairs.append((_("Transaction %d") % one.item, f"{outcomes[one.outcome]} · {granted}"))
    if answer.explanation:
        pairs.append((_("Explanation"), answer.explanation))
    return pairs


ROOM = Room(
    build=build, topic=reasons.label, topics=reasons.choices, badges=badges, related=("dispute",)
)
