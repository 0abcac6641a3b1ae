"""The one place where a mail becomes a case."""

from __future__ import annotations

from datetime import datetime

import triage
from accounts.models import Cardholder
from complaints import services as complaints
from complaints.services import Grievance
from intake.models import RawMessage
from kernel.actors import Actor
from tickets import messages
from tickets import services as tickets
from tickets.models import Ticket
from tickets.routing import Matter

SOURCE = "email"


def open_case(
    holder: Cardholder, story: str, row: RawMessage, *, actor: Actor, at: datetime
) -> Ticket:
    """Open a case for the cardholder, received when our mail server had the mail.

    What is plainly a question is an enquiry. Everything else is a complaint until a person says
    otherwise: a claim or a plan that it asks for is opened beside it by whoever reads it, with the
    same receipt. What cannot wait stands on the case as an alert.

    Raises:
        Refusal: what the complaint refuses.
    """
    seems = triage.suggest(story, channel=SOURCE, received_at=row.received_at)
    if seems.kind == "enquiry" and seems.because("kind", "enquiry") and not seems.safety:
        return _enquiry(holder, story, row, actor=actor, at=at)
    grievance = Grievance(
        story=story, source=SOURCE, external_ref=row.ref, received_at=row.received_at
    )
    ticket = complaints.receive(holder, grievance, actor=actor, at=at).ticket
    if seems.safety:
        words = f"mail cannot wait: {', '.join(sorted(seems.safety))}"
        tickets.raise_alert(ticket, words[:200], at=at)
    return ticket


def _enquiry(
    holder: Cardholder, story: str, row: RawMessage, *, actor: Actor, at: datetime
) -> Ticket:
    matter = Matter(
        kind="enquiry", source=SOURCE, vulnerable=holder.vulnerable,
        jurisdiction=holder.jurisdiction,
    )  # fmt: skip
    opening = tickets.Opening(
        matter=matter, cardholder=holder, account=None, received_at=row.received_at,
        external_ref=row.ref,
    )  # fmt: skip
    words = messages.draft(direction=messages.IN, body=story, actor=actor, at=row.received_at)
    return tickets.open_ticket(opening, actor=actor, at=at, dates=[], words=words)
