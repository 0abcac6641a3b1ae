"""The watch: warnings ahead, each once; the lead hears of what is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests import make
from tickets import deadlines
from tickets.models import Deadline, Event, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)
ACK = "US-REGZ-13C1-ACK-30D"


def watched(**fields) -> Deadline:
    """A claim of which only one date of law runs; 1 April is its last day."""
    ticket = make.filed(at=START).ticket
    Deadline.objects.filter(ticket=ticket).exclude(rule=ACK).update(state="ended")
    Deadline.objects.filter(ticket=ticket, rule=ACK).update(**fields)
    return Deadline.objects.get(ticket=ticket, rule=ACK)


def warned(row: Deadline) -> list[int]:
    events = Event.objects.filter(ticket_id=row.ticket_id, name="ticket.warn").order_by("seq")
    return [event.facts["days_left"] for event in events]


def test_a_date_of_law_is_warned_of_seven_three_and_one_day_ahead():
    row = watched(warn_before_days=[])
    Deadline.objects.filter(pk=row.pk).update(warn_at=row.due_at - timedelta(7))

    for hours in range(0, 24 * 30, 6):
        deadlines.sweep(START + timedelta(hours=hours))

    assert warned(row) == [7, 3, 1]
    event = Event.objects.filter(name="ticket.warn").latest("seq")
    assert event.facts == {"rule": ACK, "due": "2026-04-01", "days_left": 1}
    assert Ticket.objects.get(pk=row.ticket_id).alert == f"due in 1 days: {ACK}"


def test_a_rules_own_steps_come_before_the_severitys():
    row = watched(warn_before_days=[5])
    Deadline.objects.filter(pk=row.pk).update(warn_at=row.due_at - timedelta(5))

    deadlines.sweep(row.due_at - timedelta(5, seconds=1))
    assert warned(row) == []
    deadlines.sweep(row.due_at - timedelta(5))
    deadlines.sweep(row.due_at - timedelta(1))

    assert warned(row) == [5]


def test_warnings_slept_through_are_given_once():
    row = watched()

    assert deadlines.sweep(row.due_at - timedelta(hours=20)) == 1
    assert deadlines.sweep(row.due_at - timedelta(hours=19)) == 0

    assert warned(row) == [1]


def test_after_the_date_no_warning_is_given_but_the_breach():
    row = watched()

    assert deadlines.sweep(row.due_at + timedelta(7)) == 1

    assert warned(row) == []
    row.refresh_from_db()
    assert (row.breached_at, row.warn_at) == (row.due_at, None)


def test_a_missed_date_of_law_comes_one_step_sooner():
    row = watched()
    before = Ticket.objects.get(pk=row.ticket_id).priority

    deadlines.sweep(row.due_at)
    deadlines.sweep(row.due_at)

    assert Ticket.objects.get(pk=row.ticket_id).priority == before - 1
    event = Event.objects.get(ticket_id=row.ticket_id, name="ticket.breach")
    assert event.facts["priority"] == str(before - 1)


def test_an_urgent_case_stays_urgent():
    row = watched()
    Ticket.objects.filter(pk=row.ticket_id).update(priority=1)

    deadlines.sweep(row.due_at)

    assert Ticket.objects.get(pk=row.ticket_id).priority == 1
    assert "priority" not in Event.objects.get(name="ticket.breach").facts


def test_a_warning_hides_no_other_alert_and_goes_when_the_date_is_met():
    row = watched()
    ticket = Ticket.objects.filter(pk=row.ticket_id)
    ticket.update(alert="late: other")
    deadlines.sweep(row.due_at - timedelta(7))
    assert ticket.get().alert == "late: other"

    ticket.update(alert=f"due in 7 days: {ACK}")
    deadlines.meet(row.ticket_id, ["dispute.acknowledge"], at=row.due_at - timedelta(6))

    assert ticket.get().alert == ""


def test_the_command_sweeps_until_nothing_is_left():
    row = watched(due_at=START + timedelta(days=1))
    out = StringIO()

    call_command("sweep_deadlines", "--once", stdout=out)

    assert out.getvalue() == "1 warnings and breaches recorded.\n"
    row.refresh_from_db()
    assert row.breached_at == START + timedelta(days=1)
