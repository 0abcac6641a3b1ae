"""A complaint's dates: started by its facts, replaced when the law itself gives more time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import Cardholder
from complaints import facts
from complaints.models import Complaint, Decision, Extension
from tickets import deadlines, reassessing
from tickets.models import Deadline, Ticket
from tickets.reassessing import Known

RUNNING, ENDED = Deadline.State.RUNNING, Deadline.State.ENDED


def locked(complaint: Complaint) -> Complaint:
    """The row as it stands, under its lock: the caller's may be stale."""
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def today(complaint: Complaint, at: datetime) -> date:
    """The day that it is where the cardholder lives."""
    return at.astimezone(complaint.ticket.cardholder.zone).date()


def reassess(complaint: Complaint, *, at: datetime) -> None:
    """Start what the facts newly start, and close what they have replaced.

    A limit of law whose rule no longer applies gave way to another of the same law: its row ends,
    late if it was late, and says so; no row's date is ever moved.
    """
    known, ticket = facts.of_complaint(complaint), complaint.ticket
    zone = ticket.cardholder.time_zone
    deadlines.assess(ticket, known, time_zone=zone, subject=complaint.subject)
    applying = {row.rule for row in deadlines.rows(known, time_zone=zone)}
    replaced = (
        running(complaint).exclude(rule__in=applying).exclude(severity=Deadline.Severity.INTERNAL)
    )
    for row in replaced:
        row.state, row.met_at = ENDED, at
        if row.due_at and row.due_at <= at:
            row.breached_at = row.breached_at or row.due_at
        row.trace = [*row.trace, _gave_way(today(complaint, at))]
        row.save(update_fields=["state", "met_at", "breached_at", "trace"])
    deadlines.refresh(ticket.pk)


def open_again(complaint: Complaint) -> None:
    """After a review's letter the ways outside are open for their whole time once more."""
    known, ticket = facts.of_complaint(complaint), complaint.ticket
    zone = ticket.cardholder.time_zone
    outside = {
        row.rule
        for row in deadlines.rows(known, time_zone=zone)
        if row.nature == "window" and row.binds == "customer" and row.key != "request_review"
    }
    subject = f"{complaint.subject} review".strip()
    deadlines.assess(ticket, known, time_zone=zone, subject=subject, only=outside)


def known(ticket: Ticket) -> Iterator[Known]:
    """What is known of a complaint today, when its dates are counted again."""
    complaint = Complaint.objects.filter(ticket=ticket).first()
    if complaint is None:  # the envelope of one alone, as another system may have opened it
        yield from reassessing.received(ticket)
        return
    complaint.ticket = ticket
    yield Known(complaint.subject, facts.of_complaint(complaint))


def running(complaint: Complaint) -> QuerySet[Deadline]:
    """The dates of this round that run and bind us."""
    return Deadline.objects.filter(
        ticket_id=complaint.ticket_id,
        subject=complaint.subject,
        state=RUNNING,
        nature="deadline",
        binds="issuer",
        due_on__isnull=False,
    )


def local_day(at: datetime, holder: Cardholder) -> date:
    """The day that ``at`` is where a cardholder lives."""
    return at.astimezone(holder.zone).date()


def ways_on(complaint: Complaint, decision: Decision | None, *, at: datetime) -> dict[str, date]:
    """The last day of each window that an answer opens which leaves at ``at``, by its rule.

    A window in the complainant's favour that ends on a closed day ends on the next open one.
    """
    if decision is None:
        return {}
    zone = complaint.ticket.cardholder.time_zone
    answer = facts.of_answer(today(complaint, at), summary=decision.kind == "summary")
    rows = deadlines.rows(facts.of_complaint(complaint, more=answer), time_zone=zone)
    return {row.rule: row.rolled_on or row.due_on for row in rows if row.due_on}


def limit_after(complaint: Complaint, told: Extension) -> date | None:
    """The last lawful day once ``told`` counts; None where the law gives no number."""
    zone = complaint.ticket.cardholder.time_zone
    before = {row.rule for row in deadlines.rows(facts.of_complaint(complaint), time_zone=zone)}
    after = deadlines.rows(facts.of_complaint(complaint, told=told), time_zone=zone)
    days = [row.due_on for row in after if row.due_on and row.rule not in before]
    return max(days, default=None)


def _gave_way(day: date) -> list[str]:
    return [f"closed on {day}: the law's next step applies", f"已于{day}结束：适用法定的下一步"]
