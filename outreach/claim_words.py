"""What a letter about a dispute may say: the claim in words of its reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from disputes import reasons
from disputes.models import Dispute, DisputeItem
from disputes.models.dispute import RESOLVED, RESOLVING, WITHDRAWN
from disputes.outcomes import Hold
from disputes.services import decisions
from outreach import exhibits, wording
from outreach.models import Notice
from outreach.reader import Reader
from tickets.models import Deadline, Message

Words = dict[str, Any]


def of(notice: Notice, reader: Reader, *, at: datetime) -> Words:
    """What the template of a dispute's letter may use, besides the words of every case.

    ``at`` is the instant at which the letter leaves: days that count from it are computed here.
    """
    dispute: Dispute = notice.ticket.dispute
    items = list(dispute.items.select_related("transaction").order_by("number"))
    return {
        **_case(notice, dispute, reader),
        **_of_event(notice, dispute, items, reader),
        **_of_items(dispute, items, reader),
        **_of_answer(dispute, items, reader, at),
    }


def _case(notice: Notice, dispute: Dispute, reader: Reader) -> Words:
    ticket = notice.ticket
    return {
        # Billing cycles and the time to pay are the law of credit, not of debit cards.
        "regulation_z": ticket.jurisdiction == "us" and dispute.account.kind == "credit",
        "reason": reasons.label(dispute.reason, reader.language),
        "late": dispute.late,
        "answer_by": reader.day(_answer_by(ticket.pk)),
        "decided": dispute.state in {RESOLVING, RESOLVED, WITHDRAWN},
        "hold": dispute.hold,
        "hold_until": reader.day(
            dispute.hold_until if dispute.hold == Hold.PAYMENT_WINDOW else None
        ),
    }


def _answer_by(ticket_id: int) -> date | None:
    """The first day by which the answer is due: by law where it says one, else by our target."""
    running = Deadline.objects.filter(
        ticket_id=ticket_id, state=Deadline.State.RUNNING, nature="deadline", due_on__isnull=False
    )
    # The word that a rule names first is the one that it is about; an answer also ends others.
    days = [
        (row.severity == Deadline.Severity.INTERNAL, row.due_on)
        for row in running
        if row.ends[:1] == ["dispute.resolve"]
    ]
    return min(days, default=(False, None))[1]


def _of_event(
    notice: Notice, dispute: Dispute, items: Iterable[DisputeItem], reader: Reader
) -> Words:
    """What this one event was about: amounts as they were then, not as they are now."""
    event = notice.event
    facts = event.facts
    named = [row for row in items if row.number == facts.get("item")]
    cause = reasons.WITHDRAWAL_CAUSES.get(facts.get("cause", ""))
    return {
        "on": reader.day(event.at),
        "amount": reader.money(facts.get("minor") or 0, facts.get("currency", "")),
        "item": _item(named[0], reader) if named else None,
        "take_back_on": reader.day(_day(facts.get("on"))),
        "until": reader.day(_instant(facts.get("until"))),
        "final_on": reader.day(_instant(facts.get("final_at"))),
        "cause": cause.label(reader.language) if cause else "",
        "evidence": [_evidence(code, reader) for code in facts.get("evidence", [])]
        if event.name == "dispute.ask_cardholder" else [],
        "words": _asked(notice) if event.name == "dispute.ask_cardholder" else [],
    }  # fmt: skip


def _evidence(code: str, reader: Reader) -> Words:
    row = reasons.EVIDENCE[code]
    why = row.why_zh if wording.chinese(reader.language) else row.why_en
    return {"label": row.label(reader.language), "why": why}


def _asked(notice: Notice) -> list[str]:
    """What our colleague wrote beside the request: the message of the same instant."""
    message = Message.objects.filter(
        ticket_id=notice.ticket_id, direction=Message.Direction.OUT, at=notice.event.at
    ).last()
    return wording.lines(message.body) if message else []


def _of_items(dispute: Dispute, items: list[DisputeItem], reader: Reader) -> Words:
    currency = dispute.ticket.currency
    returning = [row for row in items if row.reverse_on and row.lent_minor]
    return {
        "items": [_item(row, reader) for row in items],
        "several": len(items) > 1,
        "lent": reader.money(sum(row.lent_minor for row in items), currency),
        "denied": reader.money(sum(row.denied_minor for row in items), currency),
        "credited": any(row.credited_minor for row in items),
        "recovering": any(row.open_minor for row in items),
        "take_back": [
            {"on": reader.day(row.reverse_on), "amount": reader.money(row.lent_minor, currency)}
            for row in returning
        ],
    }


def _item(row: DisputeItem, reader: Reader) -> Words:
    charge = row.transaction
    return {
        "number": row.number,
        "merchant": charge.merchant_name or charge.description,
        "transaction": charge.external_ref,
        "on": reader.day(charge.transacted_on or charge.posted_on),
        "charged": wording.money(charge.amount, reader.language),
        "disputed": wording.money(row.disputed, reader.language),
        "whole": row.disputed_minor == charge.amount_minor,
        "outcome": row.outcome,
        "credited": reader.money(row.credited_minor, row.currency),
        "merchant_paid": reader.money(row.merchant_minor, row.currency),
        "charges": reader.money(row.charges_minor, row.currency),
        "denied": reader.money(row.denied_minor, row.currency),
        "lent": reader.money(row.lent_minor, row.currency),
    }


def _of_answer(
    dispute: Dispute, items: Iterable[DisputeItem], reader: Reader, at: datetime
) -> Words:
    """The decision of this round, where there is one: why, on what, and the days it starts."""
    decision = dispute.decisions.filter(round=dispute.round, stopped=False).first()
    told = dispute.told_at or (dispute.decided_at if dispute.state == WITHDRAWN else None) or at
    owes = any(row.denied_minor for row in items)
    grounds = list(decision.grounds.select_related("finding", "item")) if decision else []
    return {
        "outcome": dispute.outcome,
        "was_lent": dispute.ticket.events.filter(name="dispute.grant_credit").exists(),
        "policy": bool(dispute.policy_rule),
        "basis": decision.basis if decision else "",
        "explanation": wording.lines(decision.explanation) if decision else [],
        **exhibits.of(dispute, grounds, reader),
        "pay_by": reader.day(decisions.pay_by(dispute, told)) if owes and decision else "",
        "object_by": reader.day(told + timedelta(days=settings.REOPEN_WITHIN_DAYS)),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
