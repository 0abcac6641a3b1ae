"""One complaint, many hands: one wins, money moves once, one matter is one case."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from complaints import balance, services
from complaints.models import Arrival, Complaint, Extension, Review
from kernel import actors
from ledger.models import Transfer
from tests import make
from tests.races.together import EIGHT, together, told
from tickets import history
from tickets.models import Deadline, Event, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def holds(case: Complaint) -> None:
    """History is unbroken and the ledger agrees with the redress."""
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert list(history.broken_links(ticket)) == []
    assert list(balance.disagreements()) == []


def happened(case: Complaint, name: str) -> int:
    return Event.objects.filter(ticket_id=case.ticket_id, name=name).count()


def test_eight_begin_and_one_does():
    case, at = make.complaint("acknowledged"), timezone.now()

    results = together(*(
        partial(services.investigate, case, actor=make.clerk("customer_service"), at=at)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 7}
    assert happened(case, "complaint.investigate") == 1
    holds(case)


def test_eight_deliveries_of_one_letter_are_one_case():
    holder, at, system = make.account().cardholder, timezone.now(), make.clerk("customer_service")
    letter = make.grievance(source="letter", external_ref="L-7")

    results = together(*(
        partial(services.receive, holder, letter, actor=system, at=at) for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": EIGHT}
    assert {result.pk for result in results} == {Complaint.objects.get().pk}
    assert Arrival.objects.count() == 1


def test_eight_transfers_of_one_matter_join_it_once_each():
    case, at, clerk = make.complaint(), timezone.now(), make.clerk("customer_service")
    holder, same = case.ticket.cardholder, case.ticket.reference

    results = together(*(
        partial(
            services.receive, holder,
            make.grievance(source="regulator", body="cfpb", external_ref=f"R-{n}", joins=same),
            actor=clerk, at=at,
        )
        for n in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": EIGHT}
    assert list(case.arrivals.values_list("number", flat=True)) == list(range(1, EIGHT + 2))
    assert Deadline.objects.filter(ticket=case.ticket, rule="POL-ACK-1WD").count() == 1
    holds(case)


@pytest.mark.parametrize("_again", range(4))
def test_send_and_send_back_do_not_both_count(_again):
    case, at = make.complaint("drafted"), timezone.now()

    results = together(
        partial(services.respond, case, actor=make.clerk("lead"), at=at),
        partial(services.send_back, case, actor=make.clerk("lead"), at=at, because="No."),
    )

    assert told(results) == {"done": 1, "not_now": 1}
    assert happened(case, "complaint.respond") + happened(case, "complaint.send_back") == 1
    holds(case)


@pytest.mark.parametrize("_again", range(4))
def test_answer_and_withdrawal_do_not_both_count(_again):
    case, at = make.complaint("drafted"), timezone.now()
    holder = actors.cardholder(case.ticket.cardholder)

    results = together(
        partial(services.respond, case, actor=make.clerk("lead"), at=at),
        partial(services.withdraw, case, actor=holder, at=at),
    )

    assert told(results) == {"done": 1, "not_now": 1}
    holds(case)


def test_eight_letters_leave_and_money_moves_once():
    case, at = make.complaint("responding"), timezone.now()

    together(*(partial(services.letter_left, case, at=at) for _worker in range(EIGHT)))

    assert happened(case, "complaint.conclude") == 1
    assert Transfer.objects.get().minor == 2_500
    holds(case)


def test_eight_ask_for_a_review_and_one_is_opened():
    case, at = make.complaint("responded"), timezone.now()
    holder = actors.cardholder(case.ticket.cardholder)

    results = together(*(
        partial(services.request_review, case, actor=holder, at=at, because="No.")
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 7}
    assert Review.objects.count() == 1
    holds(case)


def test_eight_take_more_time_and_one_step_is_taken():
    holder = make.cardholder(jurisdiction="cn")
    case = make.complaint("investigating", of=make.account(holder))
    at = timezone.now()

    results = together(*(
        partial(
            services.extend, case, actor=make.clerk("customer_service"), at=at,
            because="The recording is missing.", expected_on=at.date() + timedelta(days=20),
        )
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "no_extension": 7}
    assert Extension.objects.count() == 1
    holds(case)


def test_an_award_is_paid_once():
    case, at = make.complaint("referred"), timezone.now()
    ruling = make.ruling(case)

    results = together(*(
        partial(services.record_ruling, case, actor=make.clerk("lead"), at=at, ruling=ruling)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 7}
    assert sorted(Transfer.objects.values_list("minor", flat=True)) == [2_500, 4_000]
    holds(case)
