"""Two processes that start together and stop together, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import closing

import pytest

from config.demo import serving

SERVER = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
IDLE = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


@pytest.fixture
def port():
    with closing(socket.socket()) as probe:
        probe.bind((serving.HOST, 0))
        return probe.getsockname()[1]


@pytest.fixture
def processes(monkeypatch, port):
    """Stand-ins for the server and the worker: the test names the worker's code."""
    started = []
    begin = serving._start

    def run(worker):
        codes = iter([("-c", SERVER, str(port)), ("-c", worker)])

        def start(*_arguments, stdout=None):
            started.append(begin(*next(codes), stdout=stdout))
            return started[-1]

        monkeypatch.setattr(serving, "_start", start)
        return started

    return run


def test_port_that_somebody_listens_on_is_not_free(port):
    assert serving.port_is_free(port)
    with closing(socket.socket()) as holder:
        holder.bind((serving.HOST, port))
        holder.listen()

        assert not serving.port_is_free(port)


def test_port_that_is_none_is_not_free():
    assert not serving.port_is_free(70_000)


def test_both_stop_when_asked(processes, port):
    started = processes(IDLE)

    status = serving.serve(port, ready=lambda: os.kill(os.getpid(), signal.SIGINT))

    assert status == 0
    assert [one.poll() is not None for one in started] == [True, True]


def test_a_worker_that_ends_takes_the_server_along(processes, port):
    started = processes("import time; time.sleep(1)")

    status = serving.serve(port, ready=lambda: None)

    assert status == 1
    assert [one.poll() is not None for one in started] == [True, True]


def test_a_server_that_does_not_start_is_no_welcome(processes, port, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "SERVER", "raise SystemExit(3)")
    processes(IDLE)
    welcomed = []

    assert serving.serve(port, ready=lambda: welcomed.append(1)) == 1
    assert welcomed == []


def test_a_process_that_will_not_stop_is_ended(processes, port, monkeypatch):
    monkeypatch.setattr(serving, "STOP_WITHIN", 0.5)
    started = processes(STUBBORN)

    def stop():
        time.sleep(0.5)  # until the stubborn one has heard that it should be stubborn
        threading.Timer(0, os.kill, [os.getpid(), signal.SIGTERM]).start()

    assert serving.serve(port, ready=stop) == 0
    assert started[1].returncode == -signal.SIGKILL
