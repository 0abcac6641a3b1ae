"""Which door a mail goes through: new case, answer, person, nowhere. Only our tokens thread."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outreach import reply_addresses
from outreach.blocks import parse
from outreach.channels import email
from outreach.models import Notice
from outreach.queue import draft
from tests import make
from tests.intake.mails import CORPUS, NIGHT, ada, eml, take
from tickets import services as tickets
from tickets.models import Event, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def open_case(holder=None) -> Ticket:
    return make.filed(holder or ada(), at=NIGHT - timedelta(days=1)).ticket


def letter(ticket: Ticket, **fields: object) -> Notice:
    """A letter of the case that has left."""
    row = draft(Event.objects.get(ticket=ticket, name="dispute.file"), "email", at=NIGHT)
    row.state, row.sent_at = "sent", NIGHT
    row.save()
    return row


def test_a_mail_of_the_night_starts_the_clock_of_the_night():
    ada()

    row = take(eml())

    assert (row.ticket.received_at, row.ticket.source) == (NIGHT, "email")
    assert (row.ticket.external_ref, row.message.at) == (row.ref, NIGHT)
    assert row.ticket.messages.get() == row.message


def test_letters_ask_for_answers_to_an_address_of_their_case(mailoutbox):
    ticket = open_case()

    email.send(letter(ticket), parse("Subject: Hello\nDear Ada,\n"), at=NIGHT)

    (address,) = mailoutbox[0].reply_to
    assert address.startswith(f"case+{ticket.reference.lower()}.")
    assert reply_addresses.read(address.upper()) == ticket.reference
    assert len(address.partition("@")[0]) <= 64


def test_without_a_mail_address_nobody_is_asked_to_answer_there(settings):
    settings.MAIL_ADDRESS = ""

    assert reply_addresses.of("D-7KQ4M-19XZ2-4") == ""
    assert reply_addresses.read("case+x@recourse.example") is None


@pytest.mark.parametrize("header", ["to", "cc", "delivered_to", "x_original_to"])
def test_an_answer_to_the_address_of_a_case_is_its_message(header):
    ticket = open_case()

    row = take(eml("Here is more.", **{header: reply_addresses.of(ticket.reference)}))

    assert (row.outcome, row.ticket, row.message.direction) == ("message", ticket, "in")
    assert (row.message.at, row.message.actor_kind) == (NIGHT, "cardholder")


@pytest.mark.parametrize("header", ["in_reply_to", "references"])
def test_an_answer_to_our_letters_own_number_is_its_message(header):
    ticket = open_case()
    number = f"<x@y.example> <{letter(ticket).ref}@recourse.example>"

    assert take(eml("More.", **{header: number})).ticket == ticket


def test_an_answer_lets_a_case_that_waited_for_it_go_on():
    ticket = open_case()
    tickets.wait(ticket, actor=make.clerk(), at=NIGHT, on="cardholder", wanted="slip", until=None)

    take(eml("Here it is.", to=reply_addresses.of(ticket.reference)))

    assert Ticket.objects.get(pk=ticket.pk).state == "open"


@pytest.mark.parametrize("sender", ["mallory@evil.example", "ben@mail.example"])
def test_an_answer_of_somebody_else_waits_for_a_person(sender):
    ticket = open_case()
    make.cardholder(email="ben@mail.example")

    row = take(eml("Close it.", sender=sender, to=reply_addresses.of(ticket.reference)))

    assert (row.state, row.why, row.ticket) == ("quarantined", "strangers_reply", None)
    assert not Message.objects.filter(ticket=ticket, body__contains="Close").exists()


def test_a_token_of_another_case_opens_no_case():
    one, other = open_case(), open_case(make.cardholder())
    token = reply_addresses.of(one.reference).partition(".")[2]

    row = take(eml(to=f"case+{other.reference.lower()}.{token}"))

    assert (row.state, row.why) == ("quarantined", "forged_reply")


def test_an_answer_to_two_cases_waits_for_a_person():
    holder = ada()
    both = [reply_addresses.of(open_case(holder).reference) for _case in range(2)]

    assert take(eml(to=", ".join(both))).why == "several_cases"


def test_an_answer_to_a_closed_case_waits_for_a_person():
    ticket = open_case()
    Ticket.objects.filter(pk=ticket.pk).update(state="closed")

    assert take(eml(to=reply_addresses.of(ticket.reference))).why == "case_closed"


def test_a_subject_alone_threads_nothing():
    ticket = open_case()

    row = take(eml(subject=f"Re: {ticket.reference}"))

    assert row.outcome == "case"
    assert row.ticket != ticket


def test_two_that_answer_each_other_stop_at_the_budget(settings):
    settings.MAIL_AN_HOUR = 2
    ticket = open_case()
    address = reply_addresses.of(ticket.reference)

    rows = [take(eml(f"No. {number}", to=address)) for number in range(3)]
    later = take(eml("An hour on", to=address), at=NIGHT + timedelta(hours=1))

    assert [row.why for row in rows] == ["", "", "too_many"]
    assert later.state == "taken"


def test_our_own_servers_doubt_is_heeded_and_a_senders_own_is_not(settings):
    settings.MAIL_AUTHSERV = "mx.bank.example"
    ada()
    forged = b"Authentication-Results: mx.bank.example; spf=pass; dmarc=fail\r\n"
    claimed = b"Authentication-Results: mx.evil.example; dmarc=fail\r\n"

    assert take(forged + eml()).why == "not_proven"
    assert take(claimed + eml("I complain.")).state == "taken"


@pytest.mark.parametrize(("action", "why"), [("failed", "undelivered"), ("delayed", "delayed")])
def test_a_delivery_report_is_written_to_its_letter(action, why):
    ticket = open_case()
    notice = letter(ticket)
    report = (CORPUS / "delivery_report_of_unknown.eml").read_text()
    report = report.replace("N-00000-00000-0", notice.ref).replace("failed", action)

    row = take(report.encode())

    alert = f"letter {notice.ref} came back undelivered" if action == "failed" else ""
    assert (row.state, row.why) == ("refused", why)
    assert Ticket.objects.get(pk=ticket.pk).alert == alert
    assert Notice.objects.get().trouble == alert.removeprefix(f"letter {notice.ref} ")
