"""Claiming from the network: which code, with what evidence, within which time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from disputes import evidence, network_codes
from disputes.facts import filing_subject
from disputes.models import Chargeback, Dispute, DisputeItem
from disputes.models import chargeback as legs
from disputes.models.dispute import UNDECIDED
from disputes.services import stage_clocks as clocks
from disputes.services.credit import item_of
from kernel.actors import Actor
from kernel.errors import NotAllowed, NotNow, Unfit
from law import stages
from tickets import deadlines
from tickets.machine import perform, record
from tickets.permissions import desk


@transaction.atomic
def prepare(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    item: int,
    code: str,
    minor: int | None = None,
    version: int | None = None,
) -> Chargeback:
    """Prepare a chargeback of one item under a code that its reason may become.

    Raises:
        Unfit: the code does not fit the reason, or is not switched on.
        NotNow: the item has a leg under way, or nothing is left to recover.
    """
    if not actor.trusted and not (desk("disputes.prepare")(dispute, actor)):
        raise NotAllowed("not_allowed", _("You may not prepare chargebacks."), verb="prepare")
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    row = item_of(dispute, item)
    _may_prepare(dispute, row)
    network = dispute.account.network
    _fitting(dispute, network, code)
    left = row.open_minor
    amount = left if minor is None else minor
    if not 0 < amount <= left:
        raise Unfit(
            "bad_amount", _("Claim more than zero and no more than is open."), pointer="/minor"
        )
    leg = Chargeback.objects.create(
        ticket=dispute.ticket,
        item=row,
        number=row.legs.count() + 1,
        network=network,
        code=code,
        workflow=stages.workflow_of(network, code),
        amount_minor=amount,
        currency=row.currency,
        evidence=list(evidence.checklist(network_codes.code(network, code))),
        silence="time_out_issuer",
        wanted="send the chargeback",
    )
    record(
        dispute.ticket_id,
        "chargeback.prepare",
        actor=actor,
        at=at,
        states=("", leg.state),
        version=version,
        facts={"item": item, "code": code, "minor": amount, "leg": leg.number},
    )
    clocks.start(dispute, leg)
    return leg


@transaction.atomic
def submit(
    leg: Chargeback,
    *,
    actor: Actor,
    at: datetime,
    network_reference: str,
    holds: Sequence[str] = (),
    version: int | None = None,
) -> Chargeback:
    """Send the chargeback: complete, after the waiting period, within the filing limit.

    ``holds`` are the pieces of the code's evidence checklist that are attached.

    Raises:
        Unfit: evidence is missing, or no network reference is given.
        NotNow: the waiting period runs, or the filing limit is over.
    """
    dispute = locked(leg)
    leg = Chargeback.objects.select_related("item").get(pk=leg.pk)
    missing = [one for one in leg.evidence if one not in set(holds)]
    if missing:
        raise Unfit(
            "evidence_incomplete",
            _("This code needs: %(missing)s.") % {"missing": "; ".join(missing)},
            missing=missing,
        )
    if not network_reference.strip():
        raise Unfit(
            "reference_missing", _("Give the network's reference."), pointer="/network_reference"
        )
    today = clocks.local_day(dispute, at)
    clocks.check_time(dispute, leg, today)
    leg = perform(
        leg,
        "submit",
        actor=actor,
        at=at,
        version=version,
        on=today,
        network_reference=network_reference.strip(),
        facts={
            "leg": leg.pk,
            "network_reference": network_reference.strip(),
            "evidence": len(leg.evidence),
        },
    )
    deadlines.meet(leg.ticket_id, ["chargeback.submit"], at=at, subject=clocks.subject_of(leg))
    deadlines.meet(
        leg.ticket_id, ["chargeback.submit"], at=at, subject=filing_subject(leg.item.number)
    )
    return clocks.pass_turn(dispute, leg, at)


def _may_prepare(dispute: Dispute, row: DisputeItem) -> None:
    running = Chargeback.objects.filter(item=row, state__in=legs.LIVE).exists()
    if running:
        raise NotNow("recovery_open", _("A chargeback of this transaction is under way."))
    if dispute.state not in UNDECIDED or not row.open_minor:
        raise NotNow("nothing_to_recover", _("Nothing of this transaction is open."))


def _fitting(dispute: Dispute, network: str, code: str) -> None:
    fitting = network_codes.codes_for(
        dispute.reason_row, network, switched_on=settings.NETWORK_CODES_SWITCHED_ON
    )
    if code not in {one.code for one in fitting}:
        raise Unfit(
            "code_does_not_fit",
            _("For this reason the network knows: %(codes)s.")
            % {"codes": ", ".join(one.code for one in fitting) or "—"},
            pointer="/code",
        )


def locked(leg: Chargeback) -> Dispute:
    """Lock the claim before the leg, or two clerks deadlock."""
    return Dispute.objects.select_for_update(of=("self",)).get(items__legs=leg.pk)
