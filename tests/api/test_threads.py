from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from disputes import services
from kernel import actors
from tests import make
from tests.api.conftest import caller
from tickets import attachments, messages
from tickets.models import Attachment, Message

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def row(holder):
    return make.dispute("investigating", holder=holder)


@pytest.fixture
def path(row) -> str:
    return f"/api/v1/cases/{row.ticket.reference}"


def test_thread_shows_both_sides_and_no_note(me, row, path):
    clerk, at = make.clerk(), timezone.now()
    messages.write(row.ticket, direction=messages.NOTE, body="Looks odd.", actor=clerk, at=at)
    messages.write(row.ticket, direction=messages.OUT, body="Which shop?", actor=clerk, at=at)
    asked = Message.objects.get(body="Which shop?")

    sent = me.post(f"{path}/messages", {"body": "Shoes & Co", "in_reply_to": asked.ref})

    found = [(one["author"], one["body"], one["in_reply_to"])
             for one in me.get(f"{path}/messages").json()["data"]]  # fmt: skip
    assert sent.status_code == 201
    assert found == [
        ("you", "Shoes & Co", asked.ref),
        ("us", "Which shop?", None),
        ("you", "Please look at this.", None),
    ]


def test_reply_to_a_note_or_to_another_case_is_refused(me, row, path):
    note = messages.write(
        row.ticket, direction=messages.NOTE, body="x", actor=make.clerk(), at=timezone.now()
    )
    elsewhere = make.dispute().ticket.messages.get()

    for ref in (note.ref, elsewhere.ref, "M-NONE"):
        answer = me.post(f"{path}/messages", {"body": "x", "in_reply_to": ref})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_message")


def test_version_is_asked_for_only_where_it_is_given(me, row, path):
    stale = me.post(f"{path}/messages", {"body": "x"}, HTTP_IF_MATCH='"v1"')
    stale_file = me.post(f"{path}/attachments?name=a.txt", b"x", content_type="text/plain",
                         HTTP_IF_MATCH='"v1"')  # fmt: skip
    now = me.get(path)["ETag"]
    fresh = me.post(f"{path}/messages", {"body": "x"}, HTTP_IF_MATCH=now)

    assert (stale.status_code, stale["ETag"]) == (412, now)
    assert (stale_file.status_code, stale_file["ETag"]) == (412, now)
    assert fresh.status_code == 201
    assert fresh["ETag"] == me.get(path)["ETag"] != now


def test_file_comes_back_as_it_was_and_a_browser_may_not_guess(me, path):
    file = SimpleUploadedFile("order.pdf", PDF, "application/pdf")
    form = {"file": file, "purpose": "order_confirmation"}
    sent = me.post(f"{path}/attachments", form, format="multipart")

    answer = me.get(sent["Location"].removeprefix("http://testserver"))

    assert sent.status_code == 201
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="order.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"


def test_file_closes_a_gap_in_the_evidence(me, holder):
    row = make.filed(holder, reason="goods_not_received")
    path = f"/api/v1/cases/{row.ticket.reference}"

    def given() -> list[str]:
        items = me.get(path).json()["evidence"]["items"]
        return [one["code"] for one in items
                if one["kind"] == "document" and one["status"] == "given"]  # fmt: skip

    assert given() == []
    me.post(f"{path}/attachments?name=o.pdf&purpose=order_confirmation", PDF,
            content_type="application/pdf")  # fmt: skip
    assert given() == ["order_confirmation"]


def test_same_bytes_are_the_same_file(me, path):
    first = me.post(f"{path}/attachments?name=a.txt", b"same", content_type="text/plain")
    again = me.post(f"{path}/attachments?name=b.txt", b"same", content_type="text/plain")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


def test_name_of_a_body_may_come_from_its_disposition(me, path):
    named = "attachment; filename*=UTF-8''%E6%94%B6%E6%8D%AE.txt"
    sent = me.post(f"{path}/attachments", b"x", content_type="text/plain; charset=utf-8",
                   HTTP_CONTENT_DISPOSITION=named)  # fmt: skip

    assert sent.json()["name"] == "收据.txt"


def test_file_answers_an_open_question(me, row, path):
    services.ask_cardholder(
        row, actor=make.clerk(), at=timezone.now(), evidence=["receipt"], text="Your receipt?"
    )

    me.post(f"{path}/attachments?name=a.txt&purpose=receipt", b"x", content_type="text/plain")

    assert me.get(path).json()["status"] == "in_review"


def test_file_of_staff_is_shown_only_once_the_answer_rests_on_it(me, row, path):
    clerk, at = make.clerk(), timezone.now()
    slip = attachments.attach(row.ticket, name="slip.txt", content=b"two slips", actor=clerk, at=at)
    attachments.attach(row.ticket, name="memo.txt", content=b"a memo", actor=clerk, at=at)
    finding = services.find(
        row, actor=clerk, at=at, statement="Two slips.", exhibit=f"attachment:{slip.ref}"
    )
    file_path = f"{path}/attachments/{slip.ref}"
    before = me.get(file_path).status_code
    answer = services.Answer(
        "no_error",
        [services.Verdict(1, "lost", 0, grounds=[("not_duplicate", finding.number)])],
        "Both charges are yours.",
    )
    row = services.resolve(row, actor=clerk, at=at, answer=answer)
    undelivered = me.get(file_path).status_code
    services.letter_left(row, at=at)

    assert (before, undelivered, me.get(file_path).status_code) == (404, 404, 200)
    assert [one["name"] for one in me.get(f"{path}/attachments").json()["data"]] == ["slip.txt"]


def test_another_persons_thread_and_files_are_not_there(me, path):
    me.post(f"{path}/attachments?name=a.txt", b"x", content_type="text/plain")
    ref = Attachment.objects.get().ref
    stranger, own = caller(make.cardholder()), make.dispute()
    other = caller(own.ticket.cardholder)

    for tail in ("messages", "attachments", f"attachments/{ref}", "timeline"):
        assert stranger.get(f"{path}/{tail}").status_code == 404
    assert stranger.post(f"{path}/messages", {"body": "x"}).status_code == 404
    assert stranger.post(f"{path}/attachments?name=b.txt", b"y",
                         content_type="text/plain").status_code == 404  # fmt: skip
    # Another's file is not found through a case of one's own either.
    assert other.get(f"/api/v1/cases/{own.ticket.reference}/attachments/{ref}").status_code == 404


def test_closed_case_takes_neither_word_nor_file(me, path, row):
    from datetime import timedelta

    done = services.resolve(row, actor=make.clerk(), at=timezone.now(), answer=make.won(row))
    services.letter_left(done, at=timezone.now())
    services.sweep(timezone.now() + timedelta(days=31))

    written = me.post(f"{path}/messages", {"body": "x"})
    sent = me.post(f"{path}/attachments?name=a.txt", b"x", content_type="text/plain")

    assert me.get(path).json()["status"] == "closed"
    assert me.get(path).json()["actions"] == []
    assert (written.status_code, written.json()["code"]) == (409, "case_closed")
    assert (sent.status_code, sent.json()["code"]) == (409, "case_closed")


def test_timeline_tells_public_events_and_who(me, holder, path, row):
    clerk, at = make.clerk(), timezone.now()
    messages.write(row.ticket, direction=messages.NOTE, body="Looks odd.", actor=clerk, at=at)
    services.grant_credit(row, actor=clerk, at=at, item=1)
    services.withdraw(row, actor=actors.cardholder(holder), at=at, cause="recognised_charge")

    found = [(one["code"], one["who"], one["amount"])
             for one in me.get(f"{path}/timeline").json()["data"]]  # fmt: skip

    assert found == [
        ("withdrawal_requested", "you", None),
        ("credit_provisional", "us", 12_900),
        ("in_review", "us", None),
        ("acknowledged", "us", None),
        ("received", "you", 12_900),
    ]
