"""Taking a complaint in: any expression of dissatisfaction, by any door, refused to nobody."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import CardAccount, Cardholder
from complaints import facts, policy, taxonomy
from complaints.models import Complaint
from complaints.services import joining
from complaints.services.grievance import Grievance
from kernel.actors import Actor
from kernel.errors import Missing, Unfit
from tickets import deadlines, departments, history, messages
from tickets import services as tickets
from tickets.machine import one_transaction
from tickets.models import Ticket
from tickets.routing import Matter


@one_transaction()
def receive(
    cardholder: Cardholder, grievance: Grievance, *, actor: Actor, at: datetime
) -> Complaint:
    """Open a complaint: check, route, start every clock, keep the words.

    The same delivery again returns the first case. The same matter again, through the regulator
    say, joins its case: reference and source are kept there, and no clock starts anew.

    Raises:
        Unfit: no words, an unknown category, account or department, a receipt in the future.
        NotAllowed: staff without the right to take complaints.
    """
    policy.may_receive(actor)
    # Deliveries of one complaint queue here, and the second finds the case of the first.
    Cardholder.objects.select_for_update(no_key=True).get(pk=cardholder.pk)
    known = joining.delivered(cardholder, grievance)
    if known is not None:
        return known
    _check(grievance, at)
    account = _account(cardholder, grievance)
    same = joining.same_matter(cardholder, grievance, account)
    if same is not None:
        return joining.join(same, grievance, actor=actor, at=at)
    return _open(cardholder, account, grievance, actor, at)


def _open(
    cardholder: Cardholder,
    account: CardAccount | None,
    grievance: Grievance,
    actor: Actor,
    at: datetime,
) -> Complaint:
    received_at = grievance.received_at or at
    local = received_at.astimezone(cardholder.zone).date()
    grounds = facts.Grounds(
        cardholder, account, local, grievance.source, received_at, grievance.body,
        grievance.payment_services, grievance.hardship,
    )  # fmt: skip
    told = {"source": grievance.source, "body": grievance.body, "category": grievance.category}
    ticket = tickets.open_ticket(
        _opening(cardholder, account, grievance, received_at),
        actor=actor,
        at=at,
        dates=deadlines.rows(facts.of_grounds(grounds), time_zone=cardholder.time_zone),
        words=messages.draft(
            direction=messages.IN, body=grievance.story, actor=actor, at=received_at
        ),
        then=[history.unchained("complaint.receive", actor, at, "", "received", told)],
    )
    complaint = Complaint.objects.create(
        ticket=ticket,
        category=grievance.category,
        received_on=local,
        counted_from=local,
        payment_services=grievance.payment_services,
        hardship=grievance.hardship,
        complained_of_user=grievance.complained_of_user,
        complained_of_department=grievance.complained_of_department,
    )
    joining.arrived(complaint, grievance, received_at, actor)
    return complaint


def _opening(
    cardholder: Cardholder,
    account: CardAccount | None,
    grievance: Grievance,
    received_at: datetime,
) -> tickets.Opening:
    matter = Matter(
        kind="complaint",
        topic=grievance.category,
        source=grievance.source,
        vulnerable=cardholder.vulnerable,
        jurisdiction=cardholder.jurisdiction,
    )
    return tickets.Opening(
        matter=matter,
        cardholder=cardholder,
        account=account,
        received_at=received_at,
        external_ref=grievance.external_name,
        reference=grievance.reference,
    )


def _check(grievance: Grievance, at: datetime) -> None:
    messages.checked(grievance.story)
    if grievance.received_at is not None and grievance.received_at > at:
        raise Unfit("received_in_future", _("A complaint cannot be received in the future."))
    if grievance.category:
        check_category(grievance.category)
    check_department(grievance.complained_of_department)


def check_category(code: str) -> str:
    """Return a category that there is. Raises Unfit."""
    return taxonomy.check(
        taxonomy.CATEGORIES, code, "category", _("Choose what it is about, from the list.")
    )


def check_department(code: str) -> str:
    """Return a department that there is, or none. Raises Unfit."""
    if code and code not in departments.DEPARTMENTS:
        raise Unfit("bad_department", _("Choose a department from the list."))
    return code


def _account(cardholder: Cardholder, grievance: Grievance) -> CardAccount | None:
    if not grievance.account:
        rows = list(cardholder.accounts.all()[:2])
        return rows[0] if len(rows) == 1 else None
    account = cardholder.accounts.filter(external_ref=grievance.account).first()
    if account is None:
        raise Unfit("unknown_account", _("Name one of your accounts."), pointer="/account")
    account.cardholder = cardholder
    return account


def of(ticket: Ticket) -> Complaint:
    """The complaint of a ticket.

    Raises:
        Missing: the ticket is no complaint.
    """
    try:
        return ticket.complaint
    except Complaint.DoesNotExist:
        raise Missing("not_found", _("There is no such complaint.")) from None
