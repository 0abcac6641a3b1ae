"""Files: what they are is proved from their bytes, and each is kept once."""

from __future__ import annotations

import hashlib

import pytest
from django.utils import timezone

from kernel.errors import NotNow, Unfit
from tests import make
from tests.snapshot import snapshot
from tests.tickets import cases
from tickets import attachments
from tickets.models import Attachment, Event, Ticket

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 20 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
PDF = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n%%EOF"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 20
MIF1 = b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + b"\x00" * 20
AVIF = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\x00" * 20


def attach(ticket: Ticket, name: str = "slip.pdf", content: bytes = PDF, **fields) -> Attachment:
    return attachments.attach(
        ticket, name=name, content=content,
        **{"actor": cases.holder_of(ticket), "at": timezone.now(), **fields},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "claimed", "found"),
    [
        ("a.pdf", PDF, "application/pdf", "application/pdf"),
        ("a.PDF", PDF, "", "application/pdf"),
        ("a.jpg", JPEG, "image/jpeg", "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpg", "image/jpeg"),
        ("a.png", PNG, "image/png", "image/png"),
        ("a.heic", HEIC, "image/heic", "image/heic"),
        ("a.heic", MIF1, "application/octet-stream", "image/heic"),
        ("a.heif", HEIC, "image/heif", "image/heic"),
        ("a.txt", b"The shop refuses.", "text/plain", "text/plain"),
        ("a.txt", "商家拒绝退款。".encode(), "", "text/plain"),
        ("a.txt", b"1 < 2, and so on", "", "text/plain"),
    ],
)
def test_what_people_send_is_taken_for_what_it_is(name, content, claimed, found):
    row = attach(cases.enquiry(), name, content, claimed_type=claimed)

    assert (row.media_type, row.size_bytes, row.name) == (found, len(content), name)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"<!doctype html><script>1</script>"), ("a.txt", b"  \n<html>"),
        ("a.txt", b"\xef\xbb\xbf<svg onload=alert(1)>"), ("a.png", b"<svg xmlns='x'/>"),
        ("a.txt", b"hello <script>alert(1)</script>"), ("a.txt", "<html>".encode("utf-16")),
        ("a.txt", b"#!/bin/sh\nrm -rf /"), ("a.txt", b"{\\rtf1 x}"),
        ("a.txt", b"<?xml version='1.0'?><a/>"), ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("a.png", b"\x7fELF\x02\x01\x01\x00"), ("a.pdf", b"PK\x03\x04\x14\x00\x00\x00"),
        ("a.png", b"GIF89a\x01\x00\x01\x00"), ("a.heic", AVIF), ("a.txt", b"a\x00b"),
        ("a.txt", "商家".encode("gbk")), ("a.pdf", b"<!--%PDF-1.4\n--><script>1</script>"),
    ],
)  # fmt: skip
def test_what_a_browser_or_a_machine_would_run_is_refused(name, content):
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        attach(ticket, name, content)

    assert refusal.value.code == "file_type_refused"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("name", "content", "claimed"),
    [
        ("a.png", JPEG, ""), ("a.pdf", JPEG, "application/pdf"), ("a.jpg", JPEG, "image/png"),
        ("a.html", JPEG + b"<script>alert(1)</script>", ""), ("a", PDF, ""),
        ("a.pdf.exe", PDF, ""), ("a.pdf", b"%PDF-1.4<script>", "text/html"),
        ("a.svg", PNG, "image/svg+xml"), ("a.pdf", b"only words", ""),
    ],
)  # fmt: skip
def test_a_file_that_lies_about_itself_is_refused(name, content, claimed):
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        attach(ticket, name, content, claimed_type=claimed)

    assert refusal.value.code == "file_type_lies"
    assert snapshot() == before


def test_a_polyglot_is_kept_as_what_its_first_bytes_are_and_never_as_a_page():
    row = attach(cases.enquiry(), "a.jpg", JPEG + b"<script>alert(1)</script>")

    assert row.media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file_empty"), (PDF + b"0" * 64, "file_too_large")]
)
def test_nothing_and_too_much_are_refused(content, code, settings):
    settings.ATTACHMENT_BYTES = len(PDF) + 63
    ticket = cases.enquiry()

    with pytest.raises(Unfit) as refusal:
        attach(ticket, content=content)

    assert refusal.value.code == code
    assert attach(ticket, content=PDF + b"0" * 63).size_bytes == len(PDF) + 63


def test_the_same_bytes_are_kept_once_a_case():
    ticket, other = cases.enquiry(), cases.enquiry()
    first = attach(ticket, "slip.pdf")

    again = attach(ticket, "again.pdf", actor=make.clerk())
    elsewhere = attach(other)

    assert again == first
    assert (ticket.attachments.count(), other.attachments.count()) == (1, 1)
    assert Event.objects.filter(ticket=ticket, name="ticket.attach").count() == 1
    assert elsewhere.file.name != first.file.name


def test_a_case_has_files_enough(settings):
    settings.ATTACHMENTS_A_CASE = 2
    ticket = cases.enquiry()
    first = attach(ticket, content=PDF + b"1")
    attach(ticket, content=PDF + b"2")
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        attach(ticket, content=PDF + b"3")

    assert refusal.value.code == "evidence_limit_reached"
    assert snapshot() == before
    assert attach(ticket, content=PDF + b"1") == first


def test_a_closed_case_takes_no_file():
    ticket = cases.enquiry("closed")
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        attach(ticket)

    assert refusal.value.code == "case_closed"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\Users\\ada\\slip.pdf", "slip.pdf"),
        ("a\x00b\r\n\u202ec.pdf", "abc.pdf"), ("4111 1111 1111 1111.pdf", "[card ••••1111].pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"), ("收据.pdf", "收据.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_path_tricks_or_numbers(typed, shown):
    row = attach(cases.enquiry(), typed)

    assert row.name == shown
    assert "pdf" not in row.file.name


def test_history_keeps_the_sum_of_the_file_not_its_name():
    ticket = cases.enquiry()
    row = attach(ticket, "my secret.pdf", purpose="receipt")

    assert Event.objects.get(ticket=ticket, name="ticket.attach").facts == {
        "attachment": row.ref, "sha256": row.sha256, "purpose": "receipt",
    }  # fmt: skip
