"""Provisional credit: lend, announce that it is taken back, take it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from disputes import approvals, money, policy
from disputes.models import Dispute, DisputeItem
from disputes.models.dispute import UNDECIDED
from disputes.models.item import Credit
from disputes.services import happened
from kernel.actors import SYSTEM, Actor
from kernel.errors import NotNow, Unfit
from kernel.money import Money
from tickets import services as tickets
from tickets.machine import perform


@transaction.atomic
def grant_credit(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    item: int,
    minor: int | None = None,
    version: int | None = None,
    approved: bool = False,
) -> Dispute:
    """Lend the disputed amount of one item, or ``minor`` units of it, once.

    Above the limit it is proposed to a second person instead, and carried out when they approve.

    Raises:
        NotNow: it was lent already.
        Unfit: the amount is not above zero or is more than what is disputed.
    """
    row = item_of(_locked(dispute), item)
    if row.credit != Credit.NONE:
        raise NotNow("already_credited", _("This transaction has been credited already."))
    lent = row.open_minor if minor is None else minor
    if not 0 < lent <= row.open_minor:
        raise Unfit(
            "bad_amount",
            _("Lend more than zero and at most %(most)s.")
            % {"most": Money(row.open_minor, row.currency)},
            pointer="/minor",
        )
    if not approved and not actor.trusted and policy.needs_two(Money(lent, row.currency)):
        return approvals.propose(
            dispute,
            "grant_credit",
            actor=actor,
            at=at,
            version=version,
            inputs={"item": item, "minor": lent},
            amount=Money(lent, row.currency),
        )
    dispute = perform(
        dispute,
        "grant_credit",
        actor=actor,
        at=at,
        version=version,
        facts={"item": item, "minor": lent, "currency": row.currency},
    )
    row = item_of(dispute, item)
    money.lend(row, lent, at=at)
    happened.lent(dispute, row, at=at)
    return dispute


@transaction.atomic
def announce_reversal(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    item: int,
    version: int | None = None,
) -> Dispute:
    """Tell the cardholder on which day a lent amount is taken back."""
    row = item_of(_locked(dispute), item)
    if row.credit != Credit.PROVISIONAL:
        raise NotNow("nothing_lent", _("Nothing is lent on this transaction."))
    on = _reversal_day(dispute, at)
    dispute = perform(
        dispute,
        "announce_reversal",
        actor=actor,
        at=at,
        version=version,
        facts={
            "item": item,
            "minor": row.lent_minor,
            "currency": row.currency,
            "on": on.isoformat(),
        },
    )
    money.announce_reversal(item_of(dispute, item), on)
    return dispute


def announce_all(dispute: Dispute, *, at: datetime) -> None:
    """Announce the reversal of whatever is still lent once a claim has been answered.

    The decision letter itself carries the date and the amount, so no second letter is sent.
    """
    for row in dispute.items.filter(credit=Credit.PROVISIONAL, lent_minor__gt=0):
        money.announce_reversal(row, _reversal_day(dispute, at))


@transaction.atomic
def stop_reversal(
    dispute: Dispute,
    *,
    actor: Actor,
    at: datetime,
    item: int,
    version: int | None = None,
) -> Dispute:
    """Leave an announced credit where it is for now."""
    if item_of(_locked(dispute), item).credit != Credit.REVERSAL_ANNOUNCED:
        raise NotNow("nothing_announced", _("No reversal is announced for this transaction."))
    dispute = perform(
        dispute, "stop_reversal", actor=actor, at=at, version=version, facts={"item": item}
    )
    money.stop_reversal(item_of(dispute, item))
    if dispute.state not in UNDECIDED:
        # The case has ended and will not close while money is lent: somebody must decide.
        tickets.raise_alert(dispute.ticket, "reversal stopped, credit still lent", at=at)
    return dispute


@transaction.atomic
def reverse_credit(dispute: Dispute, *, at: datetime, item: int) -> Dispute:
    """Take a lent amount back, as the clock: its announced day has come."""
    row = item_of(dispute, item)
    dispute = perform(
        dispute,
        "reverse_credit",
        actor=SYSTEM,
        at=at,
        facts={"item": item, "minor": row.lent_minor, "currency": row.currency},
    )
    row = item_of(dispute, item)
    if row.credit != Credit.REVERSAL_ANNOUNCED:
        raise NotNow("nothing_announced", _("No reversal is announced for this transaction."))
    money.take_back(row, at=at)
    return dispute


def item_of(dispute: Dispute, number: int) -> DisputeItem:
    """One item by its number, under the dispute's eyes.

    Raises:
        Unfit: the claim has no such item.
    """
    row = dispute.items.filter(number=number).first()
    if row is None:
        raise Unfit("unknown_item", _("This dispute has no item %d.") % number, pointer="/item")
    row.dispute = dispute
    return row


def _locked(dispute: Dispute) -> Dispute:
    """Lock the claim before its items are judged, or two clerks lend the same money."""
    return Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)


def _reversal_day(dispute: Dispute, at: datetime) -> date:
    zone = ZoneInfo(dispute.ticket.cardholder.time_zone)
    return at.astimezone(zone).date() + timedelta(days=settings.CREDIT_REVERSAL_NOTICE_DAYS)
