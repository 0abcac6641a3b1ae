from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from disputes import services
from kernel.errors import NotNow
from outreach import services as outreach
from outreach.channels import Undeliverable, email, post
from outreach.models import Notice, Position
from outreach.queue import OVERLAP, queue, skip
from tests import make
from tests.outreach.letters import NOON, Case
from tickets.models import Deadline, Event, Ticket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def _fail(monkeypatch, trouble: BaseException, channel: object = email) -> None:
    def send(*_args: object, **_kwargs: object) -> None:
        raise trouble

    monkeypatch.setattr(channel, "send", send)


def _stop(case: Case) -> None:
    services.stop(case.row, actor=make.clerk("lead"), at=case.at, because="wrong file")


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


def test_letter_is_on_record_with_its_proof(mailoutbox):
    case = Case("en")

    notice = case.letter()

    assert (notice.sent_at, notice.settled_at, notice.attempts) == (NOON, NOON, 1)
    assert notice.sent_to == "a•••@mail.example"
    assert len(notice.sha256) == 64
    event = Event.objects.get(name="notice.sent")
    assert event.facts == {"notice": notice.ref, "letter": "file", "channel": "email"}


def test_deadline_is_met_when_the_letter_leaves_not_when_the_button_is_pressed():
    case = Case("en").press("acknowledge")
    due = Deadline.objects.filter(ticket=case.row.ticket, rule="US-REGZ-13C1-ACK-30D")
    assert due.get().state == "running"

    case.later(3).letter()

    assert (due.get().state, due.get().met_at) == ("met", NOON + timedelta(days=3))
    assert due.get().breached_at is None


def test_letter_that_leaves_late_leaves_the_breach_on_record():
    case = Case("en").press("acknowledge")

    case.later(31).letter()

    row = Deadline.objects.get(ticket=case.row.ticket, rule="US-REGZ-13C1-ACK-30D")
    assert row.state == "met"
    assert row.breached_at == row.due_at


def test_claim_is_resolved_when_its_letter_leaves():
    case = Case("en").decide("won", 12_900)
    assert case.row.state == "resolving"

    case.letter()

    assert (case.row.state, case.row.told_at) == ("resolved", NOON)
    assert case.row.ticket.state == "resolved"
    row = Deadline.objects.get(ticket=case.row.ticket, rule="US-REGZ-13C2-RESOLVE-2CYC-90D")
    assert (row.state, row.met_at) == ("met", NOON)


def test_stopped_decision_sends_no_letter(mailoutbox):
    case = Case("en").decide("lost")
    _stop(case)

    notice = case.letter()

    assert notice.state == "cancelled"
    assert [one.subject for one in mailoutbox if "answer" in one.subject] == []
    assert case.row.state == "investigating"


def test_decision_stopped_in_flight_alerts_the_lead(monkeypatch):
    case = Case("en").decide("lost")
    send = email.send

    def stop_meanwhile(notice, letter, *, at):
        _stop(case)
        return send(notice, letter, at=at)

    monkeypatch.setattr(email, "send", stop_meanwhile)
    notice = case.letter()

    assert notice.state == "sent"
    assert case.row.state == "investigating"
    assert case.row.ticket.alert == f"letter {notice.ref} left although its decision was stopped"


def test_reversal_stopped_for_one_item_still_announces_the_other(mailoutbox):
    case = Case("en", items=2, minor=20_000).lend().press("grant_credit", item=2)
    case.press("announce_reversal", item=1).press("announce_reversal", item=2)
    case.press("stop_reversal", item=2)

    case.letter()

    found = Notice.objects.filter(letter="announce_reversal").order_by("id")
    assert [(one.event.facts["item"], one.state) for one in found] == [
        (1, "sent"),
        (2, "cancelled"),
    ]


def test_letters_of_a_case_leave_in_order(mailoutbox):
    Case("en").press("acknowledge").lend().letter()

    assert [one.letter for one in Notice.objects.order_by("sent_at", "id")] == [
        "file", "acknowledge", "grant_credit",
    ]  # fmt: skip
    assert ["received" in mailoutbox[0].subject, "credited" in mailoutbox[2].subject] == [
        True,
        True,
    ]


def test_trouble_is_tried_again_later(monkeypatch, mailoutbox):
    Case("en")
    with monkeypatch.context() as broken:
        _fail(broken, ConnectionRefusedError("ada@mail.example"))
        outreach.deliver(NOON)
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts, notice.due_at) == ("queued", 1, NOON + MINUTE)
    assert notice.trouble == "ConnectionRefusedError"

    outreach.deliver(NOON + MINUTE / 2)
    assert mailoutbox == []
    outreach.deliver(NOON + MINUTE)

    assert Notice.objects.get().state == "sent"
    assert len(mailoutbox) == 1


def test_after_the_last_try_the_letter_goes_by_post(monkeypatch, settings):
    _fail(monkeypatch, OSError())
    Case("en")
    at = NOON
    for wait in (timedelta(0), *outreach.BACK_OFF):
        at += wait
        outreach.deliver(at)

    by_mail, by_post = Notice.objects.order_by("id")
    assert (by_mail.state, by_mail.attempts) == ("failed", 8)
    assert (by_post.channel, by_post.state) == ("post", "sent")
    assert (settings.POST_SPOOL / f"{by_post.ref}.pdf").is_file()


def test_refused_address_goes_by_post_at_once(monkeypatch):
    refused = smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})
    monkeypatch.setattr(mail.EmailMessage, "send", lambda _self: (_ for _ in ()).throw(refused))
    Case("en")

    outreach.deliver(NOON)

    states = Notice.objects.order_by("id").values_list("channel", "state", "trouble")
    assert list(states) == [
        ("email", "failed", "the mail server refuses the address"),
        ("post", "sent", ""),
    ]


def test_busy_mail_server_is_no_refusal(monkeypatch):
    busy = smtplib.SMTPRecipientsRefused({"x": (451, b"try later")})
    monkeypatch.setattr(mail.EmailMessage, "send", lambda _self: (_ for _ in ()).throw(busy))
    Case("en")

    outreach.deliver(NOON)

    notice = Notice.objects.get()
    assert (notice.state, notice.trouble) == ("queued", "SMTPRecipientsRefused")


def test_letter_that_cannot_leave_at_all_is_told_and_can_be_sent_again(monkeypatch):
    case = Case("en")
    with monkeypatch.context() as broken:
        _fail(broken, Undeliverable("the mail server refuses the address"))
        _fail(broken, Undeliverable("no postal address"), post)
        outreach.deliver(NOON)
    stuck = Notice.objects.get(channel="post")
    assert stuck.state == "failed"
    assert case.row.ticket.alert == f"letter {stuck.ref} could not leave: no postal address"

    outreach.send_again(stuck, actor=case.finance, at=NOON)
    outreach.deliver(NOON)

    assert Notice.objects.get(pk=stuck.pk).state == "sent"
    with pytest.raises(NotNow, match="has left already"):
        outreach.send_again(stuck, actor=case.finance, at=NOON)


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


def test_dead_workers_letter_is_taken_up_after_the_lease(mailoutbox):
    Case("en")
    queue(NOON)
    dead = outreach._claim(NOON)

    outreach.deliver(NOON + outreach.LEASE - MINUTE)
    assert mailoutbox == []
    outreach.deliver(NOON + outreach.LEASE)

    notice = Notice.objects.get()
    assert (notice.state, notice.attempts, len(mailoutbox)) == ("sent", 2, 1)
    assert notice.claim != dead.claim


def test_worker_that_lost_its_claim_neither_sends_nor_marks(mailoutbox):
    Case("en")
    queue(NOON)
    slow = outreach._claim(NOON)
    quick = outreach._claim(NOON + outreach.LEASE)

    outreach._send(slow, NOON + outreach.LEASE)

    assert mailoutbox == []
    assert Notice.objects.get().claim == quick.claim
    assert Notice.objects.get().state == "sending"


def test_letter_that_kills_every_worker_is_given_up():
    Case("en")
    queue(NOON)
    at = NOON
    for _attempt in range(len(outreach.BACK_OFF) + 1):
        outreach._claim(at)
        at += outreach.LEASE

    outreach.deliver(at)

    killer = Notice.objects.get(channel="email")
    assert (killer.state, killer.trouble) == ("failed", "no worker survived it")
    assert Notice.objects.get(channel="post").state == "sent"


def test_effects_that_were_cut_off_are_finished_without_a_second_letter(monkeypatch, mailoutbox):
    case = Case("en").decide("won", 12_900)
    with monkeypatch.context() as broken:
        broken.setattr(outreach, "_settle", lambda _pk, _at: False)
        outreach.deliver(NOON)
    assert case.row.state == "resolving"

    outreach.deliver(NOON + MINUTE)

    assert (case.row.state, case.row.told_at) == ("resolved", NOON)
    assert len(mailoutbox) == 1


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


def test_limit_bounds_one_run(mailoutbox):
    Case("en").press("acknowledge").lend()

    assert outreach.deliver(NOON, limit=1) == 1
    assert len(mailoutbox) == 1
    assert outreach.deliver(NOON) == 2
    assert outreach.deliver(NOON) == 0


def test_case_that_a_letter_cannot_be_written_for_does_not_stop_the_others(monkeypatch, mailoutbox):
    broken = Case("en")
    broken.decide("lost")
    monkeypatch.setattr("disputes.reasons.DENIAL_REASONS", {})
    Case("en")

    outreach.deliver(NOON)

    assert len(mailoutbox) == 1
    stuck = Notice.objects.get(ticket=broken.row.ticket, letter="resolve_lost")
    assert (stuck.state, stuck.trouble) == ("queued", "KeyError")


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


@pytest.mark.parametrize("answer", [None, Undeliverable("refused")])
def test_worker_that_lost_its_claim_while_sending_marks_nothing(monkeypatch, answer):
    Case("en")
    send = email.send

    def taken_over(notice, letter, *, at):
        Notice.objects.filter(pk=notice.pk).update(claim="another")
        if answer:
            raise answer
        return send(notice, letter, at=at)

    monkeypatch.setattr(email, "send", taken_over)
    outreach.deliver(NOON)

    notice = Notice.objects.get()
    assert (notice.state, notice.sent_at, notice.claim) == ("sending", None, "another")


def test_effects_follow_once():
    notice = Case("en").letter()

    assert outreach._settle(notice.pk, NOON) is False
    assert Event.objects.filter(name="notice.sent").count() == 1
