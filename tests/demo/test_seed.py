"""A small desk with a past: every state is there, and everything in it adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import CardTransaction
from config.demo import people
from config.demo.matters import TABLE
from config.demo.programme import ACTS
from config.demo.seed import seed
from disputes.models import Chargeback, Dispute, DisputeItem
from ledger.models import Transfer
from tickets import history
from tickets.models import Deadline, Event, Message, Ticket

# Each story once, with days enough for its end and no more: each day has its price.
ACTS_NEWEST = [replace(act, ago=(act.ago[0], act.ago[0])) for act in ACTS]


@pytest.mark.django_db
def test_every_story_ends_every_state_is_reached_and_everything_adds_up():
    now = timezone.now()

    ended = []
    seed(ACTS_NEWEST, now=now, ended=lambda: ended.append(1))

    assert len(ended) == len(ACTS_NEWEST)
    # "new" is passed in the same breath: routing sends a case on before anybody sees it.
    assert _states(Ticket) == {"open", "waiting", "resolved", "closed"}
    assert _states(Dispute) == {code for code, _label in Dispute.STATES}
    assert _states(Chargeback) == {code for code, _label in Chargeback.STATES}
    _history_holds(now)
    _money_adds_up()
    _it_is_a_varied_past()


def _states(model):
    return set(model.objects.values_list("state", flat=True))


def _history_holds(now):
    for ticket in Ticket.objects.all():
        assert list(history.broken_links(ticket)) == []
    assert not Event.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(at__gt=now).exists()
    call_command("verify_history")


def _money_adds_up():
    for item in DisputeItem.objects.all():
        parts = item.recovered_minor + item.written_off_minor + item.denied_minor + item.open_minor
        assert item.disputed_minor == parts
    assert Transfer.objects.count() > 0
    call_command("balance_ledger")


def _it_is_a_varied_past():
    lived = Ticket.objects.values_list("jurisdiction", "cardholder__language")
    assert {law for law, _language in lived} == {"us", "cn", "gb", "eu"}
    assert {language for _law, language in lived} == {"en", "zh-hans"}
    assert Deadline.objects.filter(breached_at__isnull=False, severity="statutory").exists()
    assert len(mail.outbox) > 20


@pytest.mark.django_db
def test_the_same_people_live_there_each_time():
    today = date(2026, 3, 2)

    first = [str(one) for one in people.settle(12, Random(7), today)]
    count = CardTransaction.objects.count()
    again = [str(one) for one in people.settle(12, Random(7), today)]

    assert first == again
    assert CardTransaction.objects.count() == count


def test_each_matter_has_words_and_merchants_in_both_places():
    for reason, row in TABLE.items():
        assert row["en"], reason
        assert row["zh"], reason
        assert row["us"], reason
        assert row["cn"], reason
