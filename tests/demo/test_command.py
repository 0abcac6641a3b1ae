"""`manage.py demo`: what it prepares, keeps, refuses and prints."""

from __future__ import annotations

import json
import re
import shlex
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.demo import claims, programme, serving, welcome
from config.demo.seed import seed
from config.demo.staff import PASSWORD
from tests import make
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def embedded(settings, tmp_path, monkeypatch):
    settings.EMBEDDED = True
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = []
    monkeypatch.setattr(serving, "port_is_free", lambda port: True)


@pytest.fixture
def short(monkeypatch):
    acts = [act for act in programme.ACTS if act.story is claims.acknowledged][:1] * 2
    monkeypatch.setattr(programme, "cast", lambda share: acts)


def _run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_prepares_once_and_keeps_what_is_there(embedded, short):
    first = _run("--prepare")
    count = Ticket.objects.count()
    second = _run("--prepare")

    assert "2 cases" in first
    assert count == 2
    assert "Keeping the cases that are there." in second
    assert Ticket.objects.count() == count


def test_serves_on_the_port_and_welcomes(embedded, short, monkeypatch):
    served = []

    def serve(port, *, ready):
        served.append(port)
        ready()
        return 0

    monkeypatch.setattr(serving, "serve", serve)

    out = _run("--port", "8765")

    assert served == [8765]
    assert "http://127.0.0.1:8765/admin/" in out
    assert out.rstrip().endswith("Stopped.")


def test_says_when_the_server_ended_by_itself(embedded, short, monkeypatch):
    monkeypatch.setattr(serving, "serve", lambda port, *, ready: 1)

    with pytest.raises(CommandError, match="stopped"):
        _run("--port", "8765")


def test_a_taken_port_is_said_before_anything_is_made(embedded, monkeypatch):
    monkeypatch.setattr(serving, "port_is_free", lambda port: False)

    with pytest.raises(CommandError, match=r"Port 8000 is taken.*PORT=8001"):
        _run()

    assert not Ticket.objects.exists()


def test_it_makes_no_staff_with_a_known_password_in_a_real_database(settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="RECOURSE_DATABASE_URL"):
        _run()


def test_the_sign_ins_that_are_printed_work(client):
    seed([], now=timezone.now())
    make.dispute()  # somebody whose token can be printed
    _charge()

    text = welcome.text(8000, at=timezone.now())

    names = re.findall(r"^    (?:Customer service|Finance|Collections|Lead) +(\w+)$", text, re.M)
    assert names == ["cora", "finn", "cole", "lena"]
    assert PASSWORD in text
    assert all(client.login(username=name, password=PASSWORD) for name in names)


def test_the_request_that_is_printed_files_a_dispute(client):
    seed([], now=timezone.now())
    charge = _charge()

    text = welcome.text(8000, at=timezone.now())
    token = re.search(r"^TOKEN=(\S+)$", text, re.M)[1]
    command = text[text.index("curl ") : text.index("\n\n  Letters")].replace("\\\n", "")
    *options, body = shlex.split(command)
    headers = dict(word.split(": ", 1) for word in options if ": " in word)
    answer = client.post(
        "/api/v1/disputes",
        data=json.loads(body),
        content_type="application/json",
        headers={**headers, "Authorization": f"Bearer {token}"},
    )

    assert answer.status_code == 201
    assert answer.json()["items"][0]["transaction"] == charge.external_ref


def _charge():
    """A charge that nobody disputes, of somebody who has a case already."""
    holder = make.cardholder()
    account = make.account(holder)
    make.filed(account=account)
    return make.transaction(account, amount_minor=4_200)
