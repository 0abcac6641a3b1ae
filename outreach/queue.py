"""Turns events into notices: reads the history after a position and writes a row for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from accounts.models import Cardholder
from kernel import folder, references
from outreach import channels
from outreach.letters import LETTERS
from outreach.models import Notice, Position
from tickets import services as tickets
from tickets.models import Event

CHANNELS = folder.entries(channels)
BATCH = 200
QUEUED, UNDELIVERABLE = Notice.State.QUEUED, Notice.State.UNDELIVERABLE
READER = "letters"
# No transaction stays open for as long as this: what it wrote is visible by then.
OVERLAP = timedelta(hours=1)


@transaction.atomic
def queue(at: datetime, *, batch: int = BATCH) -> int:
    """Write a notice for each event that has a letter and no notice. Returns how many.

    One worker at a time; another finds the position locked and lets it be.
    """
    Position.objects.get_or_create(reader=READER)
    position = Position.objects.select_for_update(skip_locked=True).filter(reader=READER).first()
    if position is None:
        return 0
    _try_unreachable(at)
    untold = ~Exists(Notice.objects.filter(event=OuterRef("pk")))
    events = list(
        Event.objects.filter(untold, name__in=LETTERS, pk__gt=position.floor)
        .select_related("ticket__cardholder")
        .order_by("pk")[:batch]
    )
    notices = [_notice(event, at) for event in events]
    Notice.objects.bulk_create(notices)
    _tell_unreachable((row for row in notices if row.state == UNDELIVERABLE), at)
    if len(events) < batch:
        _advance(position, at)
    return len(events)


@transaction.atomic
def skip(at: datetime) -> None:
    """Take everything up to now as told: for a history that was imported, not lived here."""
    position, _fresh = Position.objects.get_or_create(reader=READER)
    newest = _newest()
    position.floor, position.seen, position.seen_at = newest, newest, at
    position.save()


def draft(event: Event, channel: str, *, at: datetime) -> Notice:
    """A notice about ``event`` that waits to leave by ``channel``; it is not stored yet."""
    return Notice(
        event=event, ticket_id=event.ticket_id, ref=references.new("N"), channel=channel,
        letter=LETTERS[event.name].name(event.facts), created_at=at, due_at=at,
        language=event.ticket.cardholder.language,
    )  # fmt: skip


def ways_to(holder: Cardholder) -> list[str]:
    """The channels that reach a cardholder, the preferred one first."""
    ordered = sorted(CHANNELS, key=lambda name: (name != holder.preferred_channel, name))
    return [name for name in ordered if CHANNELS[name].reaches(holder)]


def _notice(event: Event, at: datetime) -> Notice:
    holder = event.ticket.cardholder
    ways = ways_to(holder)
    notice = draft(event, ways[0] if ways else holder.preferred_channel, at=at)
    notice.ticket = event.ticket
    notice.state = QUEUED if ways else UNDELIVERABLE
    return notice


def _try_unreachable(at: datetime) -> None:
    """An address has come in since: let the letter leave after all."""
    stuck = (
        Notice.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=UNDELIVERABLE)
        .filter(Q(ticket__cardholder__email__gt="") | Q(ticket__cardholder__postal_address__gt=""))
        .select_related("ticket__cardholder")
        .order_by("id")[:BATCH]
    )
    for notice in stuck:
        ways = ways_to(notice.ticket.cardholder)
        if ways:
            notice.channel, notice.state, notice.due_at = ways[0], QUEUED, at
            notice.save(update_fields=["channel", "state", "due_at"])


def _advance(position: Position, at: datetime) -> None:
    """Nothing below what was seen an hour ago can still appear: begin above it from now on."""
    if position.seen_at is None or at - position.seen_at >= OVERLAP:
        position.floor = position.seen
        position.seen, position.seen_at = _newest(), at
        position.save()


def _newest() -> int:
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _tell_unreachable(notices: Iterable[Notice], at: datetime) -> None:
    """Tell the lead of each case that a letter has nowhere to go."""
    for notice in notices:
        words = f"letter {notice.ref} cannot leave: no address"
        tickets.raise_alert(notice.ticket, words, at=at)
