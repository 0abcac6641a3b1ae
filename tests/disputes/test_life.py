"""A claim's whole life through the services, with exact money at each step."""

from __future__ import annotations

import pytest
from django.utils import timezone

from disputes import services
from disputes.services import recovery
from ledger import services as ledger
from tests import make
from tickets import history

pytestmark = pytest.mark.django_db


def test_won_claim_with_a_won_chargeback_costs_nothing():
    case = make.dispute("investigating")
    finance, at = make.clerk(), timezone.now()
    services.grant_credit(case, actor=finance, at=at, item=1)
    leg = recovery.prepare(case, actor=finance, at=at, item=1, code="12.6.1")
    recovery.submit(leg, actor=finance, at=at, network_reference="N1", holds=leg.evidence)

    services.resolve(case, actor=finance, at=at, answer=make.won(case))
    services.letter_left(case, at=at)
    recovery.record_win(leg, actor=finance, at=at)

    item = case.items.get()
    assert (item.recovered_minor, item.written_off_minor, item.open_minor) == (12_900, 0, 0)
    assert item.credited_minor == 12_900
    assert ledger.balance(case.ticket.reference, "suspense", held=True) == 0
    assert ledger.balance(case.ticket.reference, "network") == -12_900
    assert type(case).objects.get(pk=case.pk).state == "resolved"
    assert list(history.broken_links(type(case.ticket).objects.get(pk=case.ticket.pk))) == []
