"""Complaints of each place on one Monday, and the dates that the law gives them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from complaints import services
from complaints.models import Complaint
from tests import make
from tickets.models import Deadline

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


def of(place: str, state: str = "received", at: datetime = NOON, **fields) -> Complaint:
    """A complaint in ``state`` of somebody who lives in ``place``."""
    account = make.account(make.cardholder(jurisdiction=place))
    return make.complaint(state, of=account, at=at, **fields)


def dates(case: Complaint, state: str = "running") -> dict[str, date]:
    """Dates of the answer by rule: what binds us and is no target of our own."""
    rows = Deadline.objects.filter(ticket=case.ticket, state=state, nature="deadline")
    rows = rows.filter(binds="issuer").exclude(severity="internal").exclude(key="acknowledge")
    return {row.rule: row.due_on for row in rows}


def extend(case: Complaint, at: datetime, day: date, **fields) -> Complaint:
    """Take more time until ``day``; a lead does, unless ``who`` says otherwise."""
    who = fields.pop("who", None) or make.clerk("lead")
    return services.extend(
        case, actor=who, at=at, because="The recording is with the agency.", expected_on=day,
        **fields,
    )  # fmt: skip
