from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from kernel.errors import NotNow
from outreach import services as outreach
from outreach.channels import Undeliverable, email, post
from outreach.models import Notice
from outreach.queue import queue
from tests.outreach.letters import NOON, Case

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def _fail(monkeypatch, trouble: BaseException, channel: object = email) -> None:
    def send(*_args: object, **_kwargs: object) -> None:
        raise trouble

    monkeypatch.setattr(channel, "send", send)


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


def test_case_that_a_letter_cannot_be_written_for_does_not_stop_the_others(monkeypatch, mailoutbox):
    broken = Case("en")
    broken.decide("lost")
    monkeypatch.setattr("disputes.reasons.DENIAL_REASONS", {})
    Case("en")

    outreach.deliver(NOON)

    assert len(mailoutbox) == 1
    stuck = Notice.objects.get(ticket=broken.row.ticket, letter="resolve_lost")
    assert (stuck.state, stuck.trouble) == ("queued", "KeyError")


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
