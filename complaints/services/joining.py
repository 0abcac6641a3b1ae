"""The same matter again, by another door: it joins its case and restarts nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import CardAccount, Cardholder
from complaints import policy
from complaints.models import Arrival, Complaint
from complaints.models.complaint import OPEN
from complaints.services.clocks import locked, reassess
from complaints.services.grievance import Grievance
from kernel.actors import Actor
from kernel.errors import Unfit
from tickets import messages, reassessing
from tickets import services as tickets
from tickets.machine import record
from tickets.models import Ticket
from tickets.models.ticket import CLOSED


def delivered(cardholder: Cardholder, grievance: Grievance) -> Complaint | None:
    """The case that this very delivery opened or joined, if it came before.

    Raises:
        Unfit: the reference stands on another cardholder's case, or on one of another kind.
    """
    if not grievance.external_ref:
        return None
    # Said aloud, that there is a reference lets SQLite use the index of those that have one.
    named = Arrival.objects.exclude(external_ref="")
    arrival = named.filter(
        source=grievance.source, body=grievance.body, external_ref=grievance.external_ref
    ).first()
    ticket = arrival.complaint.ticket if arrival else _other_kind(grievance)
    if ticket is None:
        return None
    if arrival is None or ticket.cardholder_id != cardholder.pk:
        raise Unfit(
            "external_ref_used",
            _("This reference belongs to another case already."),
            pointer="/external_ref",
        )
    return arrival.complaint


def _other_kind(grievance: Grievance) -> Ticket | None:
    named = Ticket.objects.exclude(external_ref="")
    return named.filter(source=grievance.source, external_ref=grievance.external_name).first()


def same_matter(
    cardholder: Cardholder, grievance: Grievance, account: CardAccount | None
) -> Complaint | None:
    """The case whose matter this is again.

    That is the one that somebody named; else one that is open, of the same account and category.

    Raises:
        Unfit: the named case is no complaint of this cardholder.
    """
    own = Complaint.objects.filter(ticket__cardholder=cardholder).order_by("pk")
    if grievance.joins:
        found = own.filter(ticket__reference=grievance.joins).first()
        if found is None:
            raise Unfit(
                "unknown_case", _("Name a complaint of the same cardholder."), pointer="/joins"
            )
        return found
    if not grievance.category or account is None:
        return None
    open_now = own.filter(state__in=OPEN)
    return open_now.filter(category=grievance.category, ticket__account=account).first()


@transaction.atomic
def join(complaint: Complaint, grievance: Grievance, *, actor: Actor, at: datetime) -> Complaint:
    """Keep that the matter came again: where from and under which reference.

    Nothing starts anew; a body that passes it on may have a clock of its own, which starts
    beside the others. Only where it had reached us before, by a letter that is opened late, say,
    do the dates come forward to that day.
    """
    policy.may_receive(actor)
    complaint = locked(complaint)
    arrived(complaint, grievance, grievance.received_at or at, actor)
    told = {
        "source": grievance.source,
        "body": grievance.body,
        "external_ref": grievance.external_ref,
    }
    record(complaint.ticket_id, "complaint.join", actor=actor, at=at, facts=told)
    ticket = complaint.ticket
    direction = messages.NOTE if ticket.state == CLOSED else messages.IN
    messages.write(ticket, direction=direction, body=grievance.story, actor=actor, at=at)
    if grievance.body:
        tickets.raise_alert(ticket, f"came again through {grievance.body}", at=at)
    complaint = _earliest(complaint, grievance.received_at or at, at)
    reassess(complaint, at=at)
    return complaint


def _earliest(complaint: Complaint, received_at: datetime, at: datetime) -> Complaint:
    """Count from the earlier receipt when what joins had been with us before: its date wins."""
    ticket = complaint.ticket
    day = received_at.astimezone(ticket.cardholder.zone).date()
    if complaint.round > 1 or day >= complaint.counted_from:
        return complaint
    Complaint.objects.filter(pk=complaint.pk).update(received_on=day, counted_from=day)
    Ticket.objects.filter(pk=ticket.pk).update(received_at=received_at)
    reassessing.with_new_facts(
        Ticket.objects.select_related("cardholder").get(pk=ticket.pk),
        at=at,
        reason=f"the same matter was received on {day} already",
    )
    return locked(complaint)


def arrived(
    complaint: Complaint, grievance: Grievance, received_at: datetime, actor: Actor
) -> Arrival:
    """Keep by which door it came and under which reference; the caller holds the case's lock."""
    return Arrival.objects.create(
        complaint=complaint,
        number=complaint.arrivals.count() + 1,
        source=grievance.source,
        body=grievance.body,
        external_ref=grievance.external_ref,
        received_at=received_at,
        recorded_by=actor.ref,
    )
