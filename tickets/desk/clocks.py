"""Dates as people read them: how long is left, or for how long it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tickets.desk import phrases
from tickets.models import Deadline

SOON = timedelta(days=3)
CALM, WARN, LATE = "calm", "warn", "late"


@dataclass(frozen=True)
class Left:
    """How long is left until ``at``: words, a tone, and the instant for the ticking script."""

    at: datetime
    text: str
    tone: str


def left(at: datetime | None, now: datetime) -> Left | None:
    """Say how long is left until ``at``, or for how long it is past."""
    if at is None:
        return None
    span = at - now
    if span < timedelta(0):
        return Left(at, _("%(span)s late") % {"span": phrases.span(-span)}, LATE)
    text = _("%(span)s left") % {"span": phrases.span(span)}
    return Left(at, text, WARN if span < SOON else CALM)


class Clock:
    """One deadline row on the case page."""

    def __init__(self, row: Deadline, now: datetime) -> None:
        self.row = row
        self.left = left(row.due_at, now) if row.state == Deadline.State.RUNNING else None
        if self.left and self.left.tone == LATE and not self.ours:
            # A window that somebody else let pass is over; nobody is late.
            self.left = None

    @property
    def dated(self) -> bool:
        """It has a date; otherwise it waits for a fact or only forbids."""
        return self.row.due_at is not None

    @property
    def ours(self) -> bool:
        """It binds the issuer; a window of somebody else does not."""
        return self.row.binds == "issuer" and self.row.nature == "deadline"

    @property
    def binds(self) -> str:
        """Whose date it is."""
        return phrases.bound(self.row.binds)

    @property
    def nature(self) -> str:
        """What kind of date it is, where it is no plain deadline."""
        return phrases.nature(self.row.nature)

    @property
    def words(self) -> str:
        """The rule's own words in the reader's language."""
        return self.row.words

    @property
    def unsure(self) -> str:
        """A warning where nobody has confirmed the rule's number."""
        if self.row.confirmed:
            return ""
        return _("Not confirmed: switched on by this issuer. Check its text before you rely on it.")

    @property
    def trace(self) -> list[str]:
        """Each step of the count, in the reader's words."""
        return self.row.steps
