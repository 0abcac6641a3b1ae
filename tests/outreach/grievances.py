"""Walks that lead to each letter about a complaint, by the buttons that lead there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from complaints import services
from complaints.models import Complaint
from kernel import actors
from outreach import services as outreach
from outreach.models import Notice
from tests import make

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # noon in New York, past midnight in Shanghai


class Grievance:
    """A complaint on its way; ``row`` is it as it is now."""

    def __init__(self, language: str, place: str = "", at: datetime = NOON, **fields) -> None:
        place = place or {"en": "gb", "zh-hans": "cn"}[language]
        name = {"en": "Ada Lovelace", "zh-hans": "王小明"}[language]
        holder = make.cardholder(
            name=name, language=language, jurisdiction=place, email="ada@mail.example"
        )
        account = make.account(holder, last_four="4242")
        self.clerk, self.lead, self.at = make.clerk("customer_service"), make.clerk("lead"), at
        fields = {"category": "collect_hours", **fields}
        self.pk = make.complained(of=account, at=at, **fields).pk

    @property
    def row(self) -> Complaint:
        return Complaint.objects.select_related("ticket__cardholder").get(pk=self.pk)

    @property
    def cardholder(self) -> actors.Actor:
        return actors.cardholder(self.row.ticket.cardholder)

    def press(self, verb: str, by: actors.Actor | None = None, **inputs: object) -> Grievance:
        getattr(services, verb)(self.row, actor=by or self.clerk, at=self.at, **inputs)
        return self

    def later(self, days: int) -> Grievance:
        self.at += timedelta(days=days)
        return self

    def draft(self, **fields) -> services.Draft:
        paid = fields.get("redress", [("x", 1)])[0][1]
        day = {"refund_on": (self.at + timedelta(days=5)).date() if paid else None}
        return make.drafted(self.row, **{**day, **fields})

    def answer(self, **fields) -> Grievance:
        self.press("investigate").press("draft_decision", draft=self.draft(**fields))
        return self.press("respond", self.lead)

    def letter(self) -> Notice:
        """The last letter, once everything has left."""
        outreach.deliver(self.at)
        return Notice.objects.filter(ticket=self.row.ticket).order_by("id").last()


def _partly(case: Grievance) -> Grievance:
    points = [("A call at midnight", "upheld"), ("The agency", "not_upheld")]
    return case.answer(points=points, redress=[("refund_fee", 1_250), ("goodwill", 750)])


def _refuse(case: Grievance) -> Grievance:
    return case.answer(points=[("A call at midnight", "not_upheld")], redress=[("explanation", 0)])


def _extend(case: Grievance) -> Grievance:
    case.press("investigate").later(3)
    return case.press(
        "extend", because="The agency has not sent the recording yet.",
        expected_on=date(2026, 3, 20),
    )  # fmt: skip


def _review(case: Grievance) -> Grievance:
    case.answer().letter()
    return case.later(2).press("request_review", case.cardholder, because="You are wrong.")


def _settle(case: Grievance) -> Grievance:
    return case.press("summary_resolve", draft=case.draft(), accepted="That is fine.")


WALKS: dict[str, Callable[[Grievance], Grievance]] = {
    "complaint_receive": lambda case: case,
    "complaint_acknowledge": lambda case: case.press("acknowledge"),
    "complaint_extend": _extend,
    "complaint_respond_upheld": lambda case: case.answer(),
    "complaint_respond_partly_upheld": _partly,
    "complaint_respond_not_upheld": _refuse,
    "complaint_summary_resolve": _settle,
    "complaint_request_review": _review,
    "complaint_decide_review": lambda case: _review(case).press(
        "decide_review", make.clerk("lead"), draft=case.draft(redress=[("none", 0)])
    ),
    "complaint_withdraw": lambda case: case.press("withdraw", case.cardholder),
    "complaint_reopen": lambda case: (
        case.press("withdraw", case.cardholder).later(2).press(
            "reopen", case.cardholder, because="They called again."
        )
    ),
}  # fmt: skip
# Letters that need another place than the language's own, and what is asked there.
PLACE = {
    ("complaint_summary_resolve", "zh-hans"): {"place": "gb"},
    ("complaint_extend", "en"): {"place": "gb", "payment_services": True},
}
