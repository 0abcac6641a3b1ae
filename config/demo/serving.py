"""Run the demo's two processes side by side: the server, and the worker that sends letters."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from types import FrameType

HOST = "127.0.0.1"
STOP_WITHIN = 10  # seconds that a process has to finish what it does
STARTS_WITHIN = 60
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1
_SERVER = (
    "--interface", "wsgi", "--host", HOST, "--blocking-threads", "8", "--backpressure", "64",
    "--log-level", "error",
)  # fmt: skip


def port_is_free(port: int) -> bool:
    """Say whether a server could listen there now."""
    with closing(socket.socket()) as probe:
        # As the server does: a connection of a moment ago is no reason to refuse.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def serve(port: int, *, ready: Callable[[], None]) -> int:
    """Run both until one ends or we are told to stop; call ``ready`` once the server answers.

    Returns the exit status: 0 when we were told to stop. Nothing is left running.
    """
    stopped = threading.Event()
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number in _SIGNALS:
        signal.signal(number, _stopper(stopped))
    processes = [
        _start("-m", "granian", *_SERVER, "--port", str(port), "config.wsgi:application"),
        _start("manage.py", "work", stdout=subprocess.DEVNULL),
    ]
    try:
        if _answers(port, processes[0], stopped):
            ready()
        while not stopped.is_set() and all(one.poll() is None for one in processes):
            stopped.wait(0.5)
        return 0 if stopped.is_set() else 1
    finally:
        _end(processes)
        for number, handler in before.items():
            signal.signal(number, handler)


def _stopper(stopped: threading.Event) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    return stop


def _start(*arguments: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """Start Python on something that does not outlive this process, even if it is killed."""
    return subprocess.Popen(  # noqa: S603  our own commands
        [sys.executable, "-u", *arguments],
        stdout=stdout,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  no threads yet
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(port: int, server: subprocess.Popen[bytes], stopped: threading.Event) -> bool:
    """Wait until the server answers; false when it ended or we were told to stop before."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None and not stopped.is_set():
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            stopped.wait(0.3)
    return False


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for one in processes:
        if one.poll() is None:
            one.terminate()
    for one in processes:
        try:
            one.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()
