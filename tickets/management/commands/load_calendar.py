"""Load an announced year, or the issuer's own closures, into the business-day calendars."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from law import calendars as law
from law.calendars import CalendarMissing
from tickets import calendars
from tickets.announcements import Announced, BadFile, read
from tickets.models import Deadline, LoadedCalendar, Ticket
from tickets.models.ticket import LIVE


class Command(BaseCommand):
    help = "Load closing dates (CSV date,status,name or JSON) into a business-day calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--calendar", required=True, help="its id, as US-FED or OWN-US")
        parser.add_argument("--base", default="", help="the calendar under an id of your own")
        parser.add_argument("--year", type=int, help="the file announces this whole year")
        parser.add_argument("--source", default="", help="where the dates are from")
        parser.add_argument("--version", dest="edition", default="", help="which edition")
        parser.add_argument("--by", default="", help="who loads them")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # --version is here the file's, not the framework's.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *_args: Any, **options: Any) -> None:
        row = self._row(options)
        calendars.heed(now=True)
        before = {one.id: one for one in law.calendars()}
        if row.calendar not in before and not row.base:
            raise CommandError(f"There is no calendar {row.calendar}: name its --base.")
        if row.base and row.base not in before:
            raise CommandError(f"There is no calendar {row.base} to build on.")
        try:
            after = calendars.built([*LoadedCalendar.objects.order_by("id"), row])[row.calendar]
        except CalendarMissing as missing:
            raise CommandError(f"The {missing}: load that --year first.") from missing
        days = {date.fromisoformat(one) for one in (*row.closed, *row.opened)}
        years = {row.year} if row.year else {one.year for one in days}
        ground = before.get(row.calendar) or before[row.base]
        changed = self._tell(ground, after, years)
        if options["dry_run"]:
            self.stdout.write("Nothing was loaded.")
            return
        row.save()
        calendars.heed(now=True)
        count = _touched(row.calendar, min(changed, default=None))
        self.stdout.write(
            f"Loaded. {count} open cases have a date that may move: run reassess_deadlines."
        )

    def _row(self, options: dict[str, Any]) -> LoadedCalendar:
        try:
            told: Announced = read(options["file"].read_text("utf-8"), year=options["year"])
        except (OSError, UnicodeDecodeError, BadFile) as problem:
            raise CommandError(f"{options['file']}: {problem}") from problem
        return LoadedCalendar(
            calendar=options["calendar"],
            base=options["base"],
            year=options["year"],
            closed=[one.isoformat() for one in told.closed],
            opened=[one.isoformat() for one in told.opened],
            source=options["source"],
            version=options["edition"],
            loaded_at=timezone.now(),
            loaded_by=options["by"],
        )

    def _tell(self, before: law.Calendar, after: law.Calendar, years: set[int]) -> set[date]:
        changed: set[date] = set()
        for year in sorted(years):
            new = after.year(year)
            try:
                old = before.year(year)
            except CalendarMissing:
                self.stdout.write(f"{after.id} {year}: now known, {len(new)} business days")
                changed |= new
                continue
            for day in sorted(old ^ new):
                self.stdout.write(f"{day} {'open' if day in new else 'closed'}")
            changed |= old ^ new
        return changed


def _touched(calendar: str, first: date | None) -> int:
    if first is None:
        return 0
    rows = Deadline.objects.filter(state=Deadline.State.RUNNING).filter(
        Q(due_on__gte=first) | Q(waits_for__contains=f"calendar {calendar} ")
    )
    return Ticket.objects.filter(state__in=LIVE, pk__in=rows.values("ticket")).count()
