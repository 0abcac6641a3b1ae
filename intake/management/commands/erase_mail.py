"""``manage.py erase_mail``: raw mail goes, by its number or by its age."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from intake import services
from intake.models import RawMessage


class Command(BaseCommand):
    help = (
        "Erase raw mail that is settled: its bytes, sender and subject. That it came, when, and "
        "what became of it stays; so do the case and its message."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("refs", nargs="*", help="numbers of mails, such as R-7KQ4M-19XZ2-4")
        parser.add_argument("--older-than", type=int, metavar="DAYS", default=None)

    def handle(self, *_args: Any, **options: Any) -> None:
        now, refs, days = timezone.now(), options["refs"], options["older_than"]
        if bool(refs) == (days is not None):
            raise CommandError("Name mails, or say --older-than DAYS.")
        if refs:
            rows = RawMessage.objects.filter(ref__in=refs)
            erased = sum(services.erase(row, at=now) for row in rows)
        else:
            erased = services.erase_before(now - timedelta(days=days), at=now)
        self.stdout.write(f"{erased} erased.")
