from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from outreach.blocks import parse
from outreach.channels import Undeliverable, email, post
from outreach.models import Notice, Position
from outreach.queue import draft, queue
from tests import make
from tests.outreach.letters import NOON, Case
from tickets.models import Event

pytestmark = pytest.mark.django_db

LETTER = parse("Subject: Two\u2028lines\nDear Ada,\n")


def _notice(channel: str, **fields: str) -> Notice:
    make.filed(make.cardholder(**fields), at=NOON)
    notice = draft(Event.objects.get(name="dispute.file"), channel, at=NOON)
    notice.ticket = notice.event.ticket
    return notice


def test_email_carries_its_own_stable_id_and_asks_for_no_automatic_answer(mailoutbox, settings):
    settings.REPLY_TO_EMAIL = "desk@bank.example"
    settings.DEFAULT_FROM_EMAIL = "Example Bank <letters@bank.example>"
    notice = _notice("email", email="ada@mail.example", language="zh-hans")

    receipt = email.send(notice, LETTER, at=NOON)

    (sent,) = mailoutbox
    headers = sent.message()
    assert headers["Message-ID"] == f"<{notice.ref}@bank.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "zh-hans"
    assert (sent.to, sent.reply_to, sent.subject) == (
        ["ada@mail.example"], ["desk@bank.example"], "Two lines",
    )  # fmt: skip
    assert receipt.sha256 == hashlib.sha256(b"Dear Ada,\n").hexdigest()
    assert receipt.sent_to == "a•••@mail.example"


@pytest.mark.parametrize(
    "address", ["ada@mail.example\nBcc: all@bank.example", "ada", "ada@mail.example, b@c.example"]
)
def test_address_that_is_none_adds_no_header(address, mailoutbox):
    with pytest.raises(Undeliverable, match="not an address"):
        email.send(_notice("email", email=address), LETTER, at=NOON)

    assert mailoutbox == []


@pytest.mark.parametrize(("reply_to", "says"), [("desk@bank.example", True), ("", False)])
def test_letter_offers_a_reply_only_where_one_arrives(reply_to, says, settings):
    settings.REPLY_TO_EMAIL = reply_to

    assert ("simply reply to this e-mail" in Case("en").letter().body) is says


def test_post_puts_one_whole_file_in_the_spool(settings):
    notice = _notice("post")
    pdf = settings.POST_SPOOL / f"{notice.ref}.pdf"

    first = post.send(notice, LETTER, at=NOON)
    second = post.send(notice, LETTER, at=NOON)

    assert first == second
    assert list(settings.POST_SPOOL.iterdir()) == [pdf]
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() == first.sha256


def test_post_without_an_address_is_undeliverable(settings):
    with pytest.raises(Undeliverable, match="no postal address"):
        post.send(_notice("post", postal_address=" \n"), LETTER, at=NOON)

    assert not Path(settings.POST_SPOOL).exists()


@pytest.mark.parametrize(("jurisdiction", "box"), [("us", b"612 792"), ("gb", b"595.27")])
def test_paper_is_the_countrys_own(jurisdiction, box, settings):
    notice = _notice("post", jurisdiction=jurisdiction)

    post.send(notice, LETTER, at=NOON)

    assert box in (settings.POST_SPOOL / f"{notice.ref}.pdf").read_bytes()


def test_rows_name_themselves_without_saying_whose_they_are():
    notice = _notice("email")
    queue(NOON)

    assert str(notice) == notice.ref
    assert str(Position.objects.get()) == "letters 0"
