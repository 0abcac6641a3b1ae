"""A case as its cardholder sees it: what every kind shares, and how the kinds tell the rest.

A kind's room adds a ``Teller``; so this room lists cases of every kind and imports none. The
inner names of states and departments never leave through here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Cardholder
from kernel.errors import Missing
from kernel.references import tidy
from tickets.models import Deadline, Message, Ticket
from tickets.models.ticket import CLOSED, NEW, RESOLVED, WAITING

Told = dict[str, Any]

RECEIVED, IN_REVIEW, ACTION_NEEDED = "received", "in_review", "action_needed"
WITH_MERCHANT_BANK, WITHDRAWAL_PENDING = "with_merchant_bank", "withdrawal_pending"
WITH_OMBUDSMAN = "with_ombudsman"
FINISHING, DECIDED, SHUT = "finishing", "decided", "closed"
STATUSES = (
    RECEIVED, IN_REVIEW, ACTION_NEEDED, WITH_MERCHANT_BANK, WITHDRAWAL_PENDING, WITH_OMBUDSMAN,
    FINISHING, DECIDED, SHUT,
)  # fmt: skip
_WAITING = {
    "cardholder": ACTION_NEEDED,
    "merchant": WITH_MERCHANT_BANK,
    "network": WITH_MERCHANT_BANK,
}
_PARTIES = {"cardholder": "you", "merchant": "merchant_bank", "network": "card_network"}
# Our own targets bind nobody but us, and a prohibition has no day on which to do something.
_SEVERITIES = {Deadline.Severity.STATUTORY, Deadline.Severity.SELF_REGULATORY}
_STATES = {Deadline.State.RUNNING, Deadline.State.MET}
_NATURES, _BOUND = {"deadline", "window"}, {"issuer", "customer"}


@dataclass(frozen=True)
class Viewing:
    """Who looks, and when; ``whole`` is one case in full, not a line of a list.

    ``fresh`` is a case that this very request has opened: nobody has added anything yet.
    """

    holder: Cardholder
    at: datetime
    whole: bool
    fresh: bool = False

    @property
    def today(self) -> date:
        """The date where the cardholder lives."""
        return self.day(self.at)

    def day(self, at: datetime) -> date:
        """The local date of an instant."""
        return at.astimezone(self.holder.zone).date()

    def last_day(self, until: datetime) -> date:
        """The last local day before ``until``: what ends at midnight ends on the day before."""
        return self.day(until - timedelta(microseconds=1))


class Teller(Protocol):
    """What a kind's room knows about its cases."""

    related: tuple[str, ...]

    def load(self, tickets: Sequence[Ticket], viewing: Viewing) -> None:
        """Fetch, for all of them at once, what :meth:`tell` will need."""

    def tell(self, ticket: Ticket, dates: list[Told], viewing: Viewing) -> Told:
        """Tell the kind's own part; it may replace what the envelope says."""


_TELLERS: dict[str, Teller] = {}


def register(kind: str, teller: Teller) -> None:
    """Let a room tell the cases of its kind."""
    _TELLERS[kind] = teller


def of(holder: Cardholder, *kinds: str) -> QuerySet[Ticket]:
    """The cardholder's own cases: the one place that says whose a case is."""
    own = Ticket.objects.filter(cardholder=holder)
    return own.filter(kind__in=kinds) if kinds else own


def get(holder: Cardholder, reference: str, *kinds: str, related: Sequence[str] = ()) -> Ticket:
    """One of the cardholder's own cases with its ``related`` rows, not what only its page shows.

    Raises:
        Missing: there is none, or it is another's.
    """
    found = of(holder, *kinds)
    return _one(found.select_related(*related) if related else found, reference)


def _one(cases: QuerySet[Ticket], reference: str) -> Ticket:
    try:
        return cases.get(reference=tidy(reference) or "")
    except Ticket.DoesNotExist:
        raise Missing("not_found", _("You have no such case.")) from None


def listed(cases: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Add what is shown of each case to the query."""
    return cases.select_related(*(name for each in _TELLERS.values() for name in each.related))


def tell_all(tickets: Sequence[Ticket], viewing: Viewing) -> list[Told]:
    """Tell each case, with a fixed number of queries for all of them."""
    _load_dates(tickets, viewing)
    for kind, teller in _TELLERS.items():
        ours = [row for row in tickets if row.kind == kind]
        if ours:
            teller.load(ours, viewing)
    return [_tell(row, viewing) for row in tickets]


def tell(holder: Cardholder, reference: str, *kinds: str, at: datetime) -> tuple[Told, int]:
    """Tell one case in full, and its version.

    Raises:
        Missing: there is none, or it is another's.
    """
    story = Message.objects.filter(ticket=OuterRef("pk"), direction=Message.Direction.IN)
    # By name only: the attribute is there, empty, on a row that was read without asking.
    asked = {"has_story": Exists(story)}
    found = listed(of(holder, *kinds)).select_related("account").annotate(**asked)
    row = _one(found, reference)
    return tell_all([row], Viewing(holder, at, whole=True))[0], row.seq


def tell_new(holder: Cardholder, ticket: Ticket, *, at: datetime) -> tuple[Told, int]:
    """Tell a case that this very request has opened, and its version."""
    viewing = Viewing(holder, at, whole=True, fresh=True)
    return tell_all([ticket], viewing)[0], ticket.seq


def status_of(ticket: Ticket) -> str:
    """The public status, as far as the envelope knows it."""
    if ticket.state == WAITING:
        return _WAITING.get(ticket.waiting_on, IN_REVIEW)
    return {NEW: RECEIVED, RESOLVED: DECIDED, CLOSED: SHUT}.get(ticket.state, IN_REVIEW)


def own_date(code: str, name: str, on: date, viewing: Viewing, *, due_at: datetime) -> Told:
    """A date that comes from the issuer's own terms, in the shape of the law's."""
    return {
        "code": code, "name": name, "date": on.isoformat(), "time_zone": viewing.holder.time_zone,
        "due_at": due_at.isoformat(), "days_left": (on - viewing.today).days, "for": "you",
        "met": False, "citation": "", "why": [], "severity": "terms", "accepted_until": None,
        "confirmed": True,
    }  # fmt: skip


def _tell(ticket: Ticket, viewing: Viewing) -> Told:
    dates = [_date(row, viewing) for row in _shown(ticket)]
    told = {
        "reference": ticket.reference,
        "kind": ticket.kind,
        "status": status_of(ticket),
        "version": ticket.seq,
        "received_at": ticket.received_at.isoformat(),
        "updated_at": ticket.updated_at.isoformat(),
        "dates": dates,
        "actions": ["add_message", "add_attachment"] if ticket.state != CLOSED else [],
    }
    teller = _TELLERS.get(ticket.kind)
    if teller is not None:
        told |= teller.tell(ticket, dates, viewing)
    if viewing.whole:
        told["turns"] = _turns(ticket, viewing)
    return told


def _load_dates(tickets: Sequence[Ticket], viewing: Viewing) -> None:
    """Fetch deadlines: of one case all, as its evidence needs them; of a list what it shows."""
    missing: dict[int, list[Deadline]] = {row.pk: [] for row in tickets if row.known_dates is None}
    found = Deadline.objects.filter(ticket__in=missing)
    if not viewing.whole:
        found = found.filter(
            severity__in=_SEVERITIES, state__in=_STATES, nature__in=_NATURES, binds__in=_BOUND,
            due_on__isnull=False,
        )  # fmt: skip
    # Unsorted: whoever shows them sorts the few that are shown.
    for one in found.order_by() if missing else ():
        missing[one.ticket_id].append(one)
    for row in tickets:
        if row.pk in missing:
            row.known_dates = missing[row.pk]


def _shown(ticket: Ticket) -> list[Deadline]:
    """Dates that say something about what is still to come: the notice itself is in already."""
    found = [
        row for row in ticket.known_dates or ()
        if row.due_on and row.severity in _SEVERITIES and row.state in _STATES
        and row.nature in _NATURES and row.binds in _BOUND and "dispute.file" not in row.ends
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row.due_on, row.pk or 0))


def _date(row: Deadline, viewing: Viewing) -> Told:
    due_on = row.due_on or viewing.today
    return {
        "code": row.key, "name": row.name, "date": due_on.isoformat(), "time_zone": row.time_zone,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "days_left": (due_on - viewing.today).days,
        "for": "you" if row.binds == "customer" else "us",
        "met": row.state == Deadline.State.MET, "citation": row.cited, "why": row.steps,
        "severity": row.severity,
        "accepted_until": _iso(row.rolled_on if row.rolled_on != row.due_on else None),
        "confirmed": row.confirmed,
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _turns(ticket: Ticket, viewing: Viewing) -> list[Told]:
    """How long each party has had the case; all our departments are one to the cardholder."""
    if viewing.fresh:
        return [{"party": "us", "seconds": 0}]
    now, seconds = viewing.at, Counter[str]()
    turns = ticket.turns.order_by().values_list("party", "started_at", "ended_at")
    for party, started_at, ended_at in turns:
        seconds[_PARTIES.get(party, "us")] += int(((ended_at or now) - started_at).total_seconds())
    return [{"party": party, "seconds": spent} for party, spent in seconds.most_common()]
