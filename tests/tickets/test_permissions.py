"""Who sees which case: one rule for lists, pages, files and counts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests import make
from tests.tickets import cases
from tickets import services, tasks
from tickets.models import Ticket
from tickets.permissions import departments_of, may_see, visible_to

pytestmark = pytest.mark.django_db


def seen(user: User) -> list[Ticket]:
    return list(visible_to(user, Ticket.objects.order_by("pk")))


def test_each_department_sees_its_own_cases():
    enquiry, claim = cases.enquiry(), make.filed().ticket

    assert seen(make.staff("customer_service")) == [enquiry]
    assert seen(make.staff("finance")) == [claim]
    assert seen(make.staff("collections")) == []


def test_who_belongs_to_two_departments_sees_both():
    both = [cases.enquiry(), make.filed().ticket]

    assert seen(make.staff("customer_service", "finance")) == both


@pytest.mark.parametrize(
    "user", [lambda: make.staff("lead"), lambda: make.staff(is_superuser=True)]
)
def test_leads_and_superusers_see_all(user):
    both = [cases.enquiry(), make.filed().ticket]

    assert seen(user()) == both


@pytest.mark.parametrize(
    "user",
    [make.staff, lambda: make.staff("lead", is_active=False)],
    ids=["nobody's", "left the bank"],
)
def test_who_has_no_department_sees_nothing(user):
    cases.enquiry()

    assert seen(user()) == []


@pytest.mark.parametrize(
    ("reply", "sees"), [(None, True), (tasks.answer, True), (tasks.give_back, True)]
)
def test_a_question_lets_the_asked_department_see_the_case(reply, sees):
    task = cases.asked(department="collections")
    if reply:
        reply(task, actor=make.clerk("collections"), at=timezone.now(), text="Not ours.")

    assert may_see(make.staff("collections"), task.ticket) is sees
    assert may_see(make.staff("finance"), task.ticket) is False


def test_a_question_that_was_taken_back_shows_nothing_any_more():
    task = cases.asked(department="collections")

    tasks.cancel(task, actor=make.clerk("customer_service"), at=timezone.now())

    assert may_see(make.staff("collections"), task.ticket) is False


def test_the_owner_sees_the_case_wherever_it_is():
    ticket, owner = cases.enquiry(), make.staff("collections")
    assert may_see(owner, ticket) is False

    services.assign(ticket, actor=make.clerk("lead"), at=timezone.now(), to=owner)

    assert may_see(owner, ticket) is True


def test_several_questions_show_a_case_once():
    task = cases.asked(department="collections")
    tasks.ask(task.ticket, actor=make.clerk("customer_service"), at=timezone.now(),
              department="collections", question="And this?")  # fmt: skip

    assert seen(make.staff("collections")) == [task.ticket]


def test_a_case_that_was_handed_over_is_out_of_sight():
    ticket = cases.enquiry()

    services.reroute(ticket, actor=make.clerk("customer_service"), at=timezone.now(),
                     to="finance", because="a fee", summary="Nothing done.")  # fmt: skip

    assert may_see(make.staff("customer_service"), ticket) is False
    assert may_see(make.staff("finance"), ticket) is True


def test_departments_are_told_in_the_order_of_the_table():
    assert departments_of(make.staff("finance", "lead", "customer_service")) == [
        "customer_service", "finance",
    ]  # fmt: skip
