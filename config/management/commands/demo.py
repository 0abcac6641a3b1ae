"""From nothing to a desk with a past: database, people, cases, server and worker."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from config.demo import programme, serving, welcome
from config.demo.seed import seed
from tickets.models import Ticket


class Command(BaseCommand):
    help = "Prepare a demo on SQLite and run it, with its worker, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where the server listens")
        parser.add_argument(
            "--prepare", action="store_true", help="make database and data, and run nothing"
        )
        parser.add_argument(
            "--share", type=float, default=1.0, help="of about 300 cases; 0.1 makes a small demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "The demo makes staff with a known password, so it runs on its own SQLite file "
                "only: unset RECOURSE_DATABASE_URL."
            )
        port = options["port"]
        if not options["prepare"] and not serving.port_is_free(port):
            raise CommandError(
                f"Port {port} is taken: stop what listens there, or choose another "
                f"(make demo PORT={port + 1 if 0 < port < 65535 else 8001})."
            )
        self._prepare(options["share"])
        if options["prepare"]:
            return
        self._say("Starting the server and the worker …")
        status = serving.serve(port, ready=lambda: self._say(welcome.text(port, at=timezone.now())))
        if status:
            raise CommandError("The server or the worker stopped; its last words are above.")
        self._say("Stopped.")

    def _prepare(self, share: float) -> None:
        self._say("Preparing the database and the desk's files …")
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("sync_departments", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if Ticket.objects.exists():
            self._say("Keeping the cases that are there.")
            return
        acts = programme.cast(share)
        self._say(f"Playing half a year of work at the desk: {len(acts)} cases, a minute or two …")
        with tqdm(total=len(acts), unit="case", mininterval=_interval()) as bar:
            seed(acts, now=timezone.now(), ended=bar.update)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _interval() -> float:
    """How often the bar moves, in seconds: seldom where it would fill a log."""
    return 0.2 if sys.stderr.isatty() else 10.0
