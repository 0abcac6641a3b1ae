"""The virus scanner: asked in its own protocol, believed, and never skipped when it is silent."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kernel.errors import NotNow, Unfit
from tests.snapshot import snapshot
from tests.tickets import cases
from tests.tickets.test_attachments import PDF, attach

pytestmark = pytest.mark.django_db


@dataclass
class Clamd:
    """A scanner that reads INSTREAM as clamd does, keeps what it was sent, and gives a verdict."""

    verdict: bytes | None = b"stream: OK\x00"
    heard: list[bytes] = field(default_factory=list)
    words: list[bytes] = field(default_factory=list)

    def answer(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as sent:
            self.words.append(sent.read(len(b"zINSTREAM\x00")))
            content = b""
            while size := struct.unpack(">I", sent.read(4))[0]:
                content += sent.read(size)
            self.heard.append(content)
            if self.verdict is not None:
                line.sendall(self.verdict)


@pytest.fixture
def clamd(settings) -> Iterator[Clamd]:
    scanner = Clamd()
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.SCANNER = f"127.0.0.1:{door.getsockname()[1]}"
        worker = threading.Thread(target=_serve, args=(door, scanner.answer), daemon=True)
        worker.start()
        yield scanner
        door.shutdown(socket.SHUT_RDWR)
    worker.join(timeout=5)


def _serve(door: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            line, _address = door.accept()
        except OSError:
            return
        answer(line)


def test_a_clean_file_is_kept_and_the_scanner_saw_every_byte(clamd: Clamd):
    content = PDF + b"0" * 150_000

    row = attach(cases.enquiry(), content=content)

    assert clamd.words == [b"zINSTREAM\x00"]
    assert clamd.heard == [content]
    assert row.size_bytes == len(content)


def test_malware_is_not_kept(clamd: Clamd):
    clamd.verdict = b"stream: Eicar-Test-OK-Signature FOUND\x00"
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        attach(ticket)

    assert refusal.value.code == "malware"
    assert snapshot() == before


@pytest.mark.parametrize(
    "verdict", [None, b"", b"INSTREAM size limit exceeded. ERROR\x00", b"\xff\xfe"]
)
def test_nothing_is_taken_unscanned(clamd: Clamd, verdict):
    clamd.verdict = verdict
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        attach(ticket)

    assert refusal.value.code == "scanner_silent"
    assert snapshot() == before


def test_nor_when_nobody_is_at_home(settings):
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.SCANNER = f"127.0.0.1:{door.getsockname()[1]}"

    with pytest.raises(NotNow) as refusal:
        attach(cases.enquiry())

    assert refusal.value.code == "scanner_silent"


def test_known_bytes_are_not_scanned_again(clamd: Clamd):
    ticket = cases.enquiry()
    first = attach(ticket)

    assert attach(ticket) == first
    assert len(clamd.heard) == 1


def test_a_file_that_is_refused_anyway_is_not_sent_to_the_scanner(clamd: Clamd):
    with pytest.raises(Unfit):
        attach(cases.enquiry(), "a.png")

    assert clamd.heard == []
