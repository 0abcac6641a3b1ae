"""Looking at an answer again: by another person of ours, once a round."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from complaints import policy, recusal
from complaints.models import Complaint, Decision, Review
from complaints.outcomes import overall
from complaints.services import drafts
from complaints.services.clocks import locked, reassess, today
from complaints.services.drafts import Draft, write_down
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, NotNow
from tickets import deadlines, messages
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Deadline


@transaction.atomic
def request_review(
    complaint: Complaint, *, actor: Actor, at: datetime, because: str, version: int | None = None
) -> Complaint:
    """Ask that another person look at the answer.

    A cardholder may as long as the law's window is open, or our own, whichever is longer.

    Raises:
        NotNow: it was reviewed already in this round, or the time is over.
    """
    row = locked(complaint)
    words = messages.checked(because)
    complaint = perform(row, "request_review", actor=actor, at=at, version=version)
    if complaint.reviews.filter(round=complaint.round).exists():
        raise NotNow(
            "reviewed_already",
            _("We have looked at this answer again already. Our letter says what else you may do."),
        )
    if actor.kind == "cardholder":
        _in_time(complaint, at)
    _end_window(complaint, "request_review", at)
    Review.objects.create(
        complaint=complaint,
        round=complaint.round,
        of=complaint.decisions.filter(round=complaint.round, state="sent").latest("id"),
        asked_on=today(complaint, at),
        asked_by=actor.ref,
    )
    tickets.reopen(complaint.ticket, actor=SYSTEM, at=at, because="review")
    messages.write(complaint.ticket, direction=messages.IN, body=words, actor=actor, at=at)
    reassess(complaint, at=at)
    return complaint


@transaction.atomic
def decide_review(
    complaint: Complaint, *, actor: Actor, at: datetime, draft: Draft, version: int | None = None
) -> Complaint:
    """Confirm or change the answer. What it gives comes on top of what was given before.

    Raises:
        NotAllowed: the reviewer had a hand in the answer, or the amount is above their limit.
        Unfit: something in the draft is missing.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    review = row.reviews.filter(round=row.round).select_related("of").first()
    drafts.check(row, "decide_review", draft, actor=actor, at=at)
    complaint = perform(
        row, "decide_review", actor=actor, at=at, version=version,
        outcome=_outcome(draft),
        facts={"outcome": _outcome(draft), "refunded": draft.refunded, "minor": draft.minor},
    )  # fmt: skip
    if review is None:
        raise NotNow("no_review", _("Nobody has asked for a review."))
    if actor.ref in {review.of.drafted_by, review.of.sent_by}:
        raise NotAllowed(
            "same_person", _("Somebody who had no hand in the answer decides the review.")
        )
    decision = write_down(complaint, draft, Decision.Kind.REVIEW, actor=actor, at=at)
    policy.may_give(actor, decision.amount_minor, decision.currency)
    decision.state, decision.sent_by, decision.sent_at = Decision.State.SENT, actor.ref, at
    decision.save(update_fields=["state", "sent_by", "sent_at"])
    changed = decision.refunded or decision.outcome != review.of.outcome
    review.decision = decision
    review.result = Review.Result.CHANGED if changed else Review.Result.CONFIRMED
    review.save(update_fields=["decision", "result"])
    return complaint


def _outcome(draft: Draft) -> str:
    return overall(outcome for _words, outcome in draft.points) if draft.points else ""


def _in_time(complaint: Complaint, at: datetime) -> None:
    windows = Deadline.objects.filter(ticket_id=complaint.ticket_id, key="request_review")
    ends = [row.due_at for row in windows if row.due_at]
    if complaint.told_at is not None:
        ends.append(complaint.told_at + timedelta(days=settings.REOPEN_WITHIN_DAYS))
    if ends and at > max(ends):
        raise NotNow("reopening_window_over", _("The time to ask for a review is over."))


def _end_window(complaint: Complaint, key: str, at: datetime) -> None:
    """End the window that this very step was for: the Ombudsman's own runs on beside a review."""
    open_now = Deadline.objects.filter(
        ticket_id=complaint.ticket_id, key=key, state=Deadline.State.RUNNING
    )
    if open_now.exists():
        deadlines.meet(complaint.ticket_id, ["complaint.request_review"], at=at)
