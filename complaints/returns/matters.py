"""One complaint as a return sees it: plain days, codes and amounts, read in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from complaints.models import Complaint, Decision, Redress
from complaints.outcomes import WITHDRAWN
from complaints.returns.profiles import Profile
from complaints.returns.span import Span
from tickets.models import Deadline

# Cases in memory at a time.
_CHUNK = 500
# No two places of the world are further apart than this.
_ZONES = timedelta(days=2)
# Neither texts nor traces are read: they are most of what the rows weigh.
_DECISIONS = Decision.objects.filter(told_at__isnull=False).only("complaint", "round", "told_at")
_DATES = Deadline.objects.filter(binds="issuer").only(
    "ticket", "rule", "nature", "severity", "due_on", "due_at", "state", "met_at", "breached_at",
    "ends",
)  # fmt: skip


@dataclass(frozen=True)
class Paid:
    """A line of redress that was given: ``minor`` is zero for what is no money."""

    kind: str
    minor: int
    currency: str
    on: date


@dataclass(frozen=True)
class Matter:
    """A complaint. ``closed_on`` is when its first answer of the round left, or it was withdrawn.

    ``late`` are the dates of law that were missed: rule and last day.
    """

    reference: str
    category: str
    department: str
    product: str
    source: str
    opened_on: date
    closed_on: date | None
    outcome: str
    root_cause: str
    settled_at_once: bool
    redress: tuple[Paid, ...]
    late: tuple[tuple[str, date], ...]

    def open_before(self, day: date) -> bool:
        """Was it here and not answered as ``day`` began?"""
        return self.opened_on < day and (self.closed_on is None or self.closed_on >= day)


def stream(profile: Profile, span: Span, now: datetime) -> Iterator[Matter]:
    """Read every complaint that may count in the return, in the order of their receipt."""
    for row in rows(profile, span, now).iterator(chunk_size=_CHUNK):
        yield _matter(row, profile, now)


def rows(profile: Profile, span: Span, now: datetime) -> QuerySet[Complaint]:
    """Its cases: more rather than fewer, days being local; duplicates are counted once."""
    after = datetime.combine(span.first, datetime.min.time(), now.tzinfo) - _ZONES
    paid = Redress.objects.filter(complaint=OuterRef("pk"), posted_at__gte=after)
    missed = Deadline.objects.filter(ticket=OuterRef("ticket"), due_on__gte=span.first)
    windows = Q(nature="window")
    missable = Q(
        nature="deadline", severity=Deadline.Severity.STATUTORY,
        due_on__range=(span.first, span.last),
    )  # fmt: skip
    return (
        Complaint.objects.filter(
            profile.belongs, ticket__duplicate_of=None, received_on__lte=span.last
        )
        .filter(Q(told_at=None) | Q(told_at__gte=after) | Exists(paid) | Exists(missed))
        .select_related("ticket__cardholder", "ticket__account")
        .prefetch_related(
            "arrivals",
            "redress",
            Prefetch("decisions", _DECISIONS),
            Prefetch("ticket__deadlines", _DATES.filter(windows | missable)),
        )
        .order_by("received_on", "pk")
    )


def _matter(row: Complaint, profile: Profile, now: datetime) -> Matter:
    ticket, zone = row.ticket, row.ticket.cardholder.zone

    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at else None

    came = [one for one in row.arrivals.all() if one.body == profile.body] if profile.body else []
    opened = day(came[0].received_at) if came else None
    opened = opened or row.received_on
    closed = day(_answered(row))
    dates = list(ticket.deadlines.all())
    return Matter(
        reference=ticket.reference,
        category=row.category,
        department=ticket.department,
        product=ticket.account.product if ticket.account else "",
        source=ticket.source,
        opened_on=opened,
        # The regulator may send what was answered before.
        closed_on=max(closed, opened) if closed else None,
        outcome=row.outcome,
        root_cause=row.root_cause,
        settled_at_once=closed is not None and _at_once(dates, closed),
        redress=tuple(
            Paid(one.kind, one.amount_minor, one.currency, given)
            for one in row.redress.all()
            if (given := day(one.posted_at)) is not None
        ),
        late=tuple(_late(dates, now)),
    )


def _answered(row: Complaint) -> datetime | None:
    """When the first answer of this round left; a review later moves nothing."""
    if row.state == WITHDRAWN:
        return row.decided_at
    told = [one.told_at for one in row.decisions.all() if one.round == row.round and one.told_at]
    return min(told, default=None)


def _at_once(dates: Iterable[Deadline], closed: date) -> bool:
    """Closed inside the law's window for a short settlement: three business days in the UK."""
    return any(
        one.nature == "window" and "complaint.summary_resolve" in one.ends
        and one.due_on is not None and closed <= one.due_on
        for one in dates
    )  # fmt: skip


def _late(dates: Iterable[Deadline], now: datetime) -> Iterator[tuple[str, date]]:
    for one in dates:
        if one.severity != Deadline.Severity.STATUTORY or one.nature != "deadline":
            continue
        if one.due_on is None or one.due_at is None:
            continue
        running = one.state == Deadline.State.RUNNING and one.due_at <= now
        after = one.met_at is not None and one.met_at >= one.due_at
        if running or after or one.breached_at is not None:
            yield one.rule, one.due_on
