"""Four eyes: a verb above one's limit is proposed, and a second person decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from disputes import policy
from disputes.models import Dispute
from kernel.actors import Actor
from kernel.errors import NotAllowed, Stale
from kernel.money import Money
from tickets import turns
from tickets.machine import perform
from tickets.models import Approval, Event, Ticket

_PROPOSED = Approval.State.PROPOSED


@transaction.atomic
def propose(
    dispute: Dispute,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    version: int | None,
    inputs: dict[str, Any],
    amount: Money,
) -> Dispute:
    """Put ``verb`` with its inputs before a second person; nothing else moves yet."""
    dispute = perform(
        dispute,
        "propose",
        actor=actor,
        at=at,
        version=version,
        verb=verb,
        facts={"verb": verb, "minor": amount.minor, "currency": amount.currency},
    )
    ticket = Ticket.objects.get(pk=dispute.ticket_id)
    Approval.objects.create(
        ticket=ticket,
        verb=verb,
        inputs=inputs,
        version=ticket.seq,
        proposed_by=actor.ref,
        proposed_at=at,
        because="above_limit" if policy.needs_two(amount) else "not_taken",
    )
    turns.pass_to(ticket.pk, "lead", at=at)
    return dispute


def waiting(dispute: Dispute) -> Approval | None:
    """The proposal that waits for a second person, if there is one."""
    return Approval.objects.filter(ticket_id=dispute.ticket_id, state=_PROPOSED).first()


@transaction.atomic
def settle(
    dispute: Dispute, answer: str, *, actor: Actor, at: datetime, version: int | None = None
) -> tuple[Dispute, Approval]:
    """Answer the open proposal: ``approve``, ``reject`` or ``recall``.

    Raises:
        NotAllowed: the proposer approves their own, or another recalls it.
        Stale: people have changed the case since; what was proposed must be looked at again.
    """
    dispute = perform(dispute, answer, actor=actor, at=at, version=version)
    approval = Approval.objects.select_for_update().get(
        ticket_id=dispute.ticket_id, state=_PROPOSED
    )
    own = approval.proposed_by == actor.ref
    if answer == "approve" and own:
        raise NotAllowed("same_person", _("A second person must approve; you proposed it."))
    if answer == "recall" and not own:
        raise NotAllowed("not_yours", _("Only who proposed it may take it back."))
    if answer == "approve" and _changed_since(approval):
        raise Stale(
            "changed_since_proposal",
            _("The case has changed since this was proposed. Send it back to be looked at again."),
        )
    approval.state = {
        "approve": Approval.State.APPROVED,
        "reject": Approval.State.REJECTED,
        "recall": Approval.State.RECALLED,
    }[answer]
    approval.decided_by, approval.decided_at = actor.ref, at
    approval.save()
    turns.pass_to(dispute.ticket_id, dispute.ticket.department, at=at)
    return dispute, approval


def drop(dispute: Dispute, *, at: datetime) -> None:
    """The claim went another way (withdrawn, say): nothing waits any more."""
    Approval.objects.filter(ticket_id=dispute.ticket_id, state=_PROPOSED).update(
        state=Approval.State.RECALLED, decided_by="system", decided_at=at
    )


def _changed_since(approval: Approval) -> bool:
    """Say whether a person or another system did something after the proposal."""
    return (
        Event.objects.filter(ticket_id=approval.ticket_id, seq__gt=approval.version)
        .exclude(actor_kind="system")
        .exclude(name="dispute.approve")
        .exists()
    )
