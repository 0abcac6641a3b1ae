"""What nobody should send, each with its exact answer; nothing ever ends in a 500."""

from __future__ import annotations

import io
import json
import logging
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config.problem_types import PROBLEM_TYPES
from disputes.models import Dispute
from tests.api.conftest import claim, system
from tickets.models import Attachment, Message

pytestmark = pytest.mark.django_db

URL = "/api/v1/disputes"
HOSTILE = {
    "emoji": "Refund 💳🧾 please 👩‍👩‍👧‍👦",
    "right to left": "לא קיבלתי את החבילה \u202egnp.exe",
    "html": "<script>alert(1)</script><b onclick=x>&amp;",
    "template": "{{ 7*7 }}{% include 'x' %}${7*7}<%= 7*7 %>#{7*7}",
    "sql": "'; DROP TABLE tickets_ticket; --",
    "chinese": "我没有收到货物,商户不回复。",
}


def code(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"http://testserver/api/v1/docs/problems#{problem['code']}"
    assert problem["code"] in PROBLEM_TYPES
    assert problem["request_id"] == answer["X-Request-ID"]
    return answer.status_code, problem["code"]


def raw(me: Any, body: bytes, content_type: str = "application/json") -> Any:
    return me.generic(
        "POST", URL, body, content_type=content_type, HTTP_IDEMPOTENCY_KEY="k"
    )  # fmt: skip


@pytest.fixture
def case(me, charge) -> str:
    return f"/api/v1/cases/{me.post(URL, claim(charge)).json()['reference']}"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_strange_text_is_kept_as_it_is(me, charge, text):
    filed = me.post(URL, claim(charge, reason="other", answers={"story": text}, story=text)).json()
    path = f"/api/v1/cases/{filed['reference']}"
    written = me.post(f"{path}/messages", {"body": text})

    assert filed["answers"] == {"story": text}
    assert written.json()["body"] == text
    assert written["Content-Type"] == "application/json"
    assert [row["body"] for row in me.get(f"{path}/messages").json()["data"]] == [text, text]
    me.post(f"{path}/attachments", {"file": SimpleUploadedFile(f"{text[:80]}.txt", b"x")},
            format="multipart")  # fmt: skip
    assert Attachment.objects.get().name.endswith(".txt")


@pytest.mark.parametrize(
    ("bad", "refused", "in_answers"),
    [
        ("a\x00b", "validation_failed", "bad_answer"),
        ("\ud800", "text_not_clean", "text_not_clean"),
    ],
)
def test_characters_that_no_text_has_are_refused_everywhere(
    me, charge, case, bad, refused, in_answers
):
    def send(path: str, body: dict[str, Any], **more: Any) -> tuple[int, str]:
        headers = {"HTTP_IDEMPOTENCY_KEY": "k", "HTTP_IF_MATCH": "*", **more}
        return code(
            me.generic("POST", path, json.dumps(body), content_type="application/json", **headers)
        )

    item = claim(charge)["items"][0]
    refused, in_answers = (422, refused), (422, in_answers)
    assert send(URL, claim(charge, story=bad)) == refused
    assert send(URL, claim(charge, reason=bad)) == refused
    assert send(URL, claim(charge, account=bad)) == refused
    assert send(URL, claim(charge, items=[{**item, "transaction": bad}])) == refused
    assert send(URL, claim(charge, items=[{**item, "currency": f"{bad}x"[:3]}])) == refused
    assert send(URL, claim(charge, answers={"twin_posting": bad})) == in_answers
    assert send(URL, claim(charge, answers={bad: "x"})) == in_answers
    assert send(f"{case}/messages", {"body": bad}) == refused
    assert send(f"{case}/messages", {"body": "x", "in_reply_to": bad}) == refused
    assert send(f"{case}/withdrawal-requests", {"cause": bad}) == refused
    assert send(f"{case}/reopen-requests", {"what_is_new": bad}) == refused
    assert send(f"{URL}/drafts", {"story": bad}) == refused
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("body", [b"a\x00b", b"\x00"])
def test_nul_in_a_path_finds_nothing(me, body):
    for path in ("/api/v1/transactions/a%00b", "/api/v1/cases/a%00b", f"{URL}/drafts/a%00b"):
        assert code(me.get(path)) == (404, "not_found")
    assert code(me.get("/api/v1/transactions?account=a%00b")) == (400, "bad_filter")


@pytest.mark.parametrize(
    "body",
    [b"{", b"nonsense", b"\xff\xfe", b'{"a":NaN}', b'{"a":Infinity}', b"{'a':1}",
     b'{"a":' + b"9" * 5000 + b"}", b"[" * 50_000, b"[" * 900 + b"]" * 900,
     b'{"a":' * 13 + b"1" + b"}" * 13],
)  # fmt: skip
def test_body_that_is_no_json_is_not_read(me, body):
    assert code(raw(me, body)) == (400, "not_readable")


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"7", b"null", b"{}", b'{"items":"x"}'])
def test_body_of_another_shape_is_named(me, body):
    answer = raw(me, body)

    assert code(answer) == (422, "validation_failed")
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "changes",
    [
        {"items": {"a": 1}}, {"items": [1]}, {"items": [[]]}, {"answers": []}, {"answers": "x"},
        {"story": 7}, {"story": ["x"]}, {"reason": 7}, {"reason": None}, {"story": "x" * 5_001},
        {"items": [{"transaction": {"a": 1}, "amount": 1, "currency": "USD"}]},
        {"items": [{"transaction": "x", "amount": 1, "currency": "US"}]},
        {"items": [{"transaction": "x" * 201, "amount": 1, "currency": "USD"}]},
        {"items": [{"transaction": "x", "amount": 1, "currency": "USD"}] * 101},
    ],
)  # fmt: skip
def test_field_of_another_type_is_named(me, charge, changes):
    assert code(me.post(URL, claim(charge, **changes))) == (422, "validation_failed")


def test_ten_megabytes_of_text_are_refused_by_size(me, charge, case):
    story = claim(charge, story="x" * 10_000_000)

    assert code(me.post(URL, story)) == (413, "body_too_large")
    assert code(me.post(f"{case}/messages", {"body": "x" * 10_000_000})) == (413, "body_too_large")
    assert not Message.objects.filter(body__startswith="xx").exists()


def test_message_has_its_own_limit(me, case):
    assert me.post(f"{case}/messages", {"body": "x" * 20_000}).status_code == 201
    assert code(me.post(f"{case}/messages", {"body": "x" * 20_001})) == (422, "validation_failed")
    assert code(me.post(f"{case}/messages", {"body": "  \n "})) == (422, "validation_failed")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "text/html", "nonsense", ""])
def test_body_of_another_content_type_is_refused(me, charge, kind):
    body = json.dumps(claim(charge)).encode()

    assert code(raw(me, body, kind)) == (415, "unsupported_media_type")


def test_what_is_not_offered_says_so(me):
    assert code(me.put(URL, {})) == (405, "method_not_allowed")
    assert code(me.delete(URL)) == (405, "method_not_allowed")
    assert me.delete(URL)["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert code(me.get("/api/v1/nothing")) == (404, "not_found")
    assert code(me.get("/api/")) == (404, "not_found")
    assert code(me.get(URL, HTTP_ACCEPT="text/html")) == (406, "not_acceptable")


def test_too_many_requests_are_told_when_to_come_back(me, monkeypatch):
    from accounts.api.throttles import PrincipalThrottle

    monkeypatch.setattr(PrincipalThrottle, "rate", "2/min", raising=False)
    answers = [me.get("/api/v1/reasons") for _time in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert code(answers[2]) == (429, "rate_limited")
    assert 1 <= int(answers[2]["Retry-After"]) <= 61


def test_bug_is_loud_in_the_log_and_silent_in_the_answer(me, monkeypatch, caplog):
    from disputes.api import views

    def broken(*_args: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(views.filters, "narrowed", broken)
    me.raise_request_exception = False
    with caplog.at_level(logging.ERROR, "django.request"):
        answer = me.get(URL)

    assert code(answer) == (500, "server_error")
    assert "secret" not in answer.content.decode()
    assert "RuntimeError: secret of the house" in caplog.text


def test_card_number_in_a_path_reaches_neither_log_nor_answer(me, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = me.get("/api/v1/transactions/4111111111111111")

    assert code(answer) == (404, "not_found")
    assert "4111111111111111" not in caplog.text + answer.content.decode()
    assert answer.json()["instance"] == "/api/v1/transactions/[card ••••1111]"


def test_card_number_in_any_text_is_masked(me, charge):
    story = "My card is 4111 1111 1111 1111."
    filed = me.post(
        URL, claim(charge, reason="other", story=story, answers={"story": story})
    ).json()
    sent = me.post(f"/api/v1/cases/{filed['reference']}/messages", {"body": story}).json()

    assert filed["answers"]["story"] == "My card is [card ••••1111]."
    assert (sent["body"], sent["masked"]) == ("My card is [card ••••1111].", 1)


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "kind", "expected"),
    [
        ("a.png", b"", "image/png", (422, "file_empty")),
        ("a.pdf", png(), "application/pdf", (415, "file_type_lies")),
        ("a.png", b"%PDF-1.4\n%%EOF", "image/png", (415, "file_type_lies")),
        ("a.txt", png(), "image/png", (415, "file_type_lies")),
        ("a.png", png(), "image/jpeg", (415, "file_type_lies")),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00", "application/pdf", (415, "file_type_refused")),
        ("a.html", b"<html><script>x</script>", "text/html", (415, "file_type_refused")),
        ("a.txt", b"<html><script>x</script>", "text/plain", (415, "file_type_refused")),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml",
         (415, "file_type_refused")),
        ("a.txt", b"a\x00b", "text/plain", (415, "file_type_refused")),
        ("a", png(), "", (415, "file_type_lies")),
    ],
)  # fmt: skip
def test_file_that_is_not_what_it_says_is_refused(me, case, name, content, kind, expected):
    file = SimpleUploadedFile(name, content, kind)
    as_form = me.post(f"{case}/attachments", {"file": file}, format="multipart")
    as_body = me.generic(
        "POST", f"{case}/attachments?name={name}", content,
        content_type=kind or "application/octet-stream", HTTP_IDEMPOTENCY_KEY="k",
    )  # fmt: skip

    assert code(as_form) == expected
    assert code(as_body) == expected
    assert not Attachment.objects.exists()


def test_file_above_the_limit_is_refused_before_it_is_read(me, case, settings):
    settings.ATTACHMENT_BYTES = 1_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    big = b"x" * 1_001

    as_body = me.generic("POST", f"{case}/attachments?name=a.txt", big,
                         content_type="text/plain", HTTP_IDEMPOTENCY_KEY="k")  # fmt: skip
    as_form = me.post(f"{case}/attachments", {"file": io.BytesIO(big * 100)}, format="multipart")

    assert code(as_body) == (413, "file_too_large")
    assert code(as_form) == (413, "file_too_large")


@pytest.mark.parametrize(
    "body", [{}, {"file": "text"}, {"other": SimpleUploadedFile("a.txt", b"x")}]
)
def test_form_without_a_file_is_refused(me, case, body):
    answer = me.post(f"{case}/attachments", body, format="multipart")

    assert code(answer) == (422, "file_missing")


def test_broken_form_is_refused(me, case):
    answer = me.generic("POST", f"{case}/attachments", b"nonsense", HTTP_IDEMPOTENCY_KEY="k",
                        content_type="multipart/form-data; boundary=x")  # fmt: skip
    none = me.generic("POST", f"{case}/attachments", b"nonsense", HTTP_IDEMPOTENCY_KEY="k2",
                      content_type="multipart/form-data")  # fmt: skip

    assert code(answer) in {(400, "not_readable"), (422, "file_missing")}
    assert code(none) == (400, "not_readable")


def test_unknown_purpose_is_refused(me, case):
    answer = me.post(f"{case}/attachments?name=a.txt&purpose=magic", b"x",
                     content_type="text/plain")  # fmt: skip

    assert code(answer) == (422, "unknown_evidence")


def test_path_in_a_files_name_is_a_name(me, case):
    sent = me.post(f"{case}/attachments", {"file": SimpleUploadedFile("../../etc/x.txt", b"x")},
                   format="multipart")  # fmt: skip
    row = Attachment.objects.get()

    assert sent.json()["name"] == "x.txt"
    assert re.fullmatch(r"attachments/[0-9a-f]{2}/[0-9a-f]{32}", row.file.name)
    assert Path(row.file.path).read_bytes() == b"x"


def test_facts_refuse_what_is_no_fact():
    core = system("facts:write")
    for body in ([], "x", 7, None):
        answer = core.generic(
            "PUT", "/api/v1/facts/cardholders/x", json.dumps(body), content_type="application/json"
        )
        assert code(answer) == (422, "not_an_object")
