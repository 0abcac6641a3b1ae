"""What a verb has just done, told to the law: dates that it ends, and dates that it starts.

The words that end a date are those of ``law.rule.Rule.ends``; the facts that start one are named
as the rules name them. A jurisdiction whose rules know neither costs nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from disputes import reasons
from disputes.models import Dispute, DisputeItem
from disputes.models.item import Credit
from disputes.services import stage_clocks
from law.deadlines import Facts
from law.registry import applying
from tickets import deadlines

# Lending the disputed amount is the refund that some laws ask for and the credit of others.
CREDITED = ("account.credited", "account.refunded")


def lent(dispute: Dispute, row: DisputeItem, *, at: datetime) -> None:
    """An item's amount was lent; the duty to credit is met when no item waits any more."""
    waiting = dispute.items.filter(live=True, credit=Credit.NONE).exclude(pk=row.pk)
    if not waiting.exists():
        deadlines.meet(dispute.ticket_id, CREDITED, at=at)
    _begin(dispute, f"item {row.number} credit", at, "provisional_credit_on")


def decided(dispute: Dispute, *, at: datetime, granted: bool) -> None:
    """The claim is decided and its money posted; the letter has yet to leave."""
    days = ["investigation_completed_on", *(["error_determined_on"] if granted else [])]
    _begin(dispute, f"round {dispute.round} told", at, *days)
    deadlines.meet(dispute.ticket_id, ["dispute.determine", "account.corrected"], at=at)
    if granted:
        deadlines.meet(dispute.ticket_id, CREDITED, at=at)


def letter_told(dispute: Dispute, verb: str, *, at: datetime) -> None:
    """A letter about ``verb`` has left: the cardholder has heard how the case stands."""
    if verb == "announce_reversal":
        _begin(dispute, f"reversal {_local(dispute, at)}", at, "debit_notified_on")
    if deadlines.meet(dispute.ticket_id, ["dispute.tell_progress"], at=at):
        _begin(dispute, f"news {_local(dispute, at)}", at, "last_update_sent")


def _begin(dispute: Dispute, subject: str, at: datetime, *names: str) -> None:
    """Start what the rules count from ``names``, all dated today where the cardholder lives."""
    ticket = dispute.ticket
    only = {
        rule.id
        for rule in applying(ticket.jurisdiction, "dispute")
        if {rule.starts, *rule.or_starts} & set(names)
    }
    if not only:
        return
    values: dict[str, Any] = {
        "account_kind": dispute.account.kind,
        "region": ticket.cardholder.region or None,
        "subtype": reasons.subtype(dispute.reason_row, dispute.answers),
        **dict.fromkeys(names, _local(dispute, at)),
    }
    known = Facts(ticket.jurisdiction, "dispute", values, ticket.cardholder.time_zone)
    deadlines.assess(
        ticket, known, time_zone=ticket.cardholder.time_zone, subject=subject, only=only
    )


def _local(dispute: Dispute, at: datetime) -> date:
    return stage_clocks.local_day(dispute, at)
