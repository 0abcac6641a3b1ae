"""Withdrawing a claim, which can be undone for some days, and asserting it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from disputes import approvals, money, reasons
from disputes.models import Chargeback, Dispute
from disputes.models import chargeback as legs
from disputes.models.dispute import RESOLVED, WITHDRAWN
from disputes.outcomes import LOST, Hold
from disputes.services import credit, recovery
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Unfit
from tickets import deadlines, messages
from tickets import services as tickets
from tickets.machine import perform


@transaction.atomic
def withdraw(
    dispute: Dispute, *, actor: Actor, at: datetime, cause: str, version: int | None = None
) -> Dispute:
    """Ask to end the claim. Chargebacks under way are asked back; it counts after some days.

    The law's dates run on until it counts: whoever changes their mind has lost nothing.

    Raises:
        Unfit: a cause that is not in the list.
    """
    if cause not in reasons.WITHDRAWAL_CAUSES:
        raise Unfit("bad_cause", _("Say why, from the list."), pointer="/cause")
    final_at = at + timedelta(days=settings.WITHDRAWAL_COOLING_DAYS)
    dispute = perform(
        dispute, "withdraw", actor=actor, at=at, version=version, cause=cause, final_at=final_at
    )
    approvals.drop(dispute, at=at)
    if reasons.WITHDRAWAL_CAUSES[cause].review:
        tickets.raise_alert(dispute.ticket, f"withdrawal to look at: {cause}", at=at)
    for pk in _live_legs(dispute):
        recovery.let_go(Chargeback.objects.get(pk=pk), at=at)
    return dispute


@transaction.atomic
def undo_withdrawal(
    dispute: Dispute, *, actor: Actor, at: datetime, version: int | None = None
) -> Dispute:
    """Go on after all; a chargeback that the network let go meanwhile must be sent anew."""
    return perform(dispute, "undo_withdrawal", actor=actor, at=at, version=version)


@transaction.atomic
def confirm_withdrawal(dispute: Dispute, *, at: datetime) -> Dispute:
    """End a withdrawn claim, as the clock: the days to undo it are over.

    Raises:
        NotNow: the network has not let go of a chargeback yet.
    """
    if _live_legs(dispute):
        raise NotNow("network_recall_needed", _("The network has not let go yet."))
    dispute = perform(
        dispute,
        "confirm_withdrawal",
        actor=SYSTEM,
        at=at,
        facts={"cause": dispute.withdrawal_cause},
    )
    for row in dispute.items.select_for_update(of=("self",)):
        row.dispute = dispute
        money.decide(row, WITHDRAWN, granted_minor=0, charges_minor=0, recovering=False, at=at)
    credit.announce_all(dispute, at=at)
    deadlines.end(dispute.ticket_id, at=at)
    tickets.conclude(dispute.ticket, at=at, resolution=WITHDRAWN)
    return dispute


@transaction.atomic
def reassert(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    because: str,
    version: int | None = None,
) -> Dispute:
    """Open a decided claim again: a new round beside the old one, whose letters and dates stay.

    A cardholder may do so within the reopening window; later, and for what was won, only staff.

    Raises:
        NotNow: the window is over, or nothing was denied.
    """
    # Under the lock: the network may give money back in the same instant.
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if actor.kind == "cardholder":
        _in_time(dispute, at)
    denied = [row for row in dispute.items.all() if row.denied_minor]
    if not denied and dispute.outcome != LOST:
        raise NotNow("nothing_denied", _("Nothing was denied; write to us if something is wrong."))
    hold = Hold.REPORTED_AS_DISPUTED if dispute.hold == Hold.PAYMENT_WINDOW else Hold.ON
    words = messages.checked(because)
    dispute = perform(
        dispute,
        "reassert",
        actor=actor,
        at=at,
        version=version,
        because="",
        hold=hold,
        facts={"round": dispute.round + 1, "hold": hold},
    )
    direction = messages.IN if actor.kind == "cardholder" else messages.NOTE
    for row in denied:
        row.dispute = dispute
        money.reopen(row)
    tickets.reopen(dispute.ticket, actor=SYSTEM, at=at, because="reassert")
    messages.write(dispute.ticket, direction=direction, body=words, actor=actor, at=at)
    return dispute


def _in_time(dispute: Dispute, at: datetime) -> None:
    ended = dispute.told_at or dispute.decided_at
    limit = timedelta(days=settings.REOPEN_WITHIN_DAYS)
    if dispute.state in {RESOLVED, WITHDRAWN} and ended and at > ended + limit:
        raise NotNow(
            "reopening_window_over",
            _("The time to object is over. You may complain about how the case was handled."),
        )


def _live_legs(dispute: Dispute) -> list[int]:
    """The keys of the chargebacks under way; most claims have none, whose columns cost a lot."""
    running = Chargeback.objects.filter(ticket_id=dispute.ticket_id, state__in=legs.LIVE)
    return list(running.order_by("pk").values_list("pk", flat=True))
