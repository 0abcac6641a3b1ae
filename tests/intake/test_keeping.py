"""Nothing that came is lost: kept before it is read, once, accounted for, and erased."""

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
from tests.intake.mails import CORPUS, NIGHT, STORY, ada, eml, take
from tickets import attachments
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
PDF = (CORPUS / "no_text_only_a_file.eml").read_bytes()


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
