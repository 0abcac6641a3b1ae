"""One case as it was lived: the real machines, pressed in memory, and the rows they leave.

The verbs do what the services of their name do, without a database in between. States change
by the machines' own transitions, dates come from the law, events are chained as history does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from benchmarks.seed.bulk import Bulk
from disputes.models import Dispute, DisputeItem
from kernel import references
from kernel.actors import SYSTEM, Actor
from tickets import deadlines, history
from tickets.machine import begin
from tickets.models import Deadline, Machine, Message, Ticket, Turn

STATE = Deadline.State
_GOING = (STATE.RUNNING, STATE.PAUSED)


class Life:
    """A case from its filing on; ``at`` is where its clock stands."""

    def __init__(self, bulk: Bulk, ticket: Ticket, dates: Sequence[Deadline]) -> None:
        self.bulk, self.ticket, self.dates = bulk, bulk.add(ticket), list(dates)
        self.at = ticket.received_at
        self.dispute: Dispute
        self.items: list[DisputeItem] = []
        self.turn: Turn | None = None
        for row in self.dates:
            row.ticket = ticket
            bulk.add(row)

    def press(self, row: Machine, verb: str, actor: Actor, /, **inputs: Any) -> None:
        """Press ``verb`` on a row of the case, and keep the event."""
        self._keep(begin(row, verb, actor=actor, at=self.at, **inputs))

    def note(self, name: str, actor: Actor, after: str = "", **facts: Any) -> None:
        """Keep an event of a verb that moves no machine of ours."""
        self._keep(history.unchained(name, actor, self.at, "", after, facts))

    def say(self, direction: str, body: str, actor: Actor) -> None:
        """Add a message to the thread."""
        message = Message(
            ticket=self.ticket, ref=references.new("M"), direction=direction, body=body,
            actor_kind=actor.kind, actor_ref=actor.ref, at=self.at,
        )  # fmt: skip
        self.bulk.add(message)

    def pass_to(self, party: str) -> None:
        """Let ``party`` have the turn; empty for nobody."""
        if self.turn is not None:
            self.turn.ended_at = self.at
        self.turn = None
        if party:
            self.turn = self.bulk.add(Turn(ticket=self.ticket, party=party, started_at=self.at))

    def wait(self, on: str, wanted: str, days: int, on_silence: str = "time_out") -> None:
        """Wait for somebody; the house's own targets stand still."""
        until = self.at + timedelta(days=days)
        self.press(
            self.ticket, "wait", SYSTEM, on=on, wanted=wanted, until=until, on_silence=on_silence
        )
        self.pass_to(on)
        for row in self.dates:
            if row.state == STATE.RUNNING and row.severity == Deadline.Severity.INTERNAL:
                row.state, row.paused_at = STATE.PAUSED, self.at

    def resume(self, verb: str = "resume") -> None:
        """Go on; the house's own targets run on, later by as long as they stood still."""
        self.press(self.ticket, verb, SYSTEM)
        self.pass_to(self.ticket.department)
        for row in self.dates:
            if row.state == STATE.PAUSED and row.due_at and row.paused_at:
                row.due_at += self.at - row.paused_at
                row.due_on = row.safe_on = (row.due_at - timedelta(microseconds=1)).date()
                row.state, row.paused_at = STATE.RUNNING, None

    def meet(self, word: str) -> None:
        """A letter left: what ``word`` ends is met, late or not."""
        for row in self.dates:
            if row.state in _GOING and word in row.ends:
                if row.due_at and row.due_at <= self.at:
                    row.breached_at = row.due_at
                row.state, row.met_at, row.paused_at = STATE.MET, self.at, None

    def end(self) -> None:
        """Nothing is owed any more and nobody has to move."""
        self.pass_to("")
        for row in self.dates:
            if row.state in _GOING:
                row.state, row.met_at, row.paused_at = STATE.ENDED, self.at, None

    def settle_down(self, now: datetime) -> None:
        """Leave the case as it stands at ``now``: breaches marked, its next date known."""
        for row in self.dates:
            late = row.state == STATE.RUNNING and row.due_at and row.due_at <= now
            if late and row.binds == "issuer" and row.nature == "deadline":
                row.breached_at = row.due_at
        ticket = self.ticket
        nearest = deadlines.nearest_of(row for row in self.dates if row.state == STATE.RUNNING)
        if nearest is not None:
            ticket.next_due_at, ticket.next_due_rule = nearest.due_at, nearest.rule
        ticket.updated_at = self.at

    def _keep(self, event: Any) -> None:
        history.advance(self.ticket, event)
        event.ticket = self.ticket
        self.bulk.add(event)
