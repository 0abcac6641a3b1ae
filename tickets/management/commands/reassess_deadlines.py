"""Count the dates of open cases again, after a rule or a calendar has changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tickets import calendars, reassessing
from tickets.models import Deadline
from tickets.reassessing import Change


class Command(BaseCommand):
    help = "Show which dates of open cases would start, move or end; --apply writes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jurisdiction", default="")
        parser.add_argument("--rule", default="", help="only this rule")
        parser.add_argument("--case", default="", help="only this case")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--reason", default="", help="kept in the case's history")
        parser.add_argument("--by", default="", help="who decided it")

    def handle(self, *_args: Any, **options: Any) -> None:
        reason, by = options["reason"].strip(), options["by"].strip()
        if options["apply"] and not (reason and by):
            raise CommandError("To write, say why and who: --reason '…' --by NAME.")
        calendars.heed(now=True)
        count = 0
        chosen = {name: options[name] for name in ("jurisdiction", "rule", "case")}
        for one in reassessing.preview(**chosen):
            done = options["apply"] and reassessing.apply(
                one, at=timezone.now(), reason=reason, by=by
            )
            count += 1
            self.stdout.write(f"{_said(one)}{' written' if done else ''}")
        self.stdout.write(f"{count} dates. {'' if options['apply'] else 'Nothing was written.'}")


def _said(one: Change) -> str:
    old = one.stored and (one.stored.due_on or one.stored.first_allowed_on)
    new = None if one.what == "end" else one.row.due_on or one.row.first_allowed_on
    mark = " (law)" if one.row.severity == Deadline.Severity.STATUTORY else ""
    return f"{one.ticket.reference} {one.what} {one.row.rule}{mark} {old or '-'} -> {new or '-'}"
