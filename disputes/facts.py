"""What the law is told about a claim: plain facts, dated where the cardholder lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from accounts import services as facts_in
from accounts.cycles import Bill
from accounts.models import CardAccount, CardTransaction
from disputes import network_codes, reasons
from disputes.models import Chargeback, Dispute
from disputes.reasons import Reason
from law.deadlines import Facts

CASH_MACHINES = {"6010", "6011"}  # merchant categories: cash by hand, cash by machine
# ISO 3166 codes of the member states of the European Union.
MEMBER_STATES = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip

# Answers that move a network's clock, by the name under which the law knows them.
_DATED_ANSWERS = {
    "expected_by": "expected_on",
    "received_on": "received_goods_on",
    "returned_on": "returned_on",
    "credit_expected_on": "credit_promised_on",
}


@dataclass(frozen=True)
class Assertion:
    """What a notice asserts: why, since when we know, of how much, by which door it came."""

    reason: Reason
    answers: Mapping[str, Any]
    received_at: datetime
    amount_minor: int
    source: str


def of_notice(
    account: CardAccount,
    told: Assertion,
    rows: Sequence[CardTransaction],
    billed: Sequence[Bill],
) -> Facts:
    """Facts that start the law's own clocks: the notice, the statement, the billing cycles.

    ``rows`` are the disputed transactions; where several have dates of their own the earliest
    counts, so that no window is told longer than it is for one of them.
    """
    cardholder, reason = account.cardholder, told.reason
    local = told.received_at.astimezone(cardholder.zone).date()
    shown = facts_in.bill_showing(rows[0], billed) if rows else None
    values: dict[str, Any] = {
        "notice_received": local,
        "received": local,
        "objection_received": local,
        "dispute_received": local,
        "case_received": local,
        "cycle_closings": facts_in.cycle_closings(account, billed, around=local),
        "reason": reason.code,
        "regz_kinds": reason.regz_kinds,
        "subtype": reasons.subtype(reason, told.answers),
        "against_issuer": reason.against_issuer,
        "amount_minor": told.amount_minor,
        "source": told.source,
        **_of_account(account),
        **_of_charges(rows, cardholder.jurisdiction),
    }
    if shown is not None and shown.transmitted_on is not None:
        values["statement_transmitted"] = shown.transmitted_on
    return Facts(cardholder.jurisdiction, "dispute", values, cardholder.time_zone)


def of_claim(
    account: CardAccount,
    told: Assertion,
    rows: Sequence[CardTransaction],
    billed: Sequence[Bill],
) -> list[tuple[str, Facts]]:
    """All facts with which a claim begins, by what they are about: the case, then each item."""
    found = [("", of_notice(account, told, rows, billed))]
    code = likeliest_code(told.reason, account.network)
    if code:
        found += [
            (filing_subject(number), of_filing(row, account, code, told.reason, told.answers))
            for number, row in enumerate(rows, start=1)
        ]
    return found


def of_dispute(dispute: Dispute) -> list[tuple[str, Facts]]:
    """The facts of a claim as they are known now, with which its clocks would begin today."""
    items = list(dispute.items.select_related("transaction").order_by("number"))
    ticket = dispute.ticket
    told = Assertion(
        dispute.reason_row, dispute.answers, ticket.received_at, ticket.amount_minor, ticket.source
    )
    account = dispute.account
    account.cardholder = ticket.cardholder
    return of_claim(account, told, [row.transaction for row in items], facts_in.bills(account))


def filing_subject(number: int) -> str:
    """What a network's filing clock is about, before a code is chosen."""
    return f"item {number}"


def _of_account(account: CardAccount) -> dict[str, Any]:
    found: dict[str, Any] = {"account_kind": account.kind}
    if account.cardholder.region:
        found["region"] = account.cardholder.region
    if account.opened_on:
        found["account_opened_on"] = account.opened_on
    return found


def _of_charges(rows: Sequence[CardTransaction], jurisdiction: str) -> dict[str, Any]:
    """Dates and places of the disputed charges, as far as the issuer's systems know them."""
    if not rows:
        return {}
    found: dict[str, Any] = {"posted_on": min(row.posted_on for row in rows)}
    made = [row.transacted_on for row in rows if row.transacted_on]
    if made:
        found["transaction_on"] = min(made)
    abroad = [row.country for row in rows if row.country and not _within(row.country, jurisdiction)]
    return found | {
        "foreign": bool(abroad),
        "cross_border": bool(abroad),
        "pos": all(row.mcc not in CASH_MACHINES for row in rows),
    }


def _within(country: str, jurisdiction: str) -> bool:
    return country.lower() == jurisdiction or (jurisdiction == "eu" and country in MEMBER_STATES)


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
        "account_kind": dispute.account.kind,
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
