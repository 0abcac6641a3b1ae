"""One button, many hands: one wins, the others are told, and everything happens once."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from disputes import balance, services
from disputes.models import Dispute
from kernel import actors
from ledger.models import Transfer
from tests import make
from tests.races.together import EIGHT, together, told
from tickets import history
from tickets import services as tickets
from tickets.models import Approval, Event, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def holds(case: Dispute) -> None:
    """History is unbroken and the ledger agrees with the items."""
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert list(history.broken_links(ticket)) == []
    assert list(balance.disagreements()) == []


def happened(case: Dispute, name: str) -> int:
    return Event.objects.filter(ticket_id=case.ticket_id, name=name).count()


def test_eight_acknowledge_and_one_does():
    case, at = make.dispute("filed"), timezone.now()

    results = together(*(
        partial(services.acknowledge, case, actor=make.clerk(), at=at) for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 7}
    assert happened(case, "dispute.acknowledge") == 1
    assert all("did it on" in str(lost) for lost in results if isinstance(lost, Exception))
    holds(case)


def test_eight_take_and_the_others_are_told_who_has_it():
    case, at = make.dispute("filed"), timezone.now()
    people = [make.staff("finance") for _hand in range(EIGHT)]

    results = together(*(
        partial(tickets.take, case.ticket, actor=actors.staff(one), at=at) for one in people
    ))  # fmt: skip

    owner = Ticket.objects.get(pk=case.ticket_id).assignee
    assert told(results) == {"done": 1, "already_taken": 7}
    sentences = {str(lost) for lost in results if isinstance(lost, Exception)}
    assert sentences == {f"{owner.get_full_name()} has taken this case."}
    holds(case)


def test_eight_filings_of_one_transaction_are_one_case():
    row, at = make.transaction(), timezone.now()
    holder = row.account.cardholder

    results = together(*(
        partial(services.file, holder, make.notice(row), actor=actors.cardholder(holder), at=at)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "duplicate_dispute": 7}
    case = Dispute.objects.get()
    existing = {lost.details["existing"] for lost in results if isinstance(lost, Exception)}
    assert existing == {case.ticket.reference}
    holds(case)


def test_eight_deliveries_of_one_letter_are_one_case():
    row, at, system = make.transaction(), timezone.now(), make.clerk("customer_service")
    notice = make.notice(row, source="core", external_ref="letter-7")

    results = together(*(
        partial(services.file, row.account.cardholder, notice, actor=system, at=at)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": EIGHT}
    assert {result.pk for result in results} == {Dispute.objects.get().pk}


def test_eight_grants_lend_once():
    case, at = make.dispute("investigating"), timezone.now()

    results = together(*(
        partial(services.grant_credit, case, actor=make.clerk(), at=at, item=1)
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results)["done"] == 1
    assert list(Transfer.objects.values_list("minor", "state")) == [(make.AMOUNT, "held")]
    assert happened(case, "dispute.grant_credit") == 1
    holds(case)


def test_two_leads_approve_and_it_is_carried_out_once():
    case, at = make.dispute("investigating", minor=60_000), timezone.now()
    case = services.resolve(case, actor=make.clerk(), at=at, answer=make.won(case))

    results = together(*(
        partial(services.approve, case, actor=make.clerk("lead"), at=at) for _hand in range(2)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "not_now": 1}
    assert Approval.objects.get().state == "approved"
    assert happened(case, "dispute.resolve") == 1
    assert Transfer.objects.filter(credit__startswith="cardholder:").count() == 1
    holds(case)


def test_approve_and_recall_do_not_both_count():
    case, at, proposer = make.dispute("investigating", minor=60_000), timezone.now(), make.clerk()
    case = services.resolve(case, actor=proposer, at=at, answer=make.won(case))

    results = together(
        partial(services.approve, case, actor=make.clerk("lead"), at=at),
        partial(services.recall, case, actor=proposer, at=at),
    )

    assert told(results) == {"done": 1, "not_now": 1}
    moved = Dispute.objects.get(pk=case.pk).state
    assert (Approval.objects.get().state, moved) in {
        ("approved", "resolving"), ("recalled", "investigating"),
    }  # fmt: skip
    holds(case)


@pytest.mark.parametrize("_again", range(4))
def test_resolve_and_withdraw_do_not_both_count(_again):
    case, at = make.dispute("investigating"), timezone.now()
    holder = actors.cardholder(case.ticket.cardholder)

    results = together(
        partial(services.resolve, case, actor=make.clerk(), at=at, answer=make.won(case)),
        partial(services.withdraw, case, actor=holder, at=at, cause="family_member"),
    )

    assert told(results) == {"done": 1, "not_now": 1}
    assert happened(case, "dispute.resolve") + happened(case, "dispute.withdraw") == 1
    holds(case)


def test_eight_letters_leave_and_the_claim_is_concluded_once():
    case, at = make.dispute("resolving"), timezone.now()

    together(*(partial(services.letter_left, case, at=at) for _worker in range(EIGHT)))

    assert happened(case, "dispute.conclude") == 1
    assert happened(case, "ticket.conclude") == 1
    holds(case)
