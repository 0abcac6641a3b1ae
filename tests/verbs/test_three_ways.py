"""Every verb of every machine: right actor, wrong actor, wrong state; a refusal moves nothing."""

from __future__ import annotations

import pytest

from config import machines
from kernel import actors
from kernel.errors import NotAllowed, NotNow
from tests import make
from tests.snapshot import snapshot
from tests.verbs import claims, complaints, envelope, recovery
from tests.verbs.verb import Verb
from tickets.models import Event
from tickets.permissions import nobody

pytestmark = pytest.mark.django_db
VERBS = [*envelope.VERBS, *claims.VERBS, *recovery.VERBS, *complaints.VERBS]
EACH = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.name} {verb.after}")
# A proposal's own verbs and the clock's: tried in tests/disputes, four eyes and recovery.
BY_OTHERS = {
    "dispute.propose", "dispute.recall", "chargeback.time_out_acquirer",
    "chargeback.time_out_issuer",
}  # fmt: skip


@EACH
def test_right_actor_moves_it_and_history_says_so(verb: Verb):
    row = verb.ready()
    actor, press = verb.who(row), verb.prepared(row)

    moved = press(actor)

    event = Event.objects.filter(name=verb.name).get()
    assert (event.actor_kind, event.actor_ref) == (actor.kind, actor.ref)
    assert moved.state == verb.after
    assert type(moved).objects.get(pk=moved.pk).state == verb.after


@EACH
def test_wrong_actor_moves_nothing(verb: Verb):
    row = verb.ready()
    actor, press = verb.who_not(row), verb.prepared(row)
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        press(actor)

    assert refusal.value.code == "not_allowed"
    assert snapshot() == before


@EACH
def test_wrong_state_moves_nothing(verb: Verb):
    row = verb.unready()
    actor, press = verb.who(row), verb.prepared(row)
    before = snapshot()

    with pytest.raises(NotNow):
        press(actor)

    assert snapshot() == before


@EACH
def test_another_cardholder_moves_nothing(verb: Verb):
    row = verb.ready()
    stranger, press = actors.cardholder(make.cardholder()), verb.prepared(row)
    before = snapshot()

    with pytest.raises(NotAllowed):
        press(stranger)

    assert snapshot() == before


def test_no_verb_that_somebody_may_press_is_left_out():
    pressed = {
        f"{model.label}.{move.name}"
        for model in machines.machines()
        for move in machines.transitions(model)
        if move.permission is not nobody
    }

    assert pressed - BY_OTHERS - {verb.name for verb in VERBS} == set()
