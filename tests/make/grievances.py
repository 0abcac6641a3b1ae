"""Complaints about how the issuer behaved, and the letters that leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Cardholder
from complaints import remedies
from complaints import services as complaints
from complaints.models import Complaint
from complaints.services import Draft, Grievance, Ruling
from kernel import actors
from tests.make.people import account, clerk


def grievance(**fields: Any) -> Grievance:
    """What somebody is angry about, in free text."""
    return Grievance(**{"story": "Your collector called me at midnight.", **fields})


def complained(holder: Cardholder | None = None, **fields: Any) -> Complaint:
    """A complaint as the cardholder made it a moment ago."""
    of = fields.pop("of", None) or account(holder)
    at = fields.pop("at", timezone.now())
    return complaints.receive(
        of.cardholder, grievance(**fields), actor=actors.cardholder(of.cardholder), at=at
    )


def complaint(state: str = "received", **fields: Any) -> Complaint:
    """A complaint in ``state``, led there by the buttons that lead there."""
    at, worker = fields.get("at", timezone.now()), clerk("customer_service")
    draft = fields.pop("draft", {})
    row = complained(**fields)
    if state == "received":
        return row
    if state == "withdrawn":
        return complaints.withdraw(row, actor=actors.cardholder(row.ticket.cardholder), at=at)
    row = complaints.acknowledge(row, actor=worker, at=at)
    if state == "acknowledged":
        return row
    row = complaints.investigate(row, actor=worker, at=at)
    if state == "investigating":
        return row
    row = complaints.draft_decision(row, actor=worker, at=at, draft=drafted(row, **draft))
    if state == "drafted":
        return row
    row = complaints.respond(row, actor=clerk("lead"), at=at)
    if state == "responding":
        return row
    return _after_the_answer(complaints.letter_left(row, at=at), state, at)


def _after_the_answer(row: Complaint, state: str, at: Any) -> Complaint:
    if state == "under_review":
        who = actors.cardholder(row.ticket.cardholder)
        return complaints.request_review(row, actor=who, at=at, because="You are wrong.")
    if state == "referred":
        return complaints.refer_out(
            row, actor=clerk("lead"), at=at, body="ombudsman", reference="OMB-7"
        )
    return row


def drafted(row: Complaint, **fields: Any) -> Draft:
    """An answer to a complaint: upheld, 25.00 for the trouble, unless ``fields`` say otherwise."""
    place, review = row.ticket.jurisdiction, row.state == "under_review"
    known = remedies.outside(place) if review else remedies.of(place)
    money = fields.get("redress", [("distress_inconvenience", 2_500), ("apology", 0)])
    paid = any(minor for _kind, minor in money)
    return Draft(
        **{
            "category": "collect_hours", "root_cause": "third_party.agency",
            "found": "The call log shows a call at 00:14.", "basis": "No call may come at night.",
            "points": [("A call at midnight", "upheld")], "refunded": paid,
            "refund_on": timezone.now().date() + timedelta(days=5) if paid else None,
            "redress": money, "remedies": known, **fields,
        }
    )  # fmt: skip


def ruling(row: Complaint, **fields: Any) -> Ruling:
    """An ombudsman's award of 40.00, made the day it was asked."""
    on = row.referrals.latest("id").referred_on
    return Ruling(
        **{"outcome": "upheld", "on": on, "reference": "R-1", "redress": [("goodwill", 4_000)],
           **fields}
    )  # fmt: skip


def letters_leave(at: Any = None) -> int:
    """Let the worker deliver everything that waits."""
    from outreach import services as outreach

    return outreach.deliver(at or timezone.now())
