"""Working a claim: acknowledge, investigate, find, ask, and what the cardholder sends in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from disputes import reasons
from disputes.models import Dispute, Finding, NetworkEvent
from disputes.models.dispute import FILED
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotAllowed, Unfit
from tickets import messages
from tickets import services as tickets
from tickets.machine import perform, record
from tickets.models import Ticket
from tickets.models.ticket import OPEN, WAITING


def acknowledge(
    dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None
) -> Dispute:
    """Say in writing that the notice is here; the date is met when the letter leaves."""
    return perform(dispute, "acknowledge", actor=actor, at=at, version=version)


@transaction.atomic
def investigate(
    dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None
) -> Dispute:
    """Begin to work on the claim; whoever begins becomes the case's owner if it has none.

    A notice that nobody has acknowledged yet is acknowledged first: the letter is owed by law,
    whoever starts to work.
    """
    if Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk).state == FILED:
        acknowledge(dispute, actor=actor, at=at, version=version)
        version = None  # checked, and moved on by our own hand
    dispute = perform(dispute, "investigate", actor=actor, at=at, version=version)
    if actor.kind == "staff" and dispute.ticket.assignee_id is None:
        tickets.take(dispute.ticket, actor=actor, at=at)
    return dispute


@transaction.atomic
def find(dispute: Dispute, *, actor: Actor, at: datetime, statement: str, exhibit: str) -> Finding:
    """Write down what the investigation established, with the exhibit that shows it.

    ``exhibit`` is "message:M-…", "attachment:F-…", "transaction:…" or "network_event:…".

    Raises:
        Unfit: the exhibit is not one of this case.
    """
    if not actor.trusted and not (actor.kind == "staff" and actor.user.has_perm("disputes.find")):
        raise NotAllowed("not_allowed", _("You may not write findings."), verb="find")
    kind, _sep, ref = exhibit.partition(":")
    if not _is_exhibit(dispute, kind, ref):
        raise Unfit(
            "unknown_exhibit",
            _("Name a message, file, transaction or piece of network news of this case."),
            pointer="/exhibit",
        )
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    number = dispute.findings.count() + 1
    finding = Finding.objects.create(
        dispute=dispute,
        number=number,
        exhibit_kind=kind,
        exhibit_ref=ref,
        at=at,
        statement=redaction.redact(messages.checked(statement)[:500]).text,
        made_by=actor.ref,
    )
    record(
        dispute.ticket_id,
        "dispute.find",
        actor=actor,
        at=at,
        facts={"finding": number, "exhibit": exhibit},
    )
    return finding


def _is_exhibit(dispute: Dispute, kind: str, ref: str) -> bool:
    ticket = dispute.ticket
    rows: dict[str, Any] = {
        Finding.Exhibit.MESSAGE: ticket.messages.filter(ref=ref),
        Finding.Exhibit.ATTACHMENT: ticket.attachments.filter(ref=ref),
        Finding.Exhibit.TRANSACTION: dispute.items.filter(transaction__external_ref=ref),
        Finding.Exhibit.NETWORK_EVENT: NetworkEvent.objects.filter(
            leg__ticket=ticket, event_id=ref
        ),
    }
    return bool(ref) and kind in rows and rows[kind].exists()


@transaction.atomic
def ask_cardholder(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    evidence: Sequence[str],
    text: str,
    version: int | None = None,
) -> Dispute:
    """Ask for named pieces of evidence, with a date; silence never denies a claim.

    Raises:
        Unfit: nothing is named, or a kind of evidence that there is not.
    """
    unknown = [code for code in evidence if code not in reasons.EVIDENCE]
    if unknown or not evidence:
        raise Unfit("unknown_evidence", _("Name what you need, from the list of evidence."))
    until = at + timedelta(days=settings.CARDHOLDER_REPLY_DAYS)
    dispute = perform(
        dispute,
        "ask_cardholder",
        actor=actor,
        at=at,
        version=version,
        facts={"evidence": list(evidence), "until": until.isoformat()},
    )
    ticket = dispute.ticket
    messages.write(ticket, direction=messages.OUT, body=text, actor=actor, at=at)
    if ticket.state == WAITING:
        ticket = tickets.resume(ticket, actor=SYSTEM, at=at)
    tickets.wait(
        ticket, actor=SYSTEM, at=at, on="cardholder", wanted=", ".join(evidence), until=until
    )
    return dispute


@transaction.atomic
def hear(
    ticket: Ticket,
    *,
    actor: Actor,
    at: datetime,
    body: str,
    in_reply_to: Any = None,
    version: int | None = None,
) -> Any:
    """Take in what the cardholder writes; an open question to them is answered by it."""
    message = messages.write(
        ticket,
        direction=messages.IN,
        body=body,
        actor=actor,
        at=at,
        version=version,
        in_reply_to=in_reply_to,
    )
    heard(ticket, at=at)
    return message


def heard(ticket: Ticket, *, at: datetime) -> None:
    """Something came from the cardholder: if the case waits for them, the work goes on."""
    row = Ticket.objects.get(pk=ticket.pk)
    if row.state == WAITING and row.waiting_on == "cardholder":
        tickets.resume(row, actor=SYSTEM, at=at)


def go_on(ticket: Ticket, *, at: datetime) -> None:
    """Take a waiting case up again, as the desk."""
    row = Ticket.objects.get(pk=ticket.pk)
    if row.state == WAITING:
        tickets.resume(row, actor=SYSTEM, at=at)


def wait_for_network(
    ticket: Ticket, *, at: datetime, on: str, wanted: str, until: datetime | None
) -> None:
    """Set the case to wait for the merchant's bank or the network, whoever has the move.

    The leg's own clock says what silence means. A case that waits for the cardholder goes on
    waiting for them: that question is still open.
    """
    row = Ticket.objects.get(pk=ticket.pk)
    if row.state == WAITING and row.on_silence == "chargeback":
        row = tickets.resume(row, actor=SYSTEM, at=at)
    if row.state == OPEN:
        tickets.wait(
            row, actor=SYSTEM, at=at, on=on, wanted=wanted, until=until, on_silence="chargeback"
        )
