"""Seeded cases are lived by the real machines: what they leave must be what the desk leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.contrib.auth.models import Permission, User

from benchmarks.seed import filing, people, scripts
from benchmarks.seed.bulk import Bulk
from benchmarks.seed.life import Life
from benchmarks.seed.verbs import Verbs
from kernel.actors import staff
from ledger.models import Transfer
from tickets import history
from tickets.models import Event

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VERBS = (
    "acknowledge", "investigate", "grant_credit", "charge_back", "record_win", "resolve",
    "conclude", "close",
)  # fmt: skip


@pytest.fixture
def clerk(db):
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return staff(user)


def lived(clerk, days: float, verbs: tuple[str, ...] = VERBS) -> tuple[Bulk, Life]:
    bulk, chance = Bulk(0), Random(5)  # a fraud claim about one purchase
    holder, held = people.settle(bulk, chance, 4, NOW)
    life = filing.filed(bulk, chance, holder, held[0], NOW - timedelta(days=days))
    pressed = Verbs(life, chance)
    for verb in verbs:
        life.at += timedelta(days=1)
        getattr(pressed, verb)(clerk)
    life.settle_down(NOW)
    return bulk, life


def test_the_history_of_a_seeded_case_is_one_unbroken_chain(clerk):
    bulk, life = lived(clerk, days=100)

    events = bulk.rows(Event)
    seq, last = 0, ""
    for event in events:
        assert (event.seq, event.prev_hash) == (seq + 1, last)
        assert event.hash == history.digest(event, life.ticket.reference)
        seq, last = event.seq, event.hash
    assert (life.ticket.seq, life.ticket.head) == (seq, last)
    assert [event.name for event in events][:4] == [
        "ticket.open_ticket", "dispute.file", "ticket.triage", "dispute.acknowledge",
    ]  # fmt: skip


def test_the_states_are_those_of_the_diagrams_and_the_item_adds_up(clerk):
    _bulk, life = lived(clerk, days=100)

    item = life.items[0]
    assert (life.dispute.state, life.ticket.state) == ("resolved", "closed")
    assert item.disputed_minor == item.recovered_minor == item.credited_minor
    assert (item.open_minor, item.lent_minor, item.live) == (0, 0, False)
    assert life.ticket.next_due_at is None


def test_the_ledger_says_what_the_item_says(clerk):
    bulk, life = lived(clerk, days=100)

    moved = {row.key.rpartition(":")[2]: (row.minor, row.state) for row in bulk.rows(Transfer)}
    amount = life.items[0].disputed_minor
    assert moved["credit"] == (amount, "settled")
    assert len(moved) == 2


def test_a_case_that_lies_in_the_pile_is_late_and_says_so(clerk):
    _bulk, life = lived(clerk, days=45, verbs=())

    late = [row.key for row in life.dates if row.breached_at]
    assert life.dispute.state == "filed"
    assert "acknowledge" in late
    assert life.ticket.next_due_at == min(
        row.due_at for row in life.dates
        if row.due_at and row.binds == "issuer" and row.nature == "deadline"
    )  # fmt: skip


def test_every_script_can_be_played_to_its_end(clerk):
    for seed in range(40):
        bulk, chance = Bulk(seed), Random(seed)
        holder, held = people.settle(bulk, chance, seed + 1, NOW)
        life = filing.filed(bulk, chance, holder, held[0], NOW - timedelta(days=300))
        verbs = Verbs(life, chance)
        for verb, days in scripts.script(chance):
            life.at += timedelta(days=days)
            getattr(verbs, verb)(clerk)

        assert life.ticket.state == "closed"
        for item in life.items:
            parts = item.recovered_minor + item.written_off_minor + item.denied_minor
            assert (parts, item.open_minor) == (item.disputed_minor, 0)
