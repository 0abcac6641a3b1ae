"""What the law is told about a complaint: plain facts, dated where the cardholder lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.models import CardAccount, Cardholder
from complaints.models import Complaint, Extension
from complaints.steps import EXTENSIONS, STEPS
from law.deadlines import Facts

CENTRAL_BANK = "pboc"
# The US bureau's portal: its clocks count from the day on which it sent the complaint.
PORTAL = "cfpb"


@dataclass(frozen=True)
class Grounds:
    """What starts a complaint's clocks before there is a row: whose, since when, of what kind."""

    cardholder: Cardholder
    account: CardAccount | None
    received_on: date
    source: str
    received_at: datetime | None = None
    body: str = ""
    payment_services: bool | None = None
    hardship: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


def of_grounds(told: Grounds) -> Facts:
    """The facts with which a complaint begins."""
    holder = told.cardholder
    values: dict[str, Any] = {
        "received": told.received_on,
        "source": "pboc_transfer" if told.body == CENTRAL_BANK else told.source,
        "hardship": told.hardship,
        "account_kind": told.account.kind if told.account else None,
        "region": holder.region or None,
        "received_at": told.received_at,
        "payment_services": told.payment_services,
        **told.more,
    }
    if told.body == CENTRAL_BANK:
        values.setdefault("pbc_received", told.received_on)
    if told.body == PORTAL:
        values.setdefault("portal_sent_on", told.received_on)
    if told.body:
        values.setdefault(f"{told.body}_received", told.received_on)
    known = {name: value for name, value in values.items() if value is not None}
    return Facts(holder.jurisdiction, "complaint", known, holder.time_zone)


def of_complaint(
    complaint: Complaint, *, told: Extension | None = None, more: Mapping[str, Any] | None = None
) -> Facts:
    """The facts of this round as they stand.

    ``told`` is an extension as if told already, ``more`` are facts that are about to be.
    """
    ticket = complaint.ticket
    first, *later = complaint.arrivals.order_by("number")
    one = complaint.round == 1
    known: dict[str, Any] = {
        **_of_arrivals(complaint, later),
        **_of_extensions(complaint, told),
        **_of_answers(complaint),
        **(more or {}),
    }
    return of_grounds(
        Grounds(
            ticket.cardholder,
            ticket.account,
            complaint.counted_from,
            first.source,
            received_at=ticket.received_at if one else None,
            body=first.body if one else "",
            payment_services=complaint.payment_services,
            hardship=complaint.hardship,
            more=known,
        )
    )


def _of_arrivals(complaint: Complaint, later: Iterable[Any]) -> dict[str, Any]:
    """The same matter again joins; a body that passed it on has a clock of its own."""
    zone = complaint.ticket.cardholder.zone
    came = [(row.body, row.received_at.astimezone(zone).date()) for row in later]
    # What came before this round was answered in its own.
    days = [(body, day) for body, day in came if day >= complaint.counted_from]
    found: dict[str, Any] = {}
    for body, day in days:
        if body:
            found.setdefault(f"{body}_received", day)
        if body == CENTRAL_BANK:
            found.setdefault("pbc_received", day)
        if body == PORTAL:
            found.setdefault("portal_sent_on", day)
    if days:
        found["repeats"] = [{"received": day, "new_facts": False} for _body, day in days]
    return found


def _of_extensions(complaint: Complaint, told: Extension | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    records = []
    rows = list(complaint.extensions.filter(round=complaint.round, told_on__isnull=False))
    for row in [*rows, *([told] if told else [])]:
        step = STEPS[row.rule]
        if step.fact != EXTENSIONS:
            found[step.fact] = row.told_on
            continue
        record = {"decided": row.told_on, "to": step.days, "regime": step.regime}
        record |= {"complainant_informed": True}
        records.append(record | ({step.approved: True} if step.approved else {}))
    return found | ({"extensions": records} if records else {})


def _of_answers(complaint: Complaint) -> dict[str, Any]:
    """What the answers of this round start: windows to go on, and the review's own time."""
    zone = complaint.ticket.cardholder.zone
    found: dict[str, Any] = {}
    for row in complaint.decisions.filter(round=complaint.round, state="sent").order_by("id"):
        if row.told_at is None:
            continue
        day = row.told_at.astimezone(zone).date()
        found |= of_answer(day, summary=row.kind == "summary")
    review = complaint.reviews.filter(round=complaint.round).first()
    if review is not None:
        found["review_requested"] = review.asked_on
    return found


def of_answer(sent_on: date, *, summary: bool = False) -> dict[str, Any]:
    """The facts that an answer gives which leaves on ``sent_on``.

    The day of receipt counts as the same: for a letter by post that is early, so nothing is
    refused by it (``services.reviewing``).
    """
    if summary:
        return {
            "summary_resolution_sent": sent_on,
            "resolved_by_third_day": True,
            "reply_received": sent_on,
        }
    return {
        "final_response_sent": sent_on,
        "decision_sent": sent_on,
        "decision_received": sent_on,
        "reply_received": sent_on,
    }
