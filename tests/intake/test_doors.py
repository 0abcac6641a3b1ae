"""Which door a mail goes through: new case, answer, person, nowhere. Only our tokens thread."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from complaints import services as complaints
from intake import services, store
from intake.models import RawMessage
from intake.services import keeping, taking
from outreach import reply_addresses
from outreach.blocks import parse
from outreach.channels import email
from outreach.models import Notice
from outreach.queue import draft
from tests import make
from tests.intake.mails import CORPUS, NIGHT, STORY, ada, eml, take
from tickets import attachments
from tickets import services as tickets
from tickets.models import Event, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

PDF = (CORPUS / "no_text_only_a_file.eml").read_bytes()


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


def test_the_same_bytes_and_the_same_mail_by_another_way_are_taken_once():
    ada()
    mail = eml(message_id="<1@mail.example>")

    first, again, rerouted = take(mail), take(mail), take(b"Received: from elsewhere\r\n" + mail)

    assert [row.state for row in (first, again, rerouted)] == ["taken", "duplicate", "duplicate"]
    assert again.same_as == rerouted.same_as == first
    assert (again.stored_as, Ticket.objects.count()) == ("", 1)


def test_the_slower_of_two_fetchers_keeps_no_second_copy(monkeypatch):
    ada()
    first = take(eml())
    monkeypatch.setattr(keeping, "_known", _blind_once(keeping._known))

    row = services.keep(eml(), door="imap", received_at=NIGHT, at=NIGHT)

    assert (row.state, row.same_as, row.stored_as) == ("duplicate", first, "")


def _blind_once(real):
    seen = []

    def known(row):
        seen.append(row)
        return real(row) if len(seen) > 1 else None

    return known


def test_other_words_under_a_used_number_are_not_lost():
    ada()
    take(eml("First. I complain.", message_id="<1@mail.example>"))

    row = take(eml("Second. I complain.", message_id="<1@mail.example>"))

    assert (row.state, row.why) == ("quarantined", "same_id")


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


def test_while_the_scanner_is_silent_mail_with_files_waits(settings):
    ada()
    settings.SCANNER = "127.0.0.1:1"
    row = take(PDF)
    assert (row.state, row.attempts, Ticket.objects.count()) == ("received", 0, 0)

    settings.SCANNER = ""

    assert services.take_waiting(NIGHT + timedelta(hours=9)) == 1
    assert RawMessage.objects.get().ticket.received_at == NIGHT


def test_what_the_scanner_finds_stays_out_and_is_said(monkeypatch):
    ada()

    def found(_content):
        raise attachments.Unfit("malware", "The file holds malware and was not kept.")

    monkeypatch.setattr(attachments, "_scan", found)
    row = take(PDF)

    assert row.ticket.attachments.count() == 0
    assert "malware" in row.ticket.messages.get(direction="note").body


def test_a_mail_on_which_we_break_down_stops_no_other(monkeypatch):
    ada()
    monkeypatch.setattr(taking, "judge", lambda *_given: 1 / 0)
    row = services.keep(eml(), door="pipe", received_at=NIGHT, at=NIGHT)
    for attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            services.take(row, at=NIGHT + attempt * taking.CLAIM)
        assert services.take(row, at=NIGHT + attempt * taking.CLAIM).state == "received"

    row = services.take(row, at=NIGHT + 3 * taking.CLAIM)

    assert (row.state, row.why) == ("quarantined", "unreadable")


def test_what_the_case_refuses_waits_for_a_person(monkeypatch):
    ada()

    def refusing(*_given, **_more):
        raise attachments.Unfit("unfit", "Not so.")

    monkeypatch.setattr(complaints, "receive", refusing)
    row = take(eml())

    assert (row.state, row.why, row.because) == ("quarantined", "not_accepted", "Not so.")


def receive(content: bytes) -> int:
    try:
        call_command("receive_mail", stdin=BytesIO(content))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_pipe_says_whether_it_is_kept(monkeypatch, capsys):
    ada()
    assert receive(eml()) == os.EX_OK
    assert "taken case" in capsys.readouterr().out

    def broken(*_given, **_more):
        raise DatabaseError

    monkeypatch.setattr(services, "take", broken)
    assert receive(eml("Kept, not read.")) == os.EX_OK
    monkeypatch.setattr(taking, "judge", lambda *_given: 1 / 0)
    monkeypatch.setattr(services, "keep", broken)
    assert receive(eml("Not kept.")) == os.EX_TEMPFAIL
    assert RawMessage.objects.count() == 2


def test_a_fault_after_keeping_makes_no_bounce(monkeypatch):
    monkeypatch.setattr(services, "take", lambda *_given, **_more: 1 / 0)

    assert receive(eml()) == os.EX_OK
    assert RawMessage.objects.get().state == "received"


def test_raw_mail_is_for_the_server_alone_and_goes_when_erased():
    ada()
    row = take(eml(STORY))
    path = store._storage().path(row.stored_as)
    assert os.stat(path).st_mode & 0o077 == 0
    assert configured.STORAGES["mail"]["OPTIONS"]["file_permissions_mode"] == 0o600

    call_command("erase_mail", row.ref)

    gone = RawMessage.objects.get()
    assert not os.path.exists(path)
    assert (gone.sender, gone.subject, gone.header_id, gone.stored_as) == ("", "", "", "")
    assert gone.message.body.endswith(STORY)
    assert services.reconcile().differences == ()
    assert take(eml(STORY)).state == "duplicate"


def test_erasing_by_age_leaves_what_waits(capsys):
    ada()
    take(eml())
    take(eml(sender="who@nowhere.example"))

    call_command("erase_mail", older_than=1)

    assert "1 erased" in capsys.readouterr().out
    assert RawMessage.objects.get(erased_at=None).state == "quarantined"
    with pytest.raises(CommandError, match="Name mails"):
        call_command("erase_mail")


def test_reconciling_says_what_is_missing(capsys):
    ada()
    row = take(eml())
    call_command("reconcile_mail")
    assert "Nothing is lost" in capsys.readouterr().out
    store.drop(row.stored_as)
    RawMessage.objects.filter(pk=row.pk).update(
        state="refused", outcome="", why="by_hand", ticket=None
    )

    with pytest.raises(CommandError, match="2 differences"):
        call_command("reconcile_mail")

    told = capsys.readouterr().err
    assert f"{row.ref} has lost its bytes" in told
    assert "came from no mail" in told


def test_two_mails_cannot_claim_one_message():
    ada()
    first, second = take(eml("One. I complain.")), take(eml("Two. I complain."))
    RawMessage.objects.filter(pk=second.pk).update(ticket=first.ticket)

    found = services.reconcile().differences

    assert "2 came in and 1 are accounted for" in found
