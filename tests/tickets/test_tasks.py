"""Questions to other departments: the owner stays, the answer has a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kernel.errors import NotAllowed, NotNow, Unfit
from tests import make
from tests.snapshot import snapshot
from tests.tickets import cases
from tickets import services, tasks
from tickets.models import Event, Task, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)


def ask(ticket: Ticket, **fields) -> Task:
    return tasks.ask(
        ticket,
        **{"actor": make.clerk("customer_service"), "at": START, "department": "finance",
           "question": "Is this fee ours?", **fields},
    )  # fmt: skip


def test_a_question_has_words_a_date_and_leaves_the_owner_where_it_is():
    ticket = cases.enquiry()

    task = ask(ticket)

    assert (task.state, task.department, task.due_at) == (
        "asked", "finance", START + timedelta(days=3),
    )  # fmt: skip
    assert (task.question.body, task.question.direction) == ("Is this fee ours?", "note")
    assert Ticket.objects.get(pk=ticket.pk).department == "customer_service"
    assert Event.objects.get(name="task.ask").facts == {
        "department": "finance", "due": "2026-03-05T15:00:00+00:00",
    }  # fmt: skip


def test_who_asks_may_name_the_day():
    assert ask(cases.enquiry(), due_at=START + timedelta(days=1)).due_at == START + timedelta(
        days=1
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"department": "customer_service"}, "bad_department"),
        ({"department": "nowhere"}, "bad_department"), ({"question": " "}, "text_empty"),
    ],
)  # fmt: skip
def test_a_question_without_sense_moves_nothing(fields, code):
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        ask(ticket, **fields)

    assert refusal.value.code == code
    assert snapshot() == before


def test_a_department_is_not_asked_about_a_case_that_it_was_given_meanwhile():
    stale = cases.enquiry()
    services.reroute(stale, actor=make.clerk(), at=START, to="finance", because="theirs",
                     summary="Look.")  # fmt: skip

    with pytest.raises(Unfit):
        ask(stale)


@pytest.mark.parametrize(
    ("reply", "state"), [(tasks.answer, "answered"), (tasks.give_back, "returned")]
)
def test_a_reply_keeps_its_words_and_when(reply, state):
    task = reply(cases.asked(), actor=make.clerk(), at=START, text="See card 4111111111111111.")

    assert (task.state, task.answered_at) == (state, START)
    assert task.answer_text.body == "See card [card ••••1111]."


def test_a_lead_may_answer_for_any_department():
    task = tasks.answer(cases.asked(), actor=make.clerk("lead"), at=START, text="Yes.")

    assert task.state == "answered"


def test_a_refused_reply_leaves_no_words_behind():
    task = cases.asked("answered")
    before = snapshot()

    with pytest.raises(NotNow):
        tasks.answer(task, actor=make.clerk(), at=START, text="Again.")

    assert snapshot() == before


def test_a_cardholder_asks_and_answers_no_department():
    task = cases.asked()
    holder = cases.holder_of(task.ticket)

    with pytest.raises(NotAllowed):
        ask(task.ticket, actor=holder)
    with pytest.raises(NotAllowed):
        tasks.answer(task, actor=holder, at=START, text="Yes.")


def test_a_late_question_is_marked_once_and_told_to_the_lead():
    task = cases.asked()
    late = task.due_at

    counts = [tasks.sweep(late - timedelta(seconds=1)), tasks.sweep(late), tasks.sweep(late)]

    assert counts == [0, 1, 0]
    assert Task.objects.get().overdue_at == late
    assert Event.objects.get(name="task.overdue").facts == {"department": "finance"}
    assert Ticket.objects.get().alert == "finance has not answered"


def test_what_was_answered_or_taken_back_is_never_late():
    cases.asked("answered")
    tasks.cancel(cases.asked(), actor=make.clerk("customer_service"), at=timezone.now())

    assert tasks.sweep(timezone.now() + timedelta(days=900)) == 0


def test_a_late_question_may_still_be_answered():
    task = cases.asked()
    tasks.sweep(task.due_at)

    assert tasks.answer(task, actor=make.clerk(), at=task.due_at, text="Yes.").state == "answered"
