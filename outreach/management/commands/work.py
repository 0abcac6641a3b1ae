"""The worker of one machine: letters, time-outs, everything that no request waits for."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.jobs import JOBS


class Command(BaseCommand):
    help = "Deliver letters and do what the clock demands, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do everything that waits now, then stop"
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=2.0,
            help="seconds to rest when there is nothing to do",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            done = {name: _drain(name, threading.Event()) for name in JOBS}
            words = ", ".join(f"{name} {count}" for name, count in done.items())
            self.stdout.write(_("Done: %(words)s.") % {"words": words})
            return
        self._until_stopped(options["interval"])

    def _until_stopped(self, interval: float) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            # The letter in hand is finished first: a worker that is asked to stop loses nothing.
            signal.signal(number, lambda *_signal: stopped.set())
        self.stdout.write(_("Working. Stop with Ctrl-C."))
        next_look: dict[str, datetime] = {}
        while not stopped.is_set():
            for name, job in JOBS.items():
                if name not in next_look or timezone.now() >= next_look[name]:
                    _drain(name, stopped)
                    next_look[name] = timezone.now() + job.every
            stopped.wait(interval)


def _drain(name: str, stopped: threading.Event) -> int:
    """Run one job until it finds nothing more. Each run looks at the clock anew."""
    total = 0
    while not stopped.is_set():
        _let_stale_connections_go()
        done = JOBS[name].run(timezone.now())
        total += done
        if not done:
            break
    return total


def _let_stale_connections_go() -> None:
    """Close what has become too old or broken, never what is in the middle of a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
