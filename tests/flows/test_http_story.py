"""A cardholder's app and the issuer's systems against a real server, over plain HTTP.

The staff's side is pressed between the requests, in this process and on the server's own
database file: nothing is shared with the server but that file.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connections
from django.db.utils import load_backend
from django.utils import timezone

from config import env
from disputes import services
from disputes.models import Dispute
from tests import make

ROOT = Path(__file__).parents[2]
_STARTS_WITHIN = 60  # seconds


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, dict[str, str]]]:
    """A server on a port and a folder of its own."""
    var = tmp_path_factory.mktemp("var")
    here = {
        key: value for key, value in os.environ.items() if not key.startswith("RECOURSE_")
    } | {"RECOURSE_VAR": str(var)}  # fmt: skip
    manage(here, "migrate", "--verbosity", "0")
    manage(here, "collectstatic", "--noinput", "--verbosity", "0")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--blocking-threads", "4", "--log-level", "error",
         "config.wsgi:application"],
        cwd=ROOT, env=here,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz", process)
        yield address, here
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < give_up:
        assert process.poll() is None, "the server ended before it answered"
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} in {_STARTS_WITHIN} seconds")


def manage(here: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=here, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def desk(server, django_db_blocker) -> Iterator[None]:
    """Let this process work on the server's database file."""
    path = Path(server[1]["RECOURSE_VAR"]) / "recourse.sqlite3"
    row = connections.configure_settings({"default": env.database("NONE", f"sqlite:///{path}")})
    before = connections["default"]
    mine = load_backend(row["default"]["ENGINE"]).DatabaseWrapper(row["default"], "default")
    connections["default"] = mine
    try:
        with django_db_blocker.unblock():
            yield
    finally:
        mine.close()
        connections["default"] = before


class App:
    """A plain HTTP client with a token; each POST has a key of its own."""

    def __init__(self, address: str, token: str) -> None:
        self.keys = 0
        self.http = httpx.Client(
            base_url=f"{address}/api/v1", timeout=30, headers={"Authorization": f"Bearer {token}"}
        )

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, *, seen: str = "", key: str = "", **more: Any) -> httpx.Response:
        self.keys += 1
        headers = {"Idempotency-Key": key or f"story-{id(self)}-{self.keys}"}
        if seen:
            headers["If-Match"] = seen
        return self.http.post(path, headers=headers, **more)


@pytest.fixture
def core(server) -> App:
    address, here = server
    arguments = ("--integrator", "core", "--scope", "facts:write", "--scope", "cases:read")
    return App(address, manage(here, "issue_token", *arguments))


@pytest.fixture
def ada(server, core) -> App:
    """The app of a cardholder whose facts the issuer's systems brought in."""
    address, here = server
    today = timezone.now().date()
    charge = {
        "account": "acc-story", "currency": "USD", "amount_minor": 12_900,
        "posted_on": str(today - timedelta(days=20)), "merchant_name": "Shoes & Co",
    }  # fmt: skip
    facts: dict[str, dict[str, Any]] = {
        "cardholders/ch-story": {"name": "Ada", "jurisdiction": "us", "email": "ada@mail.example",
                                 "time_zone": "America/New_York"},
        "accounts/acc-story": {"cardholder": "ch-story", "token": "tok-story", "cycle_day": 5,
                               "last_four": "1111", "network": "visa", "currency": "USD"},
        "transactions/tx-1": charge,
        "transactions/tx-2": charge,
    }  # fmt: skip
    for path, fact in facts.items():
        answer = core.http.put(f"/facts/{path}", json=fact)
        assert answer.status_code in {200, 201}, answer.text
    return App(address, manage(here, "issue_token", "ch-story"))


def dispute_of(reference: str) -> Dispute:
    return Dispute.objects.select_related("ticket__cardholder").get(ticket__reference=reference)


def claim(transaction: str) -> dict[str, Any]:
    return {
        "reason": "duplicate", "answers": {"twin_posting": "tx-2"}, "story": "Charged twice.",
        "items": [{"transaction": transaction, "amount": 12_900, "currency": "USD"}],
    }  # fmt: skip


def test_dispute_from_the_filing_to_the_objection(server, core, ada, desk):
    picked = ada.get("/transactions/tx-1").json()
    assert picked["can_dispute"]["allowed"] is True
    filed = ada.post("/disputes", json=claim("tx-1"))
    assert filed.status_code == 201, filed.text
    reference, case = filed.json()["reference"], f"/cases/{filed.json()['reference']}"
    assert httpx.URL(filed.headers["Location"]).path == f"/api/v1/disputes/{reference}"
    assert [row["reference"] for row in ada.get("/cases").json()["data"]] == [reference]
    assert ada.get(case, headers={"If-None-Match": filed.headers["ETag"]}).status_code == 304

    # The desk begins, lends the money and asks for the receipt.
    finance, at = make.clerk("finance"), timezone.now()
    row = services.investigate(dispute_of(reference), actor=finance, at=at)
    services.grant_credit(row, actor=finance, at=at, item=1)
    services.ask_cardholder(
        dispute_of(reference), actor=finance, at=at, evidence=["receipt"], text="Your receipt?"
    )
    told = ada.get(case).json()
    assert (told["status"], told["money"]["provisional"]) == ("action_needed", 12_900)

    # The app answers with words and a file.
    asked = ada.get(f"{case}/messages").json()["data"][0]
    reply = ada.post(f"{case}/messages", json={"body": "Here.", "in_reply_to": asked["reference"]})
    file = {"file": ("receipt.txt", b"one pair of shoes", "text/plain")}
    sent = ada.post(f"{case}/attachments", files=file, data={"purpose": "receipt"})
    assert (reply.status_code, sent.status_code) == (201, 201)
    download = ada.get(f"{case}/attachments/{sent.json()['reference']}")
    assert download.content == b"one pair of shoes"
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert ada.get(case).json()["status"] == "in_review"

    # They change their mind, twice.
    stale = ada.post(f"{case}/withdrawal-requests", json={"cause": "recognised_charge"},
                     seen=filed.headers["ETag"])  # fmt: skip
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    asked_to_end = ada.post(f"{case}/withdrawal-requests", json={"cause": "recognised_charge"},
                            seen=stale.headers["ETag"])  # fmt: skip
    assert asked_to_end.status_code == 202
    undone = ada.http.delete(f"{case}/withdrawal-requests/current",
                             headers={"If-Match": asked_to_end.headers["ETag"]})  # fmt: skip
    assert undone.json()["status"] == "in_review"
    open_now = core.get("/accounts/acc-story/restrictions").json()["data"]
    assert {one["code"] for one in open_now} >= {"hold_on", "no_collection"}

    # The desk denies it; the answer leaves; the cardholder reads it and objects.
    row = dispute_of(reference)
    row = services.resolve(row, actor=finance, at=timezone.now(), answer=make.lost(row))
    assert ada.get(f"/disputes/{reference}/decision").status_code == 404
    services.letter_left(row, at=timezone.now())
    decision = ada.get(f"/disputes/{reference}/decision").json()
    assert (decision["basis"], decision["items"][0]["denied"]) == ("no_error", 12_900)
    objected = ada.post(f"{case}/reopen-requests", json={"what_is_new": "The slip is not mine."},
                        seen=ada.get(case).headers["ETag"])  # fmt: skip
    assert (objected.status_code, objected.json()["round"]) == (202, 2)
    codes = [one["code"] for one in ada.get(f"{case}/timeline").json()["data"]]
    assert codes[-1] == "received"
    assert {"decided", "reopened", "credit_provisional", "withdrawal_undone"} <= set(codes)


def test_same_request_twice_at_once_files_one_case(server, ada):
    with ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(ada.post, "/disputes", json=claim("tx-2"), key="once") for _ in range(4)
        ]
        answers = [job.result() for job in jobs]

    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.json()["reference"] for one in answers}) == 1
    assert sorted(one.headers.get("Idempotency-Replayed", "first") for one in answers) == [
        "first", "true", "true", "true",
    ]  # fmt: skip


def test_strangers_and_oversized_bodies_are_turned_away(server, ada):
    address, _here = server
    nobody = httpx.get(f"{address}/api/v1/cases")
    big = ada.post("/disputes", json={**claim("tx-1"), "story": "x" * 10_000_000})
    lost = ada.get("/nothing")

    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (
        401, 'Bearer realm="recourse"',
    )  # fmt: skip
    assert (big.status_code, big.json()["code"]) == (413, "body_too_large")
    assert (lost.status_code, lost.json()["code"]) == (404, "not_found")
    assert httpx.get(f"{address}/api/v1/docs/problems").status_code == 200
    page = httpx.get(f"{address}/api/v1/docs")
    assert page.status_code == 200, page.text
