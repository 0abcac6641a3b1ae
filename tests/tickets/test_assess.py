"""What starts a date a second time, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from disputes import services
from tests import make
from tickets import services as tickets

pytestmark = pytest.mark.django_db


def test_answer_starts_no_second_target_of_naming_an_owner():
    case = make.dispute("investigating")
    finance, at = make.clerk(), timezone.now()

    services.resolve(case, actor=finance, at=at, answer=make.lost(case))
    services.letter_left(case, at=at)

    rows = case.ticket.deadlines.filter(rule="POL-ACK-1WD")
    assert list(rows.values_list("subject", "state")) == [("", "met")]


def test_answer_gives_the_report_ban_an_end():
    case = make.dispute("investigating")
    finance, at = make.clerk(), timezone.now()

    services.resolve(case, actor=finance, at=at, answer=make.lost(case))
    services.letter_left(case, at=at)

    rows = case.ticket.deadlines.filter(rule="US-REGZ-13D2-NOADVERSE").order_by("subject")
    assert [row.subject for row in rows] == ["", "round 1"]
    answered_on = at.astimezone(case.ticket.cardholder.zone).date()
    assert rows[1].first_allowed_on == answered_on + timedelta(days=11)


def test_taking_a_case_in_time_meets_the_target():
    ticket = make.filed().ticket

    tickets.take(ticket, actor=make.clerk(), at=timezone.now())

    assert ticket.deadlines.get(rule="POL-ACK-1WD").state == "met"


def test_taking_a_case_too_late_is_a_breach_all_the_same():
    ticket = make.filed().ticket
    due_at = ticket.deadlines.get(rule="POL-ACK-1WD").due_at

    tickets.take(ticket, actor=make.clerk(), at=due_at + timedelta(hours=1))

    row = ticket.deadlines.get(rule="POL-ACK-1WD")
    assert (row.state, row.breached_at) == ("met", due_at)
