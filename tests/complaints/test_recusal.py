"""Whoever is complained of has no hand in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from complaints import services
from complaints.models import Complaint
from kernel import actors
from kernel.errors import NotAllowed, Unfit
from tests import make
from tests.snapshot import snapshot
from tests.verbs.complaints import british, press
from tickets.models import Ticket

pytestmark = pytest.mark.django_db

# Each verb by which somebody works a complaint, and a state in which it could be pressed.
WORK = [
    ("investigate", "received"), ("classify", "received"), ("draft_decision", "investigating"),
    ("send_back", "drafted"), ("respond", "drafted"), ("decide_review", "under_review"),
    ("record_ruling", "referred"), ("reopen", "responded"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "state"), WORK)
def test_the_person_complained_of_works_nothing_of_it(verb, state):
    person = make.staff("customer_service", "lead")
    case = make.complaint(state, complained_of_user=person)
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        press(verb, case, actors.staff(person))

    assert refusal.value.code == "recused"
    assert snapshot() == before


@pytest.mark.parametrize("verb", ["extend", "summary_resolve"])
def test_nor_takes_time_or_settles(verb):
    person = make.staff("customer_service")
    state = "investigating" if verb == "extend" else "received"
    case = british(state, complained_of_user=person, payment_services=True)

    with pytest.raises(NotAllowed) as refusal:
        press(verb, case, actors.staff(person))

    assert refusal.value.code == "recused"


def test_of_the_department_complained_of_only_a_lead_may_work_it():
    case = make.complaint("received", complained_of_department="customer_service")

    with pytest.raises(NotAllowed, match="about you or your department"):
        press("investigate", case, make.clerk("customer_service"))

    assert press("investigate", case, make.clerk("customer_service", "lead")).state == (
        "investigating"
    )


def test_another_department_complained_of_leaves_customer_service_free():
    case = make.complaint("received", complained_of_department="collections")

    moved = press("investigate", case, make.clerk("customer_service"))

    assert moved.state == "investigating"


def test_an_owner_who_turns_out_to_be_complained_of_gives_the_case_back():
    person = make.staff("customer_service")
    case = services.investigate(make.complaint(), actor=actors.staff(person), at=timezone.now())
    assert Ticket.objects.get(pk=case.ticket_id).assignee == person

    services.recuse(case, actor=make.clerk("lead"), at=timezone.now(), user=person)

    assert Ticket.objects.get(pk=case.ticket_id).assignee is None
    assert Complaint.objects.get(pk=case.pk).complained_of_user == person


def test_history_does_not_name_the_person():
    person = make.staff("customer_service")
    case = make.complaint()

    services.recuse(case, actor=make.clerk("lead"), at=timezone.now(), user=person)

    said = case.ticket.events.get(name="complaint.recuse").facts
    assert said == {"department": "", "person": True}


def test_a_department_that_there_is_not_cannot_be_complained_of():
    case = make.complaint()

    with pytest.raises(Unfit):
        services.recuse(case, actor=make.clerk("lead"), at=timezone.now(), department="kitchen")
