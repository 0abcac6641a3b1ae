"""The server under test, and the processor time that it and its database use."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.database import ROOT, Database

WORKERS, THREADS = 2, 1  # a second thread in a worker only waits for the interpreter's lock
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS, _STOP_SECONDS = 60, 10
# Their work serves every database of the server, and comes when it comes.
_BACKGROUND = ("checkpointer", "background writer", "walwriter", "autovacuum launcher")


class Unready(Exception):
    """A process did not do what it was started for."""


@dataclass(frozen=True)
class Server:
    """The web processes of one database, on a port of this machine."""

    database: Database
    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time of its whole process group so far."""
        found = (_stat(int(name)) for name in os.listdir("/proc") if name.isdigit())
        return sum(row.seconds for row in found if row and row.group == self.pid)


@dataclass(frozen=True)
class _Stat:
    """One line of /proc/<pid>/stat."""

    parent: int
    group: int
    seconds: float


def _stat(pid: int) -> _Stat | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None  # it ended meanwhile
    # The name stands in brackets and may hold anything, also brackets.
    fields = text.rpartition(")")[2].split()
    return _Stat(int(fields[1]), int(fields[2]), (int(fields[11]) + int(fields[12])) / _TICKS)


@contextmanager
def serving(database: Database, settings: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve ``database`` with granian, in a group of its own, and end that group afterwards.

    Raises:
        Unready: it does not answer in time; its last words are in the message.
    """
    port = _free_port()
    order = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
        "--blocking-threads", str(THREADS), "--blocking-threads-idle-timeout", "600",
        "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen(
            order, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, **settings, "RECOURSE_DATABASE_URL": database.url},
        )  # fmt: skip
    try:
        _await(process, port, log)
        yield Server(database, port, process.pid)
    finally:
        end(process)


def end(process: subprocess.Popen[Any]) -> None:
    """End a process and the group that it leads; first kindly."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    words = log.read_text(errors="replace")[-2_000:]
    raise Unready(f"The server did not start. Its last words:\n{words}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Backends:
    """PostgreSQL's processes: those that serve one database, and those that serve all."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        mine = _stat(row[0]) if row else None
        if mine is None:
            raise Unready(
                "PostgreSQL's processes are not to be seen in /proc: it must run on this machine, "
                "and not inside a container."
            )
        self.postmaster = mine.parent

    def cpu(self, database: Database) -> dict[int, float]:
        """Seconds of processor time so far, by process, of those that serve ``database``."""
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [database.name]
        ).fetchall()
        return _seconds(pid for (pid,) in rows)

    def background(self) -> dict[int, float]:
        """The same of the writers that serve every database of this server."""
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = ANY(%s)", [list(_BACKGROUND)]
        ).fetchall()
        return _seconds(pid for (pid,) in rows)


def _seconds(pids: Iterator[int]) -> dict[int, float]:
    found = {pid: _stat(pid) for pid in pids}
    return {pid: row.seconds for pid, row in found.items() if row}


def spent(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """Seconds between two readings; a process that is new has spent all that it has."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
