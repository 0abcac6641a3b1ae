"""News of the network against verbs of the claim: applied once, and no deadlock."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from disputes import balance, services
from disputes.models import Chargeback, Dispute, NetworkEvent
from disputes.services import news, recovery
from kernel import actors
from kernel.actors import Actor
from tests import make
from tests.races.together import EIGHT, together, told
from tickets import history
from tickets.models import Event, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
FEED = Actor("integrator", ref="integrator:visa")


def heard(leg: Chargeback, kind: str, event_id: str = "e-1", version: int = 1) -> news.News:
    return news.News(
        network=leg.network, event_id=event_id, network_reference=leg.network_reference, kind=kind,
        version=version, occurred_at=timezone.now(),
    )  # fmt: skip


def holds(leg: Chargeback) -> None:
    assert list(history.broken_links(Ticket.objects.get(pk=leg.ticket_id))) == []
    assert list(balance.disagreements()) == []


@pytest.mark.parametrize("kind", ["won", "represented", "lost"])
def test_one_piece_of_news_eight_times_is_applied_once(kind):
    leg, at = make.leg("submitted"), timezone.now()

    results = together(*(
        partial(news.receive, heard(leg, kind), actor=FEED, at=at) for _hand in range(EIGHT)
    ))  # fmt: skip

    row = NetworkEvent.objects.get()
    assert (row.status, row.why) == ("applied", "")
    assert {result.pk for result in results} == {row.pk}
    assert Event.objects.filter(ticket_id=leg.ticket_id, actor_kind="integrator").count() == 1
    holds(leg)


def test_news_of_an_unknown_chargeback_eight_times_is_quarantined_once():
    stranger = Chargeback(network="visa", network_reference="nobody")

    results = together(*(
        partial(news.receive, heard(stranger, "won"), actor=FEED, at=timezone.now())
        for _hand in range(EIGHT)
    ))  # fmt: skip

    row = NetworkEvent.objects.get()
    assert (row.status, row.why) == ("quarantined", "no such chargeback")
    assert {result.pk for result in results} == {row.pk}


def test_two_pieces_of_news_of_one_version_do_not_both_count():
    leg, at = make.leg("submitted"), timezone.now()

    together(
        partial(news.receive, heard(leg, "won", "e-1"), actor=FEED, at=at),
        partial(news.receive, heard(leg, "lost", "e-2"), actor=FEED, at=at),
    )

    assert sorted(NetworkEvent.objects.values_list("status", flat=True)) == [
        "applied", "quarantined",
    ]  # fmt: skip
    holds(leg)


@pytest.mark.parametrize("_again", range(4))
@pytest.mark.parametrize("verb", ["withdraw", "resolve", "grant_credit", "ask_cardholder"])
def test_a_leg_and_its_claim_move_at_once_without_deadlock(verb, _again):
    leg, at = make.leg("submitted"), timezone.now()
    case = Dispute.objects.get(items__legs=leg)
    inputs = {
        "withdraw": {"actor": actors.cardholder(case.ticket.cardholder), "cause": "family_member"},
        "resolve": {"actor": make.clerk(), "answer": make.won(case)},
        "grant_credit": {"actor": make.clerk(), "item": 1},
        "ask_cardholder": {"actor": make.clerk(), "evidence": ["receipt"], "text": "Please."},
    }[verb]

    results = together(
        partial(recovery.record_win, leg, actor=make.clerk(), at=at),
        partial(recovery.record_representment, leg, actor=make.clerk(), at=at),
        partial(getattr(services, verb), case, at=at, **inputs),
        partial(recovery.prepare, case, actor=make.clerk(), at=at, item=1, code="12.6.1"),
    )

    assert 1 <= told(results)["done"] <= 3
    assert Chargeback.objects.filter(item__dispute=case, ended_at=None).count() <= 1
    holds(leg)


def test_eight_prepare_and_one_leg_runs():
    case, at = make.dispute("investigating"), timezone.now()

    results = together(*(
        partial(recovery.prepare, case, actor=make.clerk(), at=at, item=1, code="12.6.1")
        for _hand in range(EIGHT)
    ))  # fmt: skip

    assert told(results) == {"done": 1, "recovery_open": 7}
    assert Chargeback.objects.count() == 1


def test_two_clocks_time_a_leg_out_once():
    leg = make.leg("submitted")
    silent = timezone.now().replace(year=timezone.now().year + 1)

    counts = together(*(partial(services.sweep, silent) for _worker in range(4)))

    assert sum(count["legs"] for count in counts) == 1
    assert Chargeback.objects.get(pk=leg.pk).state == "won"
    assert Event.objects.filter(name="chargeback.time_out_acquirer").count() == 1
    holds(leg)


@pytest.mark.parametrize("_again", range(4))
def test_a_late_win_and_a_new_round_lose_no_cent(_again):
    leg, at = make.leg("submitted"), timezone.now()
    case = Dispute.objects.get(items__legs=leg)
    case = services.resolve(case, actor=make.clerk(), at=at, answer=make.lost(case))
    case = services.letter_left(case, at=at)
    holder = actors.cardholder(case.ticket.cardholder)

    together(
        partial(recovery.record_win, leg, actor=make.clerk(), at=at, minor=5_000),
        partial(services.reassert, case, actor=holder, at=at, because="Look again."),
    )

    holds(leg)
    assert case.items.get().recovered_minor == 5_000
