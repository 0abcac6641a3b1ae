"""Warn of dates that come near and record those that have passed, without the other jobs."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tickets import deadlines

REST = 60  # seconds between two looks


class Command(BaseCommand):
    help = "Warn of dates ahead and record breaches, once each; several may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *_args: Any, **options: Any) -> None:
        while True:
            done = self._sweep()
            self.stdout.write(f"{done} warnings and breaches recorded.")
            if options["once"]:
                return
            time.sleep(REST)

    def _sweep(self) -> int:
        done = 0
        while found := deadlines.sweep(timezone.now()):
            done += found
        return done
