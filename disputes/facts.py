"""What the law is told about a claim: plain facts, dated where the cardholder lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from accounts.models import CardAccount, Cardholder, CardTransaction
from disputes import network_codes, reasons
from disputes.models import Chargeback, Dispute
from disputes.reasons import Reason
from law.deadlines import Facts

# Answers that move a network's clock, by the name under which the law knows them.
_DATED_ANSWERS = {
    "expected_by": "expected_on",
    "received_on": "received_goods_on",
    "returned_on": "returned_on",
    "credit_expected_on": "credit_promised_on",
}


def of_notice(
    *,
    cardholder: Cardholder,
    reason: Reason,
    received_at: datetime,
    transmitted_on: date | None,
    closings: Iterable[date],
    amount_minor: int,
    answers: Mapping[str, Any],
) -> Facts:
    """Facts that start the law's own clocks: the notice, the statement, the billing cycles."""
    local = received_at.astimezone(cardholder.zone).date()
    values: dict[str, Any] = {
        "notice_received": local,
        "received": local,
        "objection_received": local,
        "dispute_received": local,
        "case_received": local,
        "cycle_closings": tuple(closings),
        "reason": reason.code,
        "regz_kinds": reason.regz_kinds,
        "subtype": reasons.subtype(reason, answers),
        "against_issuer": reason.against_issuer,
        "amount_minor": amount_minor,
    }
    if transmitted_on is not None:
        values["statement_transmitted"] = transmitted_on
    return Facts(cardholder.jurisdiction, "dispute", values)


def of_filing(
    transaction: CardTransaction,
    account: CardAccount,
    code: str,
    reason: Reason,
    answers: Mapping[str, Any],
) -> Facts:
    """Facts that start a network's waiting and filing clocks for one transaction."""
    values: dict[str, Any] = {
        "network": account.network,
        "network_code": code,
        "reason": reason.code,
        "processing_on": transaction.processing_on or transaction.posted_on,
        "mcc": transaction.mcc,
    }
    if transaction.transacted_on:
        values["transaction_on"] = transaction.transacted_on
    for field, name in _DATED_ANSWERS.items():
        if answers.get(field):
            values[name] = date.fromisoformat(answers[field])
    return Facts(account.cardholder.jurisdiction, "dispute", values)


def of_stage(leg: Chargeback) -> Facts:
    """Facts that start the clock of the stage that a leg of recovery is in."""
    values: dict[str, Any] = {"network": leg.network, "network_code": leg.code}
    for name in (
        "submitted_on",
        "represented_on",
        "pre_arbitration_on",
        "pre_arbitration_answered_on",
    ):
        if getattr(leg, name):
            values[name] = getattr(leg, name)
    return Facts(leg.ticket.jurisdiction, "dispute", values)


def of_answer(dispute: Dispute, *, sent_on: date, grace_days: int) -> Facts:
    """Facts that start the cardholder's time to pay or to object, once the answer has left."""
    values = {
        "notice_received": dispute.notice_on,
        "decided_notice_sent": sent_on,
        "grace_days": grace_days,
        "regz_kinds": dispute.reason_row.regz_kinds,
    }
    return Facts(dispute.ticket.jurisdiction, "dispute", values)


def likeliest_code(reason: Reason, network: str) -> str:
    """The network code that a reason becomes first, or empty: nobody has chosen yet."""
    found = network_codes.codes_for(reason, network, switched_on=settings.NETWORK_CODES_SWITCHED_ON)
    return found[0].code if found else ""
