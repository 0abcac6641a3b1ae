"""The network's news, in any order: applied once, never overtaken, never guessed."""

from __future__ import annotations

import pytest

from disputes.models import Chargeback, NetworkEvent
from disputes.services import news
from disputes.services.news import News
from kernel.errors import Unfit
from tests import make
from tests.disputes.legs import NETWORK, fresh
from tests.disputes.moment import NOW
from tickets.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def tell(leg: Chargeback, kind: str, version: int, **fields) -> NetworkEvent:
    told = News(
        **{"network": leg.network, "event_id": f"ev-{kind}-{version}", "kind": kind,
           "network_reference": leg.network_reference, "version": version, "occurred_at": NOW,
           **fields}
    )  # fmt: skip
    return news.receive(told, actor=NETWORK, at=NOW)


def test_news_is_applied_once():
    leg = make.leg("submitted")

    first = tell(leg, "represented", 2)
    again = tell(leg, "represented", 2)

    assert (first.pk, first.status) == (again.pk, "applied")
    assert Event.objects.filter(name="chargeback.record_representment").count() == 1


def test_older_news_never_overtakes_newer():
    leg = make.leg("submitted")
    tell(leg, "represented", 5)

    late = tell(leg, "rejected", 4, words="late")

    assert (late.status, late.why) == ("quarantined", "older than version 5, which is known")
    assert fresh(leg).state == "represented"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "gossip"}, "unknown kind 'gossip'"),
        ({"network_reference": "nobody"}, "no such chargeback"),
        ({"currency": "EUR"}, "in EUR, the chargeback is in USD"),
        ({"amount_minor": 10**9}, "bad_amount: More than zero and at most what was claimed."),
    ],
)
def test_news_that_does_not_fit_is_quarantined_never_guessed(change, why):
    leg = make.leg("submitted")

    kind = change.pop("kind", "won")
    row = tell(leg, kind, 2, **change)

    assert (row.status, row.why) == ("quarantined", why)
    assert fresh(leg).state == "submitted"


def test_an_event_id_is_not_used_for_two_things():
    leg = make.leg("submitted")
    tell(leg, "represented", 2, event_id="same")

    with pytest.raises(Unfit) as refusal:
        tell(leg, "lost", 3, event_id="same")

    assert refusal.value.code == "event_id_reused"
