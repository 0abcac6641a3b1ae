"""Sending the answer: a second person's hand, a letter that leaves, then the money."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from complaints import policy, recusal
from complaints.models import Complaint, Decision
from complaints.models.complaint import RESPONDING
from complaints.services import clocks, drafts, paying
from complaints.services.clocks import locked, reassess
from complaints.services.drafts import Draft, write_down
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow, Unfit
from tickets import deadlines, messages
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Deadline

_VERBS = {"answer": "respond", "summary": "summary_resolve", "review": "decide_review"}
DRAFTED, RETURNED, SENT = Decision.State.DRAFTED, Decision.State.RETURNED, Decision.State.SENT


@transaction.atomic
def send_back(
    complaint: Complaint, *, actor: Actor, at: datetime, because: str, version: int | None = None
) -> Complaint:
    """Give a draft back with the reason; it stays as it was written."""
    row = locked(complaint)
    recusal.check(row, actor)
    words = redaction.redact(messages.checked(because)).text
    complaint = perform(row, "send_back", actor=actor, at=at, version=version)
    complaint.decisions.filter(state=DRAFTED).update(state=RETURNED, returned_because=words)
    return complaint


@transaction.atomic
def respond(
    complaint: Complaint, *, actor: Actor, at: datetime, version: int | None = None
) -> Complaint:
    """Send the answer that another person drafted; above the money limit only a lead may.

    Raises:
        NotAllowed: the same person drafted it, or the amount is above this person's limit.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    decision = row.decisions.select_for_update().filter(state=DRAFTED).first()
    complaint = perform(
        row, "respond", actor=actor, at=at, version=version,
        outcome=decision.outcome if decision else "",
        facts=told(decision) if decision else {},
    )  # fmt: skip
    if decision is None:
        raise NotNow("no_draft", _("There is no draft to send."))
    if decision.drafted_by == actor.ref:
        raise NotAllowed("same_person", _("A second person must send it; you drafted it."))
    policy.may_give(actor, decision.amount_minor, decision.currency)
    _send(decision, actor, at)
    return complaint


@transaction.atomic
def summary_resolve(
    complaint: Complaint,
    *,
    actor: Actor,
    at: datetime,
    draft: Draft,
    accepted: str,
    version: int | None = None,
) -> Complaint:
    """Settle it while the law still lets a short letter do: the complainant has accepted.

    ``accepted`` are the complainant's own words.

    Raises:
        NotNow: the law there knows no such window, or it is over.
        Unfit: no words of acceptance, or something in the draft is missing.
        NotAllowed: the amount is above this person's limit.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    drafts.check(row, "summary_resolve", draft, actor=actor, at=at)
    complaint = perform(
        row, "summary_resolve", actor=actor, at=at, version=version,
        category=draft.category, root_cause=draft.root_cause,
        facts={"outcome": "settled", "refunded": draft.refunded, "minor": draft.minor},
    )  # fmt: skip
    if not summary_window(complaint, at):
        raise NotNow("no_summary", _("The time in which a short settlement will do is over."))
    if not accepted.strip():
        raise Unfit("acceptance_missing", _("Write down how it was accepted."), pointer="/accepted")
    decision = write_down(
        complaint, draft, Decision.Kind.SUMMARY, actor=actor, at=at, outcome="settled"
    )
    policy.may_give(actor, decision.amount_minor, decision.currency)
    messages.write(complaint.ticket, direction=messages.IN, body=accepted, actor=actor, at=at)
    _send(decision, actor, at)
    return complaint


def summary_window(complaint: Complaint, at: datetime) -> date | None:
    """The last day on which a short settlement will do; None where there is none, or no more."""
    rows = Deadline.objects.filter(
        ticket_id=complaint.ticket_id, nature="window", state=Deadline.State.RUNNING, due_at__gt=at
    )
    days = [row.due_on for row in rows if "complaint.summary_resolve" in row.ends]
    return min(filter(None, days), default=None)


@transaction.atomic
def letter_left(complaint: Complaint, *, at: datetime) -> Complaint:
    """The answer's letter has left: money is posted, windows open, the ticket follows.

    Does nothing twice.
    """
    complaint = locked(complaint)
    if complaint.state != RESPONDING:
        return complaint
    complaint = perform(complaint, "conclude", actor=SYSTEM, at=at)
    decision = complaint.decisions.filter(state=SENT, told_at=None).latest("id")
    decision.told_at = at
    decision.save(update_fields=["told_at"])
    deadlines.meet(complaint.ticket_id, [f"complaint.{_VERBS[decision.kind]}"], at=at)
    paying.post(complaint, decision.redress.all(), at=at)
    reassess(complaint, at=at)
    if decision.kind == Decision.Kind.REVIEW:
        clocks.open_again(complaint)
    tickets.conclude(complaint.ticket, at=at, resolution=complaint.outcome)
    return complaint


def told(decision: Decision) -> dict[str, object]:
    """What history keeps of an answer: codes and amounts."""
    return {
        "outcome": decision.outcome,
        "refunded": decision.refunded,
        "minor": decision.amount_minor,
        "currency": decision.currency,
    }


def _send(decision: Decision, actor: Actor, at: datetime) -> None:
    decision.state, decision.sent_by, decision.sent_at = SENT, actor.ref, at
    decision.save(update_fields=["state", "sent_by", "sent_at"])
