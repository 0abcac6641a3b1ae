"""``manage.py receive_mail < message.eml``: the door for a mail server's own pipe."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from intake import services

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Take one mail from standard input. Ends with 0 when it is kept, whatever becomes of it, "
        "and with 75 (EX_TEMPFAIL) when the mail server should keep it and come again."
    )
    # A mail server counts every other status as a bounce; system checks may not stand in the way.
    stealth_options = ("stdin",)
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, stdin: BinaryIO | None = None, **_options: Any) -> None:
        content = (stdin or sys.stdin.buffer).read()
        now = timezone.now()
        try:
            row = services.keep(content, door="pipe", received_at=now, at=now)
        except (OSError, DatabaseError):
            log.exception("mail is not kept")
            sys.exit(os.EX_TEMPFAIL)
        taken = False
        try:
            row = services.take(row, at=timezone.now())
            taken = True
        except (OSError, DatabaseError):
            log.exception("mail %s is kept and waits to be read", row.ref)
        finally:
            if not taken:
                # It is kept: whatever broke here, a bounce or a second delivery would be wrong.
                if sys.exc_info()[0] is not None:
                    log.exception("mail %s is kept and could not be read", row.ref)
                sys.exit(os.EX_OK)
        self.stdout.write(f"{row.ref}: {row.state} {row.why or row.outcome}".strip())
