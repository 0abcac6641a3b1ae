"""``manage.py reconcile_mail``: prove that no mail was lost."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake import services


class Command(BaseCommand):
    help = (
        "Compare what came in with cases, messages, quarantine, refused and duplicates, and look "
        "for the bytes of each; ends with 1 and the difference when something is missing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        balance = services.reconcile()
        parts = " + ".join(f"{count} {name}" for name, count in balance.became.items())
        self.stdout.write(f"{balance.came} in = {parts}")
        for sentence in balance.differences:
            self.stderr.write(sentence)
        if balance.differences:
            raise CommandError(f"{len(balance.differences)} differences.")
        self.stdout.write(self.style.SUCCESS("Nothing is lost."))
