"""What a test may need of this machine besides Python: PostgreSQL, Redis, a browser, IMAP.

A test that is marked ``race``, ``redis``, ``browser`` or ``imap`` runs where that is found. Where
it is not, the end of the run says so aloud; with ``RECOURSE_REQUIRE_SERVICES=1`` its absence is a
failure.

``python -m tests.services COMMAND…`` runs a command against a PostgreSQL of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = os.environ.get("RECOURSE_REQUIRE_SERVICES") == "1"
_left_out: Counter[str] = Counter()


@cache
def lacking(marker: str) -> str:
    """Why a marked test cannot run here, as a sentence that says what to do; empty if it can."""
    return {
        "race": _no_postgresql,
        "redis": _no_redis,
        "browser": _no_browser,
        "imap": _no_dovecot,
    }[marker]()


def _no_postgresql() -> str:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return ""
    return "needs PostgreSQL, whose rows can be locked: `make race`, or set RECOURSE_DATABASE_URL"


def _no_redis() -> str:
    url = urlsplit(settings.CELERY_BROKER_URL)
    try:
        with closing(socket.create_connection((url.hostname, url.port or 6379), timeout=2)) as line:
            line.sendall(b"PING\r\n")
            answered = line.recv(16).startswith(b"+PONG")
    except OSError:
        answered = False
    return "" if answered else "needs Redis: start one, or set RECOURSE_BROKER_URL"


def _no_browser() -> str:
    return "" if chromium() else "needs Chromium: apt install chromium, or `playwright install`"


def _no_dovecot() -> str:
    if dovecot():
        return ""
    return "needs Dovecot, a real IMAP server: apt install dovecot-imapd"


def dovecot() -> str:
    """The path of Dovecot's server on this machine, or empty; Debian keeps it off users' paths."""
    found = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    return found or ""


def chromium() -> str:
    """The path of a Chromium on this machine, or empty."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return next((str(path) for path in sorted(kept.glob("chromium-*/chrome-*/chrome"))), "")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out whose service is missing, or fail it where everything is asked for."""
    for marker in ("race", "redis", "browser", "imap"):
        if item.get_closest_marker(marker) and (why := lacking(marker)):
            if REQUIRED:
                pytest.fail(why, pytrace=False)
            pytest.skip(why)


@pytest.hookimpl(optionalhook=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, so that nobody misses it, what was not run and why."""
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple):
            _left_out[report.longrepr[2].removeprefix("Skipped: ")] += 1
    if not _left_out:
        return
    terminalreporter.section("NOT RUN ON THIS MACHINE", sep="!", yellow=True, bold=True)
    for why, count in _left_out.most_common():
        terminalreporter.line(f"{count} test{'s' * (count > 1)}: {why}", yellow=True)


@contextmanager
def private_postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own, gone at the end; yields the URL of its database.

    Raises:
        SystemExit: there is no PostgreSQL on this machine, or no user who may run it.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="recourse-pg-"))
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    first = _unprivileged(folder)
    run = [
        *first,
        str(programs / "initdb"),
        "-D",
        str(folder / "data"),
        "-A",
        "trust",
        "-U",
        "postgres",
    ]
    subprocess.run(run, check=True, capture_output=True)
    control = [*first, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    how = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    )
    log = ["-l", str(folder / "log")]
    subprocess.run([*control, *log, "-o", how, "start"], check=True, capture_output=True)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(folder)


def _programs() -> Path:
    """The folder of PostgreSQL's server programs: Debian keeps them off the path."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise SystemExit("Install PostgreSQL for this (Debian, Ubuntu: apt install postgresql).")


def _unprivileged(folder: Path) -> list[str]:
    """How to run a program as somebody whom PostgreSQL lets start a server: never root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        raise SystemExit("PostgreSQL does not run as root: use another user.")
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def main(command: list[str]) -> int:
    """Run ``command`` with the settings of a production-like database."""
    with private_postgresql() as url:
        more = {
            "RECOURSE_DATABASE_URL": url,
            "RECOURSE_SECRET_KEY": "only-for-tests",
            "RECOURSE_HTTPS": "0",
        }
        return subprocess.run(command, env={**os.environ, **more}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
