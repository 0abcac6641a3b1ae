from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from disputes.models import Dispute
from tests import make
from tests.api.conftest import caller, claim
from tickets.api import idempotency
from tickets.models import Idempotency, Message

URL = "/api/v1/disputes"
KEY = {"HTTP_IDEMPOTENCY_KEY": "key-of-mine"}


@pytest.mark.django_db
def test_same_request_again_gets_the_first_answer_and_does_nothing(me, charge):
    first = me.post(URL, claim(charge), **KEY)
    again = me.post(URL, dict(reversed(list(claim(charge).items()))), **KEY)

    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert Dispute.objects.count() == 1


@pytest.mark.django_db
def test_key_with_another_body_is_refused(me, charge):
    me.post(URL, claim(charge), **KEY)

    answer = me.post(URL, claim(charge, story="Another story."), **KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Dispute.objects.count() == 1


@pytest.mark.django_db
def test_key_on_another_path_is_refused(me, charge):
    me.post(URL, claim(charge), **KEY)

    answer = me.post(f"{URL}/drafts", claim(charge), **KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "idempotency_key_missing"),
        ("two words", "idempotency_key_unfit"),
        ("x" * 129, "idempotency_key_unfit"),
        ("schlüssel", "idempotency_key_unfit"),
    ],
)
def test_post_without_a_usable_key_does_nothing(me, charge, key, code):
    answer = me.post(URL, claim(charge), HTTP_IDEMPOTENCY_KEY=key)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Dispute.objects.exists()


@pytest.mark.django_db
def test_key_belongs_to_its_caller(me, charge):
    me.post(URL, claim(charge), **KEY)
    other = make.transaction()

    answer = caller(other.account.cardholder).post(URL, claim(other), **KEY)

    assert answer.status_code == 201
    assert Idempotency.objects.filter(key="key-of-mine").count() == 2


@pytest.mark.django_db
def test_refusal_keeps_nothing_so_that_the_key_serves_again(me, charge):
    refused = me.post(URL, claim(charge, reason="because"), **KEY)
    filed = me.post(URL, claim(charge), **KEY)

    assert (refused.status_code, filed.status_code) == (422, 201)


@pytest.mark.django_db
def test_answer_is_kept_with_its_effect_or_not_at_all(me, charge, monkeypatch):
    def full_disk(*_args: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(idempotency, "_keep", full_disk)
    me.raise_request_exception = False
    answer = me.post(URL, claim(charge), **KEY)

    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert "disk" not in answer.content.decode()
    assert not Dispute.objects.exists()


@pytest.mark.django_db
def test_message_and_file_sent_twice_are_there_once(me, charge):
    reference = me.post(URL, claim(charge)).json()["reference"]
    path = f"/api/v1/cases/{reference}"
    for _time in range(2):
        me.post(f"{path}/messages", {"body": "Hello."}, HTTP_IDEMPOTENCY_KEY="m")
        # A form is packed with another boundary each time.
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("a.txt", b"hello", "text/plain")
        sent = me.post(
            f"{path}/attachments", {"file": file}, format="multipart", HTTP_IDEMPOTENCY_KEY="f"
        )

    assert sent["Idempotency-Replayed"] == "true"
    assert Message.objects.filter(body="Hello.").count() == 1
    assert len(me.get(f"{path}/attachments").json()["data"]) == 1


@pytest.mark.django_db
def test_other_bytes_under_the_same_key_are_another_request(me, charge):
    reference = me.post(URL, claim(charge)).json()["reference"]
    path = f"/api/v1/cases/{reference}/attachments?name=a.txt"
    me.post(path, b"one", content_type="text/plain", HTTP_IDEMPOTENCY_KEY="f")

    answer = me.post(path, b"two", content_type="text/plain", HTTP_IDEMPOTENCY_KEY="f")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db
def test_answers_are_forgotten_after_three_days(me, charge):
    me.post(URL, claim(charge), **KEY)
    kept = Idempotency.objects.get()

    assert idempotency.purge(kept.at + timedelta(hours=72)) == 0
    assert idempotency.purge(kept.at + timedelta(hours=72, seconds=1)) == 1
    assert not Idempotency.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_files_and_no_other_does(monkeypatch):
    charge = make.transaction()
    barrier, answers = Barrier(8), []

    def press() -> None:
        client = caller(charge.account.cardholder)
        barrier.wait()
        answers.append(client.post(URL, claim(charge), **KEY))
        connections.close_all()

    threads = [Thread(target=press) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = [(one.status_code, one.json().get("code")) for one in answers]
    assert found.count((201, None)) >= 1
    assert set(found) <= {(201, None), (409, "request_in_progress")}
    assert len({one.json()["reference"] for one in answers if one.status_code == 201}) == 1
    assert Dispute.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_request_that_still_runs_is_in_progress():
    charge = make.transaction()
    holder = charge.account.cardholder
    started, go_on = Barrier(2), Barrier(2)

    def slow() -> None:
        from django.db import transaction

        with transaction.atomic():
            idempotency._claim(f"cardholder:{holder.external_ref}", "key-of-mine")
            started.wait()
            go_on.wait()
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    started.wait()
    answer = caller(holder).post(URL, claim(charge), **KEY)
    go_on.wait()
    thread.join()

    assert (answer.status_code, answer.json()["code"]) == (409, "request_in_progress")
    assert answer.json()["retryable"] is True
    assert caller(holder).post(URL, claim(charge), **KEY).status_code == 201
    assert Idempotency.objects.get().at <= timezone.now()
