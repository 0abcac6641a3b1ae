"""Prove that no case's history was changed, or name the first link that breaks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tickets import history
from tickets.models import Ticket


class Command(BaseCommand):
    help = "Recompute the hash chain of every case, or of the cases named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("references", nargs="*", help="only these cases")

    def handle(self, *args: Any, **options: Any) -> None:
        tickets = Ticket.objects.order_by("pk")
        if options["references"]:
            tickets = tickets.filter(reference__in=options["references"])
        checked = 0
        for ticket in tickets.iterator(chunk_size=500):
            for number, wrong in history.broken_links(ticket):
                raise CommandError(f"{ticket.reference}: event {number} {wrong}.")
            checked += 1
        self.stdout.write(self.style.SUCCESS(f"{checked} cases, every link holds."))
