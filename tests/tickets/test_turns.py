"""Whose turn it was: time by party, and all of it is the life of the case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.tickets import cases
from tickets import services, turns
from tickets.models import Turn

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_time_is_counted_by_who_had_to_move():
    ticket, worker = cases.enquiry(received_at=START), make.clerk()
    days = [START + timedelta(days=number) for number in range(10)]
    ticket = cases.wait(ticket, actor=worker, at=days[1])
    ticket = services.resume(ticket, actor=worker, at=days[4])
    ticket = services.reroute(
        ticket, actor=worker, at=days[5], to="finance", because="a fee", summary="Please look."
    )

    assert turns.spent(ticket, now=days[7]) == {
        "cardholder": timedelta(days=3),
        "customer_service": timedelta(days=2),
        "finance": timedelta(days=2),
    }


def test_the_longest_comes_first_and_an_ended_case_counts_no_more():
    ticket, worker = cases.enquiry(received_at=START), make.clerk("customer_service")
    ticket = cases.wait(ticket, actor=worker, at=START + timedelta(hours=1))
    ended = START + timedelta(hours=9)
    ticket = services.resolve(ticket, actor=worker, at=ended, resolution="answered")

    spent = turns.spent(ticket, now=START + timedelta(days=900))

    assert list(spent) == ["cardholder", "customer_service"]
    assert sum(spent.values(), timedelta()) == ended - START


def test_the_clock_starts_with_the_receipt_not_with_the_typing():
    ticket = cases.enquiry(received_at=START)

    assert Turn.objects.get(ticket=ticket).started_at == START


def test_reopening_gives_the_turn_to_the_department_again():
    ticket = cases.enquiry("resolved", received_at=START)
    again = START + timedelta(days=5)

    ticket = services.reopen(
        ticket, actor=cases.holder_of(ticket), at=again, because="It is still wrong."
    )

    assert list(ticket.turns.values_list("party", "started_at", "ended_at")) == [
        ("customer_service", START, START), ("customer_service", again, None),
    ]  # fmt: skip


def test_the_same_party_keeps_its_turn():
    ticket = cases.enquiry(received_at=START)

    turns.pass_to(ticket.pk, "customer_service", at=START + timedelta(days=1))

    assert Turn.objects.filter(ticket=ticket).count() == 1


def test_the_database_refuses_two_open_turns():
    ticket = cases.enquiry()

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(ticket=ticket, party="merchant", started_at=START)


steps = st.lists(
    st.tuples(
        st.sampled_from(["cardholder", "network", "finance", "customer_service", "lead"]),
        st.integers(1, 10**9),
    ),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(steps)
def test_the_parties_times_sum_to_the_life_of_the_case_to_the_microsecond(passed):
    ticket, now = cases.enquiry(received_at=START), START
    for party, microseconds in passed:
        now += timedelta(microseconds=microseconds)
        turns.pass_to(ticket.pk, party, at=now)

    now += timedelta(microseconds=7)
    assert sum(turns.spent(ticket, now=now).values(), timedelta()) == now - START
