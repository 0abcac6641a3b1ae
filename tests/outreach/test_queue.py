from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from outreach import services as outreach
from outreach.models import Notice, Position
from outreach.queue import OVERLAP, queue, skip
from tests import make
from tests.outreach.letters import NOON, Case
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def test_one_notice_an_event_and_channel(mailoutbox):
    case = Case("en")

    outreach.deliver(NOON)
    outreach.deliver(NOON)
    outreach.deliver(NOON + 2 * OVERLAP)

    assert len(mailoutbox) == 1
    notice = Notice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            event=notice.event, ticket=case.row.ticket, ref="N-2", channel="email",
            letter="file", language="en", created_at=NOON, due_at=NOON,
        )  # fmt: skip


def test_nobody_to_write_to_is_told_and_mended_by_an_address(mailoutbox):
    holder = make.cardholder(email="", postal_address=" ")
    case = make.filed(holder, at=NOON)
    outreach.deliver(NOON)
    notice = Notice.objects.get()
    assert (notice.state, mailoutbox) == ("undeliverable", [])
    alert = Ticket.objects.get(pk=case.ticket_id).alert
    assert alert == f"letter {notice.ref} cannot leave: no address"

    holder.email = "ada@mail.example"
    holder.save()
    outreach.deliver(NOON + MINUTE)

    assert Notice.objects.get().state == "sent"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("preferred", "email_address", "postal", "channel"),
    [
        ("email", "a@b.example", "Street 1", "email"),
        ("post", "a@b.example", "Street 1", "post"),
        ("email", "", "Street 1", "post"),
        ("post", "a@b.example", "", "email"),
    ],
)
def test_channel_is_the_preferred_one_that_reaches(preferred, email_address, postal, channel):
    holder = make.cardholder(
        preferred_channel=preferred, email=email_address, postal_address=postal
    )
    make.filed(holder, at=NOON)

    outreach.deliver(NOON)

    assert Notice.objects.get().channel == channel


def test_event_that_becomes_visible_late_is_still_told(mailoutbox):
    late, early = Case("en"), Case("en")
    event = Event.objects.get(ticket=late.row.ticket, name="dispute.file")
    outreach.deliver(NOON)
    # As if the first case had been committed only now: its number is the smaller one.
    Notice.objects.filter(event=event).delete()

    outreach.deliver(NOON + MINUTE)

    assert Notice.objects.get(event=event).state == "sent"
    assert Notice.objects.filter(ticket=early.row.ticket).count() == 1


def test_position_follows_once_nothing_smaller_can_appear():
    Case("en")
    newest = Event.objects.order_by("pk").last().pk
    queue(NOON)
    assert (Position.objects.get().floor, Position.objects.get().seen) == (0, newest)

    queue(NOON + OVERLAP)

    assert Position.objects.get().floor == newest


def test_imported_history_is_not_told(mailoutbox):
    Case("en")
    skip(NOON)

    outreach.deliver(NOON)

    assert (mailoutbox, Notice.objects.count()) == ([], 0)


def test_many_events_are_queued_batch_by_batch():
    Case("en").press("acknowledge").lend()

    assert [queue(NOON, batch=2), queue(NOON, batch=2), queue(NOON, batch=2)] == [2, 1, 0]
    assert Notice.objects.count() == 3


def test_more_than_a_batch_leaves_in_one_go(monkeypatch, mailoutbox):
    monkeypatch.setattr(outreach, "BATCH", 1)
    monkeypatch.setattr(outreach, "queue", lambda at: queue(at, batch=1))
    Case("en").press("acknowledge").lend()

    outreach.deliver(NOON)

    assert len(mailoutbox) == 3
