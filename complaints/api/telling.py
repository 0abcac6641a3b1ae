"""A complaint as its cardholder sees it: status, answer, what happens next, what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from complaints import taxonomy
from complaints.models import Complaint, Decision
from complaints.models.complaint import (
    ACKNOWLEDGED,
    OPEN,
    RECEIVED,
    REFERRED,
    RESPONDED,
    RESPONDING,
    UNDER_REVIEW,
)
from complaints.outcomes import OUTCOMES, WITHDRAWN
from tickets.api import cases
from tickets.api.cases import Told, Viewing
from tickets.models import Ticket
from tickets.models.ticket import CLOSED

_OUTCOMES = dict(OUTCOMES)
_STATUSES = {
    RESPONDING: cases.FINISHING,
    REFERRED: cases.WITH_OMBUDSMAN,
    RESPONDED: cases.DECIDED,
    WITHDRAWN: cases.DECIDED,
}
# The answer of the round has left, or it has ended without one.
_TOLD = {RESPONDED, UNDER_REVIEW, REFERRED, WITHDRAWN}


class ComplaintTeller:
    """Tells complaints; see ``tickets.api.cases``."""

    related: tuple[str, ...] = ("complaint",)

    def load(self, tickets: Sequence[Ticket], viewing: Viewing) -> None:
        """Fetch the answers of all cases that have left."""
        found: dict[int, list[Decision]] = {row.complaint.pk: [] for row in tickets}
        answers = Decision.objects.filter(complaint__in=found, told_at__isnull=False)
        for one in () if viewing.fresh else answers.order_by("id"):
            found[one.complaint_id].append(one)
        for row in tickets:
            row.complaint.known_answers = found[row.complaint.pk]

    def tell(self, ticket: Ticket, dates: list[Told], viewing: Viewing) -> Told:
        """Tell the complaint's part of a case."""
        row = ticket.complaint
        answers = row.known_answers or []
        outcome = row.outcome if row.state in _TOLD else ""
        offered = actions(ticket, row, answers, at=viewing.at)
        told = {
            "status": status_of(ticket, row),
            "category": row.category,
            "category_label": label(row.category),
            "round": row.round,
            "outcome": outcome,
            "outcome_label": str(_OUTCOMES[outcome]) if outcome else "",
            "redress": _redress(answers) if answers else None,
            "next_step": _next_step(row, dates),
            "actions": offered,
        }
        dates += _own_dates(row, offered, viewing)
        return told


def label(category: str) -> str:
    """The category in the reader's language."""
    found = taxonomy.CATEGORIES.get(category)
    return found.label() if found else ""


def status_of(ticket: Ticket, row: Complaint) -> str:
    """The public status: the complaint's where it says more than the envelope."""
    if ticket.state == CLOSED:
        return cases.SHUT
    if row.state in _STATUSES:
        return _STATUSES[row.state]
    status = cases.status_of(ticket)
    fresh = row.state in {RECEIVED, ACKNOWLEDGED}
    return cases.RECEIVED if fresh and status == cases.IN_REVIEW else status


def actions(
    ticket: Ticket, row: Complaint, answers: Sequence[Decision], *, at: datetime
) -> list[str]:
    """The verbs that the cardholder may press now."""
    found = ["add_message", "add_attachment"] if ticket.state != CLOSED else []
    if row.state in OPEN:
        found.append("withdraw")
    until = objection_ends_at(row)
    in_time = bool(until and at <= until)
    reviewed = any(one.kind == "review" and one.round == row.round for one in answers)
    if row.state == RESPONDED and in_time and not reviewed:
        found.append("request_review")
    if row.state in {RESPONDED, WITHDRAWN} and in_time:
        found.append("reopen")
    return found


def objection_ends_at(row: Complaint) -> datetime | None:
    """The instant after which the cardholder alone can no longer object."""
    ended = row.told_at or row.decided_at
    return ended + timedelta(days=settings.REOPEN_WITHIN_DAYS) if ended else None


def _redress(answers: Sequence[Decision]) -> Told:
    paid = [one for one in answers if one.refunded]
    days = [one.refund_on for one in paid if one.refund_on]
    return {
        "refunded": bool(paid),
        "amount": sum(one.amount_minor for one in paid),
        "currency": paid[-1].currency if paid else "",
        "by": max(days).isoformat() if days else None,
    }


def _own_dates(row: Complaint, offered: list[str], viewing: Viewing) -> list[Told]:
    until = objection_ends_at(row)
    if until is None or "reopen" not in offered:
        return []
    last = viewing.last_day(until)
    return [cases.own_date("object_by", _("Last day to object"), last, viewing, due_at=until)]


def _next_step(row: Complaint, dates: list[Told]) -> Told:
    if row.state == RESPONDING:
        text = _("It is decided. Our answer is on its way to you.")
        return _step("us", "send_answer", None, text)
    if row.state == REFERRED:
        text = _("An outside body looks at it. It will write to you.")
        return _step("nobody", "none", None, text)
    if row.state in _TOLD - {UNDER_REVIEW}:
        return _step("nobody", "none", None, _("There is nothing left to do."))
    ours = [one for one in dates if one["for"] == "us" and not one["met"]]
    if not ours:
        return _step("us", "review", None, _("We look into it. You need do nothing."))
    nearest = min(ours, key=lambda one: str(one["date"]))
    by = date.fromisoformat(nearest["date"])
    text = _("We look into it and write to you by %(by)s at the latest.")
    if nearest["days_left"] < 0:
        text = _("We should have written to you by %(by)s, and are late. You need do nothing.")
    return _step("us", str(nearest["code"]), by, text % {"by": date_format(by, "DATE_FORMAT")})


def _step(who: str, action: str, by: date | None, text: str) -> Told:
    return {"who": who, "action": action, "by": by.isoformat() if by else None, "text": text}


cases.register("complaint", ComplaintTeller())
