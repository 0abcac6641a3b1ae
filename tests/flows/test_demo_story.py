"""The demo as a newcomer meets it: a cardholder's app and a clerk's browser, over plain HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.waiting import until

ROOT = Path(__file__).parents[2]
FIRST = object()  # whatever the form's list offers first


class Fields(HTMLParser):
    """What a form would send if nobody touched it, and what its lists offer."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.choices: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and given.get("type") == "checkbox":
            self.found.setdefault(name, []).append(value)
        elif tag in {"input", "textarea"} and name:
            self.found[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            # As a browser does: the marked one, else the first, though it may say nothing.
            if "selected" in given:
                self.found[self._select] = value
            self.found.setdefault(self._select, value)
            self.choices.setdefault(self._select, []).extend([value] if value else [])


class Desk:
    """A clerk's browser, reduced to what it sends."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.http.get("/admin/login/")
        self._post("/admin/login/?next=/admin/", {"username": user, "password": password})
        self.case = ""

    def open(self, reference: str) -> None:
        page = self.http.get("/admin/tickets/ticket/", params={"tab": "all", "q": reference}).text
        self.case = re.search(r"/admin/tickets/ticket/\d+/change/", page)[0]

    def press(self, verb: str, **inputs: Any) -> None:
        page = self.http.get(self.case).text
        url = re.search(rf"/admin/\w+/\w+/\d+/do/{verb}/", page)
        assert url, f"the button {verb} is not offered"
        form = Fields()
        form.feed(self.http.get(url[0]).text)
        inputs = {name: form.choices[name][0] if one is FIRST else one
                  for name, one in inputs.items()}  # fmt: skip
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        answer = self._post(url[0], {"version": version, **form.found, **inputs})
        assert str(answer.url).endswith(self.case), answer.text[-2_000:]

    def _post(self, url: str, data: dict[str, Any]) -> httpx.Response:
        token = {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]}
        return self.http.post(
            url, data={**data, **token}, headers={"Referer": str(self.http.base_url)}
        )


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[tuple[str, str, dict[str, str]]]:
    """`manage.py demo`, with a small past: its address, what it printed, its environment."""
    var = tmp_path_factory.mktemp("demo")
    here = {
        key: value for key, value in os.environ.items() if not key.startswith("RECOURSE_")
    } | {"RECOURSE_VAR": str(var), "PYTHONUNBUFFERED": "1"}  # fmt: skip
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = var / "said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port), "--share", "0.02"],
            cwd=ROOT, env=here, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: "Stop with Ctrl-C" in said.read_text(), within=180, alive=process)
        yield f"http://127.0.0.1:{port}", said.read_text(), here
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def test_a_dispute_from_the_printed_request_to_the_final_letter(demo):
    address, said, here = demo
    token = re.search(r"^TOKEN=(\S+)", said, re.M)[1]
    body = json.loads(re.search(r"-d '(.*)'$", said, re.M)[1])
    app = httpx.Client(
        base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )

    filed = app.post("/disputes", json=body, headers={"Idempotency-Key": "story-1"}).json()
    reference, minor = filed["reference"], filed["money"]["disputed"]
    assert {row["citation"] for row in filed["dates"]} >= {"12 CFR 1026.13(c)(1)"}

    desk = Desk(address, "finn", re.search(r"demo password +(\S+)", said)[1])
    desk.open(reference)
    desk.press("acknowledge")
    desk.press("investigate")
    desk.press("grant_credit")
    assert app.get(f"/cases/{reference}").json()["money"]["provisional"] == minor
    desk.press("prepare", code=FIRST)
    desk.press("submit", network_reference="NET-STORY-1")
    assert app.get(f"/cases/{reference}").json()["status"] == "with_merchant_bank"
    desk.press("resolve", basis="error_as_asserted", outcome_1="won", explanation="You are right.")

    # The worker, a process of its own, sends the letter; only then is the claim decided.
    until(lambda: app.get(f"/cases/{reference}").json()["status"] == "decided", within=90)
    told = app.get(f"/cases/{reference}").json()
    assert (told["money"]["final"], told["money"]["provisional"]) == (minor, 0)
    line = [row["code"] for row in app.get(f"/cases/{reference}/timeline").json()["data"]]
    assert line[0] == "decided"
    assert {"received", "acknowledged", "credit_provisional", "with_merchant_bank"} <= set(line)
    for command in ("balance_ledger", "verify_history"):
        done = subprocess.run(
            [sys.executable, "manage.py", command], cwd=ROOT, env=here, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_waiting_says_when_it_gives_up():
    begun = time.monotonic()

    with pytest.raises(AssertionError):
        until(lambda: False, within=1)

    assert time.monotonic() - begun >= 1
