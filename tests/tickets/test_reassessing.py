"""A changed calendar starts what waited for it; what is met stays as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tests.tickets import cases
from tickets import deadlines
from tickets.models import Deadline, Event, LoadedCalendar, Ticket

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 2, 3, tzinfo=UTC)
RULE = "POL-ENQ-3WD"


def waiting() -> Ticket:
    holder = make.cardholder(jurisdiction="cn")
    ticket = cases.enquiry(holder=holder, received_at=AT)
    LoadedCalendar.objects.create(calendar="CN", year=2027, loaded_at=AT)
    return ticket


def reassess(*options: str) -> str:
    out = StringIO()
    call_command("reassess_deadlines", *options, stdout=out)
    return out.getvalue()


def test_a_preview_writes_nothing():
    ticket = waiting()

    assert f"{ticket.reference} start {RULE} - -> 2027-03-05\n" in reassess()
    assert Deadline.objects.get(ticket=ticket, rule=RULE).due_on is None
    assert not Event.objects.filter(name="ticket.reassess").exists()


def test_what_waited_for_a_calendar_starts_with_its_reason_on_record():
    ticket = waiting()

    reassess("--apply", "--reason", "notice of 2027", "--by", "Lead")

    assert Deadline.objects.get(ticket=ticket, rule=RULE).due_on == date(2027, 3, 5)
    facts = Event.objects.filter(ticket=ticket, name="ticket.reassess").first().facts
    assert (facts["reason"], facts["by"]) == ("notice of 2027", "Lead")
    assert reassess() == "0 dates. Nothing was written.\n"


def test_an_act_done_meanwhile_starts_nothing():
    ticket = waiting()
    ends = Deadline.objects.get(ticket=ticket, rule=RULE).ends
    deadlines.meet(ticket.pk, ends, at=AT)

    assert RULE not in reassess()


def test_writing_needs_a_reason_and_a_name():
    with pytest.raises(CommandError, match="say why and who"):
        reassess("--apply", "--by", "Lead")


def test_a_safe_date_that_waited_for_a_calendar_is_filled_in_and_the_date_stands():
    holder = make.cardholder(jurisdiction="cn")
    case = make.dispute("filed", account=make.account(holder),
                        at=datetime(2026, 12, 5, 3, tzinfo=UTC))  # fmt: skip
    row = Deadline.objects.get(ticket=case.ticket, rule="POL-DSP-30D")
    assert (row.due_on, row.safe_on) == (date(2027, 1, 4), None)
    LoadedCalendar.objects.create(calendar="CN", year=2027, closed=["2027-01-04"], loaded_at=AT)

    assert "complete POL-DSP-30D 2027-01-04 -> 2027-01-04" in reassess()
    reassess("--apply", "--reason", "notice of 2027", "--by", "Lead")

    row = Deadline.objects.get(pk=row.pk)
    assert (row.due_on, row.safe_on, row.waits_for) == (date(2027, 1, 4), date(2027, 1, 1), "")
