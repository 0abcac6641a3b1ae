"""Whose verbs a case's are besides staff's: its cardholder's, and the claim's that drives it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kernel.errors import NotAllowed, NotNow
from tests import make
from tests.snapshot import snapshot
from tests.tickets.cases import holder_of
from tests.verbs.envelope import VERBS
from tickets import services
from tickets.models import Event

pytestmark = pytest.mark.django_db
BUTTONS = {one.name: one for one in VERBS}


@pytest.mark.parametrize("verb", ["resume", "reopen", "withdraw"])
def test_cardholders_press_their_own(verb):
    button = BUTTONS[f"ticket.{verb}"]
    row = button.ready()

    button.prepared(row)(holder_of(row))

    event = Event.objects.get(ticket=row, name=f"ticket.{verb}")
    assert event.actor_ref == f"cardholder:{row.cardholder.external_ref}"


@pytest.mark.parametrize("verb", ["resolve", "withdraw"])
def test_a_driven_case_is_ended_by_its_claim_alone(verb):
    ticket = make.dispute("investigating").ticket
    who = {"resolve": make.clerk("customer_service"), "withdraw": holder_of(ticket)}[verb]
    before = snapshot()

    with pytest.raises(NotNow):
        BUTTONS[f"ticket.{verb}"].prepared(ticket)(who)

    assert snapshot() == before


def test_a_driven_case_is_opened_again_by_its_claim_alone():
    ticket = make.dispute("resolved").ticket
    people = [make.clerk("customer_service"), make.clerk("lead"), holder_of(ticket)]
    before = snapshot()

    for actor in people:
        with pytest.raises(NotAllowed):
            services.reopen(ticket, actor=actor, at=timezone.now(), because="Look again.")

    assert snapshot() == before
