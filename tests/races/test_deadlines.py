"""Eight workers sweep at once: every warning and every breach is written exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from tests import make
from tests.races.together import EIGHT, together
from tickets import deadlines, history
from tickets.models import Deadline, Event, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ACK = "US-REGZ-13C1-ACK-30D"


def told(name: str) -> Counter:
    rows = Event.objects.filter(name=name).values_list("ticket_id", "facts__rule", "facts__due")
    return Counter(rows)


@pytest.mark.parametrize(("name", "away"), [("ticket.warn", -3), ("ticket.breach", 1)])
def test_eight_sweeps_write_each_once(name, away):
    tickets = [make.filed().ticket for _case in range(5)]
    at = Deadline.objects.filter(rule=ACK).latest("due_at").due_at + timedelta(days=away)

    together(*(partial(deadlines.sweep, at) for _worker in range(EIGHT)))

    found = told(name)
    assert sum(rule == ACK for _ticket, rule, _due in found) == len(tickets)
    assert set(found.values()) == {1}
    for ticket in tickets:
        assert list(history.broken_links(Ticket.objects.get(pk=ticket.pk))) == []
