"""The worker as a process of its own: it is killed with a letter in its hands."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from outreach import services as outreach
"""
FILE_THREE = """
call_command("migrate", verbosity=0)
from tests import make
holder = make.cardholder(postal_address="")
for _number in range(3):
    make.filed(holder)
"""
LATER = "outreach.deliver(timezone.now() + outreach.LEASE)"


class Desk:
    """A desk on a disk: a database, a mail folder, and processes that work on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "desk.sqlite3"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "RECOURSE_VAR": str(folder),
            "RECOURSE_DATABASE_URL": f"sqlite:///{self.database}",
            "RECOURSE_EMAIL_BACKEND": "tests.outreach.slow_mail.EmailBackend",
            "RECOURSE_LOG_LEVEL": "ERROR",
        }

    def run(self, script: str) -> None:
        subprocess.run(
            [sys.executable, "-c", START + script], cwd=ROOT, env=self.environment, check=True
        )

    def worker(self, *options: str, slow: str = "") -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work", *options], cwd=ROOT,
            env={**self.environment, "SLOW_MAIL": slow}, stdout=subprocess.PIPE,
        )  # fmt: skip

    def states(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as rows:
            return [
                state for (state,) in rows.execute("SELECT state FROM outreach_notice ORDER BY id")
            ]

    def sent(self) -> Counter[str]:
        """How often each letter has left, by its Message-ID."""
        ids: Counter[str] = Counter()
        for path in (self.folder / "mail").glob("*.log"):
            for part in path.read_text().split("-" * 79 + "\n"):
                if part.strip():
                    ids[message_from_string(part)["Message-ID"]] += 1
        return ids


def _wait_for(path: Path, worker: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while not path.exists():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < until, f"{path.name} did not appear"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which three claims were filed."""
    folder = tmp_path_factory.mktemp("desk")
    Desk(folder).run(FILE_THREE)
    return folder


@pytest.fixture
def desk(filed: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(filed, tmp_path / "desk")))


@pytest.mark.parametrize(("when", "twins"), [("before", 0), ("after", 1)])
def test_killed_in_mid_send_loses_nothing_and_doubles_only_what_was_in_flight(
    desk: Desk, when: str, twins: int
):
    worker = desk.worker("--once", slow=when)
    _wait_for(desk.folder / "in_flight", worker)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert desk.states() == ["sending", "queued", "queued"]

    # The next worker passes over the letter in flight, whose worker may yet live.
    assert desk.worker("--once").wait() == 0
    assert desk.states() == ["sending", "sent", "sent"]
    desk.run(LATER)

    assert desk.states() == ["sent", "sent", "sent"]
    sent = desk.sent()
    assert len(sent) == 3
    assert sorted(sent.values()) == [1, 1, 1 + twins]


def test_worker_that_is_asked_to_stop_finishes_and_stops(desk: Desk):
    worker = desk.worker("--interval", "0.2")
    until = time.monotonic() + 30
    while desk.states() != ["sent"] * 3:
        assert time.monotonic() < until
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 0
    assert sorted(desk.sent().values()) == [1, 1, 1]
