"""``manage.py fetch_mail``: take what lies in the mailbox of the settings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intake import mailbox, services


class Command(BaseCommand):
    help = (
        "Fetch unseen mail by IMAP (RECOURSE_IMAP_URL), keep it, then take it; and take what was "
        "kept before and not read yet. Run it every minute; several at once do no harm."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.IMAP_URL:
            waiting = services.take_waiting(timezone.now())
            self.stdout.write(
                f"{waiting} taken of those that waited; RECOURSE_IMAP_URL is not set."
            )
            return
        counts: Counter[str] = Counter()
        try:
            for row in mailbox.fetch(timezone.now):
                counts[row.state] += 1
        except (mailbox.MailboxTrouble, OSError) as error:
            raise CommandError(f"The mailbox cannot be read: {error}") from error
        finally:
            told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
            self.stdout.write(f"{counts.total()} fetched{': ' + told if told else ''}")
