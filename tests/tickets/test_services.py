"""What each verb of the envelope does beside its state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kernel import actors
from kernel.errors import NotAllowed, NotNow, Unfit
from tests import make
from tests.snapshot import snapshot
from tests.tickets import cases
from tests.tickets.cases import enquiry
from tickets import services
from tickets.models import Event, Link, Message, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)


def reroute(ticket: Ticket, to: str, **fields) -> Ticket:
    return services.reroute(
        ticket,
        **{"actor": make.clerk(), "at": timezone.now(), "to": to, "because": "a fee",
           "summary": "Nothing was done yet.", **fields},
    )  # fmt: skip


def test_opening_routes_dates_and_tells_history_in_one_go():
    ticket = enquiry(received_at=START)

    assert (ticket.state, ticket.department, ticket.priority) == ("open", "customer_service", 3)
    assert ticket.routed_because == "Customer service answers everything else"
    assert list(ticket.events.values_list("seq", "name", "actor_kind")) == [
        (1, "ticket.open_ticket", "cardholder"), (2, "ticket.triage", "system"),
    ]  # fmt: skip
    assert (ticket.seq, ticket.head) == (2, ticket.events.last().hash)
    assert ticket.reference.startswith("E-")


def test_one_case_an_external_reference_and_source():
    enquiry(source="letter", external_ref="box-7")
    enquiry(source="phone", external_ref="box-7")

    with pytest.raises(IntegrityError, match="external_ref"), transaction.atomic():
        enquiry(source="letter", external_ref="box-7")


def test_the_second_of_two_takers_is_told_who_was_quicker():
    stale = enquiry()
    services.take(stale, actor=actors.staff(make.staff("finance", last_name="Wang")),
                  at=timezone.now())  # fmt: skip
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        services.take(stale, actor=make.clerk(), at=timezone.now())

    assert refusal.value.code == "already_taken"
    assert refusal.value.sentence == "Li Wang has taken this case."
    assert snapshot() == before


@pytest.mark.parametrize(
    "actor",
    [cases.holder_of, lambda _row: actors.staff(make.staff()),
     lambda _row: actors.Actor("integrator", ref="integrator:core")],
    ids=["cardholder", "staff without a department", "integrator"],
)  # fmt: skip
def test_who_may_not_take_a_case_learns_nobodys_name(actor):
    ticket = enquiry()
    services.take(ticket, actor=make.clerk(), at=timezone.now())

    with pytest.raises(NotAllowed) as refusal:
        services.take(ticket, actor=actor(ticket), at=timezone.now())

    assert "Li" not in refusal.value.sentence


def test_a_lead_gives_a_case_and_its_owner_gives_it_back():
    owner = make.staff("customer_service")
    ticket = services.assign(enquiry(), actor=make.clerk("lead"), at=timezone.now(), to=owner)
    assert ticket.assignee == owner

    ticket = services.release(ticket, actor=actors.staff(owner), at=timezone.now())

    assert ticket.assignee is None


def test_a_hand_over_needs_words_clears_the_owner_and_keeps_the_summary():
    ticket = services.take(enquiry(), actor=make.clerk("customer_service"), at=timezone.now())

    ticket = reroute(ticket, "finance", because="A fee of ours", summary="Asked for the slip.")

    assert (ticket.department, ticket.assignee, ticket.handoffs) == ("finance", None, 1)
    assert ticket.routed_because == "A fee of ours"
    assert Message.objects.get(ticket=ticket).body == "Asked for the slip."
    assert Event.objects.get(name="ticket.reroute").facts == {
        "from": "customer_service", "to": "finance", "handoffs": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "customer_service"}, "bad_department"), ({"to": "nowhere"}, "bad_department"),
        ({"to": "lead"}, "bad_department"), ({"because": " "}, "text_empty"),
        ({"summary": ""}, "text_empty"),
    ],
)  # fmt: skip
def test_a_hand_over_without_sense_moves_nothing(fields, code):
    ticket = enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        reroute(ticket, **{"to": "finance", **fields})

    assert refusal.value.code == code
    assert snapshot() == before


def test_a_hand_over_looks_at_the_case_as_it_stands():
    stale = enquiry()
    reroute(stale, "finance")

    with pytest.raises(Unfit):
        reroute(stale, "finance")
    reroute(stale, "collections")

    assert Event.objects.filter(name="ticket.reroute").last().facts == {
        "from": "finance", "to": "collections", "handoffs": 2,
    }  # fmt: skip


def test_the_third_hand_over_tells_the_lead():
    ticket = enquiry()
    for to in ("finance", "collections"):
        ticket = reroute(ticket, to)
    assert ticket.alert == ""

    ticket = reroute(ticket, "finance")

    assert ticket.alert == "handed over 3 times"
    assert Event.objects.get(name="ticket.alert").facts == {"words": "handed over 3 times"}


def test_a_waiting_case_says_for_whom_for_what_and_until_when():
    until = START + timedelta(days=10)
    ticket = cases.wait(enquiry(received_at=START), actor=make.clerk(), at=START)
    assert (ticket.waiting_on, ticket.waiting_for, ticket.waiting_until) == (
        "cardholder", "a receipt", until,
    )  # fmt: skip

    assert services.overdue_waits(until - timedelta(seconds=1)) == []
    assert services.overdue_waits(until) == [ticket]
    ticket = services.resume(ticket, actor=actors.SYSTEM, at=until, verb="time_out")

    assert (ticket.waiting_on, ticket.waiting_for, ticket.waiting_until, ticket.on_silence) == (
        "", "", None, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"), [({"on": "the moon"}, "bad_party"), ({"wanted": " "}, "text_empty")]
)
def test_a_case_waits_for_somebody_and_something(fields, code):
    ticket = enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        cases.wait(ticket, actor=make.clerk(), **fields)

    assert refusal.value.code == code
    assert snapshot() == before


def test_the_words_of_a_reopening_go_into_the_thread_not_into_history():
    ticket = enquiry("resolved")

    ticket = services.reopen(
        ticket, actor=make.clerk("customer_service"), at=timezone.now(), because="Her son called."
    )

    assert (ticket.resolution, ticket.resolved_at, ticket.closed_at) == ("", None, None)
    assert Message.objects.get(ticket=ticket).body == "Her son called."
    assert Event.objects.get(name="ticket.reopen").facts == {}


def test_a_cardholder_may_object_for_sixty_days_and_staff_for_ever():
    ticket = enquiry("closed", received_at=START)
    late = START + timedelta(days=60, seconds=1)
    words = {"because": "It is wrong."}

    with pytest.raises(NotNow) as refusal:
        services.reopen(ticket, actor=cases.holder_of(ticket), at=late, **words)

    assert refusal.value.code == "reopening_window_over"
    worker = make.clerk("customer_service")
    assert services.reopen(ticket, actor=worker, at=late, **words).state == "open"


def test_a_resolved_case_ripens_thirty_days():
    ticket = enquiry("resolved", received_at=START)

    assert services.ripe_to_close(START + timedelta(days=30, seconds=-1)) == []
    assert services.ripe_to_close(START + timedelta(days=30)) == [ticket]
    services.close(ticket, at=START + timedelta(days=30))
    assert services.ripe_to_close(START + timedelta(days=31)) == []


def test_a_duplicate_points_at_the_other_and_loses_nothing():
    ticket = cases.marked()
    link = Link.objects.get()
    assert (link.ticket, link.other, link.relation) == (ticket, ticket.duplicate_of, "duplicate")

    ticket = services.unmark(ticket, actor=make.clerk(), at=timezone.now())

    assert (ticket.duplicate_of, Link.objects.count(), ticket.state) == (None, 0, "open")


def test_marking_again_moves_the_mark():
    ticket = cases.marked()
    third = enquiry(holder=ticket.cardholder)

    services.mark_duplicate(ticket, actor=make.clerk(), at=timezone.now(), of=third)

    assert Link.objects.get().other == third


def its_own_duplicate() -> tuple[Ticket, Ticket]:
    ticket = cases.marked()
    return ticket.duplicate_of, ticket


@pytest.mark.parametrize(
    "pair",
    [lambda: (enquiry(),) * 2, lambda: (enquiry(), enquiry()), its_own_duplicate],
    ids=["itself", "another cardholder's", "one that is its duplicate"],
)
def test_what_is_no_duplicate_is_refused(pair):
    ticket, other = pair()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        services.mark_duplicate(ticket, actor=make.clerk(), at=timezone.now(), of=other)

    assert refusal.value.code == "not_a_duplicate"
    assert snapshot() == before
