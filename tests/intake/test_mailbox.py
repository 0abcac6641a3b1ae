"""Fetching from a real IMAP server: marked after it is kept, and kept however often it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from intake import mailbox, services
from intake.models import RawMessage
from tests.intake.mail_server import Server, running
from tests.intake.mails import ada, eml

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings) -> Iterator[Server]:
    with running() as found:
        settings.IMAP_URL = found.url
        yield found


def fetch() -> list[RawMessage]:
    return list(mailbox.fetch(timezone.now))


@pytest.mark.imap
def test_mail_is_taken_with_the_instant_at_which_our_server_had_it(server):
    ada()
    server.deliver(eml(message_id="<1@mail.example>", date="Fri, 01 Jan 2100 00:00:00 +0000"))

    (row,) = fetch()

    assert (row.state, row.door) == ("taken", "imap")
    assert row.ticket.received_at == datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert (server.count("INBOX", "SEEN"), fetch()) == (1, [])


@pytest.mark.imap
def test_fetched_mail_moves_away_where_a_folder_is_set(server, settings):
    settings.IMAP_DONE = "Done"
    ada()
    server.deliver(eml("One. I complain."), eml("Two. I complain."))

    assert [row.state for row in fetch()] == ["taken", "taken"]
    assert (server.count("INBOX"), server.count("Done")) == (0, 2)


@pytest.mark.imap
def test_fetcher_that_dies_before_it_has_kept_leaves_the_mail_unseen(server, monkeypatch):
    server.deliver(eml())

    def broken(*_args, **_fields):
        raise DatabaseError

    monkeypatch.setattr(services, "keep", broken)
    with pytest.raises(DatabaseError):
        fetch()

    assert (server.count("INBOX", "UNSEEN"), RawMessage.objects.count()) == (1, 0)


@pytest.mark.imap
def test_fetcher_that_dies_before_it_marks_takes_the_mail_once(server, monkeypatch):
    ada()
    server.deliver(eml())
    real, broken = mailbox._mark, OSError("the line is cut")

    def cut(*_args):
        raise broken

    monkeypatch.setattr(mailbox, "_mark", cut)
    with pytest.raises(OSError, match="the line is cut"):
        fetch()
    assert RawMessage.objects.get().state == "received"
    monkeypatch.setattr(mailbox, "_mark", real)

    assert [row.state for row in fetch()] == ["duplicate"]
    assert RawMessage.objects.filter(state="taken").count() == 1
    assert services.reconcile().differences == ()


@pytest.mark.imap
def test_too_large_a_mail_stays_in_the_mailbox_and_shows(server, settings):
    settings.MAIL_BYTES = 500
    server.deliver(eml("x" * 2000))

    (row,) = fetch()

    assert (row.state, row.why, row.size_bytes) == ("quarantined", "too_large", 501)
    assert server.count("INBOX") == 1


@pytest.mark.imap
def test_the_command_counts_what_it_fetched(server, capsys):
    ada()
    server.deliver(eml("One. I complain."), eml(sender="who@nowhere.example"))

    call_command("fetch_mail")

    assert "2 fetched: 1 quarantined, 1 taken" in capsys.readouterr().out


@pytest.mark.imap
def test_a_folder_that_is_not_there_is_said(server, settings):
    settings.IMAP_URL = server.url.replace("/INBOX", "/Nowhere")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("fetch_mail")


@pytest.mark.parametrize("url", ["pop3://a:b@host", "imaps://host", "imaps:///INBOX"])
def test_an_address_that_makes_no_sense_is_said(url, settings):
    settings.IMAP_URL = url

    with pytest.raises(ImproperlyConfigured, match="RECOURSE_IMAP_URL"):
        fetch()


def test_without_a_mailbox_what_waits_is_taken(settings, capsys):
    settings.IMAP_URL = ""
    ada()
    now = timezone.now()
    services.keep(eml(), door="pipe", received_at=now, at=now)

    call_command("fetch_mail")

    assert "1 taken of those that waited" in capsys.readouterr().out
    assert RawMessage.objects.get().state == "taken"


class NarrowServer:
    """A server that cannot move, as the fetcher asks it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def capability(self) -> tuple[str, list[bytes]]:
        return "OK", [b"IMAP4rev1 UIDPLUS"]

    def uid(self, *command: str) -> tuple[str, list[bytes]]:
        self.asked.append(command)
        return "OK", []


def test_a_server_that_cannot_move_copies_and_removes_that_mail_alone(settings):
    settings.IMAP_DONE = 'My "Done"'
    box = NarrowServer()

    mailbox._mark(box, "7")

    assert box.asked == [
        ("STORE", "7", "+FLAGS.SILENT", r"(\Seen)"),
        ("COPY", "7", r'"My \"Done\""'),
        ("STORE", "7", "+FLAGS.SILENT", r"(\Deleted)"),
        ("EXPUNGE", "7"),
    ]


def test_a_mail_that_another_fetcher_moved_away_is_passed_over():
    assert mailbox._content(NarrowServer(), "7") is None


def test_an_instant_that_cannot_be_read_is_none():
    assert mailbox._instant("yesterday") is None
    assert mailbox._instant(" 2-Mar-2026 23:30:00 +0100") == datetime(
        2026, 3, 2, 22, 30, tzinfo=UTC
    )
