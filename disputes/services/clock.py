"""What the clock does: time-outs, reversals, withdrawals that count, closings, drafts that end.

Each sweep finds rows without a lock, then presses the verb, which looks again under the lock;
so several workers may run, late or twice, and each thing happens once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from disputes.models import Chargeback, Dispute, DisputeItem, Draft
from disputes.models import chargeback as legs
from disputes.models.dispute import WITHDRAWING
from disputes.models.item import Credit
from disputes.outcomes import Hold
from disputes.services import credit, recovery, withdrawal
from kernel.actors import SYSTEM
from kernel.errors import NotNow
from ledger import services as ledger
from tickets import deadlines, tasks
from tickets import services as tickets
from tickets.machine import perform
from tickets.models import Ticket

BATCH = 200


def sweep(at: datetime) -> dict[str, int]:
    """Do everything whose time has come; returns how many of each."""
    return {
        "breaches": deadlines.sweep(at),
        "tasks": tasks.sweep(at),
        "waits": _each(tickets.overdue_waits(at), lambda row: _wait_over(row, at)),
        "legs": _each(_silent_legs(at), lambda leg: _leg_over(leg, at)),
        "reversals": _each(_due_reversals(at), lambda item: _reverse(item, at)),
        "withdrawals": _each(_ripe_withdrawals(at), lambda row: _confirm(row, at)),
        "holds": _each(_paid_windows(at), lambda row: _release(row, at)),
        "closed": _each(tickets.ripe_to_close(at), lambda row: _close(row, at)),
        "drafts": _drop_drafts(at),
    }


def _each(rows: Iterable[Any], do: Callable[[Any], bool]) -> int:
    """Press on each row; one that somebody else was quicker with is passed over."""
    done = 0
    for row in rows:
        try:
            done += bool(do(row))
        except NotNow:
            continue
    return done


def _wait_over(ticket: Ticket, at: datetime) -> bool:
    tickets.resume(ticket, actor=SYSTEM, at=at, verb="time_out")
    return True


def _silent_legs(at: datetime) -> list[Chargeback]:
    # A day of grace over UTC covers every zone; the exact end of the day is asked below.
    return list(
        Chargeback.objects.filter(
            state__in=legs.LIVE, due_on__lt=at.date() + timedelta(days=1), silence__gt=""
        )
        .select_related("item__dispute__ticket__cardholder")
        .order_by("due_on")[:BATCH]
    )


def _leg_over(leg: Chargeback, at: datetime) -> bool:
    zone = leg.item.dispute.ticket.cardholder.time_zone
    if leg.due_on is None or at < deadlines.end_of(leg.due_on, zone):
        return False
    recovery.time_out(leg, at=at)
    return True


def _due_reversals(at: datetime) -> list[DisputeItem]:
    return list(
        DisputeItem.objects.filter(
            credit=Credit.REVERSAL_ANNOUNCED, reverse_on__lte=at.date() + timedelta(days=1)
        )
        .select_related("dispute__ticket__cardholder")
        .order_by("reverse_on")[:BATCH]
    )


def _reverse(item: DisputeItem, at: datetime) -> bool:
    if _local(item.dispute, at) < (item.reverse_on or date.max):
        return False
    credit.reverse_credit(item.dispute, at=at, item=item.number)
    return True


def _ripe_withdrawals(at: datetime) -> list[Dispute]:
    return list(
        Dispute.objects.filter(state=WITHDRAWING, withdrawal_final_at__lte=at).order_by(
            "withdrawal_final_at"
        )[:BATCH]
    )


def _confirm(dispute: Dispute, at: datetime) -> bool:
    withdrawal.confirm_withdrawal(dispute, at=at)
    return True


def _paid_windows(at: datetime) -> list[Dispute]:
    return list(
        Dispute.objects.filter(hold=Hold.PAYMENT_WINDOW, hold_until__lt=at.date())
        .select_related("ticket__cardholder")
        .order_by("hold_until")[:BATCH]
    )


def _release(dispute: Dispute, at: datetime) -> bool:
    if _local(dispute, at) <= (dispute.hold_until or date.max):
        return False
    perform(dispute, "release_hold", actor=SYSTEM, at=at)
    deadlines.end(dispute.ticket_id, at=at, nature="prohibition")
    return True


def _close(ticket: Ticket, at: datetime) -> bool:
    """Close for good, unless money is lent, a leg runs or a question is open."""
    under_way = (
        ledger.has_holds(ticket.reference)
        or Chargeback.objects.filter(ticket=ticket, state__in=legs.LIVE).exists()
        or ticket.tasks.filter(state="asked").exists()
        or Dispute.objects.filter(
            Q(hold=Hold.PAYMENT_WINDOW) | Q(items__open_minor__gt=0), ticket=ticket
        ).exists()
    )
    if under_way:
        return False
    tickets.close(ticket, at=at)
    deadlines.end(ticket.pk, at=at)
    return True


def _drop_drafts(at: datetime) -> int:
    gone, _by_model = Draft.objects.filter(expires_at__lte=at).delete()
    return gone


def _local(dispute: Dispute, at: datetime) -> date:
    return at.astimezone(dispute.ticket.cardholder.zone).date()
