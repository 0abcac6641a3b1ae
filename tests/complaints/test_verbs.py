"""Who else presses a verb of the complaint: its cardholder, and the desk itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from complaints import services
from kernel import actors
from kernel.actors import SYSTEM
from kernel.errors import NotAllowed
from tests import make
from tests.snapshot import snapshot
from tests.verbs.complaints import press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        ("withdraw", "investigating", "withdrawn"),
        ("request_review", "responded", "under_review"),
        ("reopen", "withdrawn", "investigating"),
    ],
)
def test_the_cardholder_presses_three_of_them(verb, before, after):
    case = make.complaint(before)

    moved = press(verb, case, actors.cardholder(case.ticket.cardholder))

    assert moved.state == after


def test_the_desk_itself_needs_no_permission():
    case = make.complaint()

    assert services.acknowledge(case, actor=SYSTEM, at=timezone.now()).state == "acknowledged"


def test_taking_a_complaint_for_somebody_needs_the_permission():
    holder, actor = make.cardholder(), make.clerk("collections")
    before = snapshot()

    with pytest.raises(NotAllowed):
        services.receive(holder, make.grievance(), actor=actor, at=timezone.now())

    assert snapshot() == before
