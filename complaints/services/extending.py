"""More time, in the law's own steps; it counts when the complainant has been told."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from complaints import recusal
from complaints.models import Complaint, Extension
from complaints.services.clocks import limit_after, locked, reassess, running, today
from complaints.steps import STEPS, Step
from kernel.actors import Actor
from kernel.errors import NotAllowed, NotNow, Unfit
from tickets import deadlines, messages
from tickets.machine import allowed, perform
from tickets.models import Deadline


def may_extend(complaint: Complaint) -> list[Deadline]:
    """The limits of this round that the law lets us extend now, the nearest first."""
    taken = complaint.extensions.filter(round=complaint.round).values_list("rule", flat=True)
    rows = running(complaint).filter(rule__in=STEPS).exclude(rule__in=taken)
    return list(rows.order_by("due_at"))


@transaction.atomic
def extend(
    complaint: Complaint,
    *,
    actor: Actor,
    at: datetime,
    because: str,
    expected_on: date,
    approver: str = "",
    version: int | None = None,
) -> Complaint:
    """Take the next step of time for the nearest limit, and tell the complainant why.

    Where the law asks for approval a lead takes it and names who approved. The old date stands
    until the letter has left.

    Raises:
        NotNow: the law gives no further step, or the date has passed: nothing repairs that.
        NotAllowed: the step needs an approval that this person cannot give.
        Unfit: no reason, no approver, or a promised day that is past or beyond the new limit.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    # Who may not is told that, and not what the law would give.
    ready = "extend" in allowed(row, actor)
    kept = _take(row, actor, at, because, expected_on, approver) if ready else {}
    return perform(row, "extend", actor=actor, at=at, version=version, facts=kept)


def _take(
    complaint: Complaint, actor: Actor, at: datetime, because: str, expected_on: date, approver: str
) -> dict[str, str]:
    """Write the extension down and return what history keeps of it."""
    limits = may_extend(complaint)
    if not limits:
        raise NotNow("no_extension", _("The law gives no further time for this complaint."))
    limit = limits[0]
    if limit.due_at is not None and limit.due_at <= at:
        raise NotNow("extension_too_late", _("The date has passed: an extension repairs nothing."))
    step = STEPS[limit.rule]
    _approved(step, complaint, actor, approver)
    extension = Extension(
        complaint=complaint,
        round=complaint.round,
        rule=limit.rule,
        because=redaction.redact(messages.checked(because)).text,
        expected_on=expected_on,
        approver=redaction.mask(approver.strip())[:120],
        taken_by=actor.ref,
        taken_at=at,
        told_on=today(complaint, at),
    )
    latest = limit_after(complaint, extension)
    if expected_on <= today(complaint, at) or (latest and expected_on > latest):
        raise Unfit(
            "bad_day",
            _("Promise a day after today that the law allows."),
            pointer="/expected_on",
            latest=latest.isoformat() if latest else "",
        )
    extension.told_on = None
    extension.save()
    return {"rule": limit.rule, "expected_on": expected_on.isoformat()}


def _approved(step: Step, complaint: Complaint, actor: Actor, approver: str) -> None:
    if not step.needs_approval:
        return
    if not actor.trusted and not (
        actor.kind == "staff" and actor.user.has_perm("complaints.approve_extension")
    ):
        raise NotAllowed("approval_needed", _("The law asks for an approval: a lead takes it."))
    if actor.kind == "staff" and complaint.ticket.assignee_id == actor.user.pk:
        raise NotAllowed("same_person", _("Whoever handles the complaint does not approve this."))
    if not approver.strip():
        raise Unfit("approver_missing", _("Name who approved it."), pointer="/approver")


@transaction.atomic
def extension_left(complaint: Complaint, *, at: datetime) -> Complaint:
    """The letter has left: from now on the extension counts, and the law gives the new date."""
    complaint = locked(complaint)
    waiting = complaint.extensions.filter(round=complaint.round, told_on=None)
    if waiting.update(told_on=today(complaint, at)):
        reassess(complaint, at=at)
        # Where the law gives no further limit the letter itself is what was owed by the old one.
        deadlines.meet(complaint.ticket_id, ["complaint.extend"], at=at)
    return complaint
