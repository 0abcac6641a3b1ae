"""The issuer's own limits: who may decide alone, and what is too small to argue about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from disputes.models import Dispute
from kernel.actors import Actor
from kernel.errors import NotAllowed
from kernel.money import Money

# Reasons that are never settled by amount alone: somebody must look at the card or at our books.
NEVER_SMALL = {"fraud", "issuer_error", "other"}


def may_file(actor: Actor) -> None:
    """Cardholders file for themselves; staff on behalf, with the permission.

    Raises:
        NotAllowed: anybody else.
    """
    if actor.trusted or actor.kind == "cardholder":
        return
    if actor.kind == "staff" and actor.user.has_perm("disputes.file"):
        return
    raise NotAllowed("not_allowed", _("You may not file a dispute for a cardholder."), verb="file")


def needs_two(amount: Money) -> bool:
    """Above the limit of its currency a second person decides; no limit set means always."""
    limit = settings.FOUR_EYES_ABOVE.get(amount.currency)
    return limit is None or amount.minor > limit


def small_amount_rule(dispute: Dispute, amount: Money, *, at: datetime) -> str:
    """The rule by which a claim is credited at once, in words for the record; empty for none."""
    limit = settings.SMALL_AMOUNTS.get(amount.currency)
    if limit is None or not 0 < amount.minor <= limit:
        return ""
    if dispute.reason_row.family in NEVER_SMALL:
        return ""
    if _earlier(dispute, at) >= settings.SMALL_AMOUNTS_A_YEAR:
        return ""
    return f"small amount: {amount} is not above {Money(limit, amount.currency)}"


def total(minor: Iterable[int], currency: str) -> Money:
    """Add minor units of one currency up."""
    return Money(sum(minor), currency)


def _earlier(dispute: Dispute, at: datetime) -> int:
    return Dispute.objects.filter(
        ticket__cardholder=dispute.ticket.cardholder,
        decided_at__gt=at - timedelta(days=365),
        policy_rule__gt="",
    ).count()
