"""Messages, verbs, files and sweeps at once: one chain, one breach, one file, no deadlock."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from disputes import services
from kernel.errors import Stale
from tests import make
from tests.races.together import EIGHT, together, told
from tests.tickets import cases
from tests.tickets.test_attachments import PDF
from tickets import attachments, deadlines, history, messages, tasks
from tickets import services as tickets
from tickets.models import Deadline, Event, Task, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def unbroken(ticket: Ticket) -> Ticket:
    """The case as it stands, after its chain was proved."""
    row = Ticket.objects.get(pk=ticket.pk)
    assert list(history.broken_links(row)) == []
    return row


def test_messages_and_a_verb_at_once_keep_the_chain():
    case, at = make.dispute("filed"), timezone.now()
    ticket, holder = case.ticket, cases.holder_of(case.ticket)
    say = partial(messages.write, ticket, direction="in", body="Hello", actor=holder, at=at)

    results = together(
        say, say, say, partial(services.acknowledge, case, actor=make.clerk(), at=at),
        partial(tickets.take, ticket, actor=make.clerk(), at=at),
    )  # fmt: skip

    assert told(results) == {"done": 5}
    assert unbroken(ticket).seq == ticket.seq + 5
    assert ticket.messages.count() == 1 + 3


def test_of_eight_who_saw_one_version_one_acts_on_it():
    ticket, at = cases.enquiry(), timezone.now()

    results = together(*(
        partial(messages.write, ticket, direction="note", body="Seen.", actor=make.clerk(), at=at,
                version=ticket.seq)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "stale_version": 7}
    assert all(isinstance(lost, Stale) for lost in results if isinstance(lost, Exception))
    assert ticket.messages.count() == 1
    unbroken(ticket)


def test_four_hand_it_over_to_one_department_once():
    ticket, at = cases.enquiry(), timezone.now()

    results = together(*(
        partial(tickets.reroute, ticket, actor=make.clerk(), at=at, to="finance",
                because="a fee", summary="Look.")
        for _hand in range(4)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "bad_department": 3}
    assert unbroken(ticket).handoffs == 1


def test_a_message_and_a_closing_never_meet():
    for _again in range(4):
        ticket, at = cases.enquiry("resolved"), timezone.now()

        together(
            partial(tickets.close, ticket, at=at),
            partial(messages.write, ticket, direction="in", body="Wait!",
                    actor=cases.holder_of(ticket), at=at),
        )  # fmt: skip

        names = list(ticket.events.order_by("seq").values_list("name", flat=True))[-2:]
        assert names in [["ticket.write", "ticket.close"], ["ticket.resolve", "ticket.close"]]


def test_the_same_file_eight_times_is_kept_once(settings):
    ticket, at = cases.enquiry(), timezone.now()

    results = together(*(
        partial(attachments.attach, ticket, name="slip.pdf", content=PDF, at=at,
                actor=cases.holder_of(ticket))
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert len({row.pk for row in results}) == 1
    assert Event.objects.filter(ticket=ticket, name="ticket.attach").count() == 1


def test_the_limit_of_files_holds(settings):
    settings.ATTACHMENTS_A_CASE = 3
    ticket, at = cases.enquiry(), timezone.now()

    results = together(*(
        partial(attachments.attach, ticket, name="slip.pdf", content=PDF + b"%d" % number, at=at,
                actor=cases.holder_of(ticket))
        for number in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 3, "evidence_limit_reached": 5}
    unbroken(ticket)


def test_four_workers_record_one_breach():
    ticket = make.dispute("filed").ticket
    late = Deadline.objects.get(ticket=ticket, rule="POL-ACK-1WD").due_at

    counts = together(*(partial(deadlines.sweep, late) for _worker in range(4)))

    assert sorted(counts) == [0, 0, 0, 1]
    assert Event.objects.filter(ticket=ticket, name="ticket.breach").count() == 1
    unbroken(ticket)


def test_four_workers_mark_a_late_question_once():
    task = cases.asked()

    counts = together(*(
        partial(tasks.sweep, task.due_at + timedelta(hours=1)) for _worker in range(4)
    ))  # fmt: skip

    assert sorted(counts) == [0, 0, 0, 1]
    assert Event.objects.filter(name="task.overdue").count() == 1


def test_a_question_is_answered_once():
    task, at = cases.asked(), timezone.now()

    results = together(*(
        partial(tasks.answer, task, actor=make.clerk(), at=at, text="Yes.") for _hand in range(4)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 3}
    assert Task.objects.get().ticket.messages.count() == 2
    unbroken(task.ticket)


@pytest.mark.parametrize("_again", range(3))
def test_sweeps_letters_and_verbs_lock_in_one_order(_again):
    case = make.dispute("filed")
    ticket, worker = case.ticket, make.clerk()
    late = timezone.now() + timedelta(days=40)

    together(
        partial(deadlines.sweep, late), partial(deadlines.sweep, late),
        partial(deadlines.meet, ticket.pk, ["dispute.acknowledge", "ticket.take"], at=late),
        partial(cases.wait, ticket, actor=worker, at=late),
        partial(services.acknowledge, case, actor=worker, at=late),
        partial(tickets.take, ticket, actor=worker, at=late),
        partial(services.sweep, late),
    )  # fmt: skip

    unbroken(ticket)
    breached = Deadline.objects.filter(ticket=ticket, breached_at__isnull=False)
    events = Event.objects.filter(ticket=ticket, name="ticket.breach")
    assert set(events.values_list("facts__rule", flat=True)) <= set(
        breached.values_list("rule", flat=True)
    )
    assert events.count() == len(set(events.values_list("facts__rule", flat=True)))
