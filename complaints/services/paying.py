"""Posting redress: each line once, keyed by the answer or the ruling that caused it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from complaints.models import Complaint, Redress
from kernel.money import Money
from ledger import accounts as names
from ledger import services as ledger

# What we took wrongly goes back from corrections; everything else is a loss of ours.
_OWN_ERROR = {"refund_charge", "refund_fee", "refund_interest", "fx_difference"}


def post(complaint: Complaint, lines: Iterable[Redress], *, at: datetime) -> None:
    """Pay every line that is money; what a person does (an apology) is only dated."""
    ticket = complaint.ticket
    for line in lines:
        if line.posted_at is not None:
            continue
        line.posted_at = at
        if line.amount_minor and ticket.account is not None:
            line.key = _key(ticket.reference, line)
            ledger.post(
                key=line.key,
                case=ticket.reference,
                debit=names.CORRECTIONS if line.kind in _OWN_ERROR else names.LOSS,
                credit=names.cardholder(ticket.account.external_ref),
                amount=Money(line.amount_minor, line.currency),
                at=at,
            )
        line.save(update_fields=["posted_at", "key"])


def _key(reference: str, line: Redress) -> str:
    if line.decision_id:
        return f"{reference}:decision {line.decision_id}:{line.number}"
    return f"{reference}:ruling {line.referral_id}:{line.number}"
