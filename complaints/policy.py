"""The issuer's own limits: who may take a complaint in, and who may give how much money alone."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import NotAllowed


def may_receive(actor: Actor) -> None:
    """Cardholders complain for themselves; staff take a complaint for them.

    Raises:
        NotAllowed: anybody else.
    """
    if actor.trusted or actor.kind in {"cardholder", "integrator"}:
        return
    if actor.user.has_perm("complaints.receive"):
        return
    raise NotAllowed(
        "not_allowed", _("You may not take a complaint for a cardholder."), verb="receive"
    )


def above_limit(minor: int, currency: str) -> bool:
    """Say whether an amount is above the limit of its currency; no limit set means always."""
    limit = settings.FOUR_EYES_ABOVE.get(currency)
    return minor > 0 and (limit is None or minor > limit)


def may_give(actor: Actor, minor: int, currency: str) -> None:
    """Above the limit only a lead gives money.

    Raises:
        NotAllowed: the amount is above what this person may give.
    """
    if actor.trusted or not above_limit(minor, currency):
        return
    if actor.kind != "staff" or not actor.user.has_perm("complaints.respond_above_limit"):
        raise NotAllowed("above_limit", _("This amount is above your limit: a lead must do it."))
