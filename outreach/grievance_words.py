"""What a letter about a complaint may say: the answer, its money, and what is still open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from complaints import remedies, taxonomy
from complaints.models import Complaint, Decision
from complaints.services import clocks
from outreach import wording
from outreach.models import Notice
from outreach.reader import Reader
from tickets.models import Deadline

Words = dict[str, Any]
# Redress that is ours to know and no news to the complainant.
_UNTOLD = {"none", "staff_action", "explanation"}


def of(notice: Notice, reader: Reader, *, at: datetime) -> Words:
    """What the template of a complaint's letter may use, besides the words of every case."""
    complaint: Complaint = notice.ticket.complaint
    decision = _decision(complaint, notice)
    codes = decision.remedies if decision else remedies.of(notice.ticket.jurisdiction)
    ways = clocks.ways_on(complaint, decision, at=at)
    limit, review = _limit(complaint), _limit(complaint, "complaint.decide_review")
    return {
        "on": reader.day(notice.event.at),
        "category": _label(taxonomy.CATEGORIES, complaint.category, reader),
        "answer_by": reader.day(limit.due_on if limit else None),
        "limit": limit.rule if limit else "",
        "review_by": reader.day(review.due_on if review else None),
        "outside": [
            _remedy(code, ways, reader, at) for code in codes if code not in remedies.REVIEWS
        ],
        "remedies": [_remedy(code, ways, reader, at) for code in codes],
        "given": _given(complaint, reader),
        **_of_extension(complaint, reader, at),
        **(_of_decision(decision, reader) if decision else {}),
    }


def _decision(complaint: Complaint, notice: Notice) -> Decision | None:
    """The answer that this letter tells: the one that was sent in the same instant."""
    return complaint.decisions.filter(sent_at=notice.event.at).last()


def _given(complaint: Complaint, reader: Reader) -> str:
    """What was paid before this letter, in words; nothing when it is nothing."""
    paid = complaint.redress.filter(posted_at__isnull=False, amount_minor__gt=0)
    account = complaint.ticket.account
    total = sum(paid.values_list("amount_minor", flat=True))
    return reader.money(total, account.currency) if account else ""


def _label(table: Any, code: str, reader: Reader) -> str:
    return table[code].label(reader.language) if code in table else ""


def _limit(complaint: Complaint, verb: str = "complaint.respond") -> Deadline | None:
    """The first date by which what ``verb`` tells is due, where law or our own target gives one."""
    rows = [row for row in clocks.running(complaint) if row.ends[:1] == [verb]]
    return min(rows, key=lambda row: row.due_on or date.max, default=None)


def _remedy(code: str, ways: dict[str, date], reader: Reader, at: datetime) -> str:
    row = remedies.REMEDIES[code]
    day = ways.get(row.rule)
    if code == "review":
        day = clocks.local_day(at, reader.holder) + timedelta(days=settings.REOPEN_WITHIN_DAYS)
    return row.sentence(reader.language, reader.day(day))


def _of_extension(complaint: Complaint, reader: Reader, at: datetime) -> Words:
    """The time that was taken last, and the limits of law before and after it."""
    row = complaint.extensions.filter(round=complaint.round).last()
    if row is None:
        return {}
    row.told_on = row.told_on or clocks.local_day(at, reader.holder)
    return {
        "because": wording.lines(row.because),
        "expected_on": reader.day(row.expected_on),
        "approver": row.approver,
        "latest_on": reader.day(clocks.limit_after(complaint, row)),
    }


def _of_decision(decision: Decision, reader: Reader) -> Words:
    lines = [row for row in decision.redress.order_by("number") if row.kind not in _UNTOLD]
    review = getattr(decision, "review", None)
    return {
        "outcome": decision.outcome,
        "points": [
            {"words": row.words.rstrip("."), "outcome": row.outcome}
            for row in decision.points.order_by("number")
        ],
        "found": wording.lines(decision.found),
        "basis": wording.lines(decision.basis),
        "refunded": decision.refunded,
        "amount": reader.money(decision.amount_minor, decision.currency),
        "refund_on": reader.day(decision.refund_on),
        "paid": [
            {
                "label": taxonomy.REDRESS[row.kind].label(reader.language),
                "amount": reader.money(row.amount_minor, row.currency),
            }
            for row in lines
            if row.amount_minor
        ],
        "done": [
            taxonomy.REDRESS[row.kind].label(reader.language)
            for row in lines
            if not row.amount_minor
        ],
        "changed": bool(review and review.result == "changed"),
    }
