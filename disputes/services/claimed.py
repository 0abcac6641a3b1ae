"""What a notice claims: the transactions it names, locked and checked one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Cardholder, CardTransaction
from disputes.models import DisputeItem
from kernel.errors import NotNow, Unfit
from tickets.models import Ticket

MOST_ITEMS = 50


@dataclass(frozen=True)
class Claimed:
    """One transaction as it is disputed: its reference and the amount in minor units."""

    transaction: str
    minor: int
    currency: str


@dataclass(frozen=True)
class Notice:
    """Everything that a notice says, before anybody has judged it.

    ``account`` is needed only where no transaction is disputed (a statement that never came).
    ``received_at`` is the instant of receipt: earlier than now when staff type in a letter.
    """

    reason: str
    items: Sequence[Claimed] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    story: str = ""
    account: str = ""
    source: str = "app"
    external_ref: str = ""
    received_at: datetime | None = None
    reference: str = ""


def lock(cardholder: Cardholder, notice: Notice) -> list[CardTransaction]:
    """Lock the disputed transactions, in the order given, so that two claims cannot share one."""
    wanted = [claim.transaction for claim in notice.items]
    if len(wanted) > MOST_ITEMS:
        raise Unfit("too_many_items", _("One dispute may name %d transactions.") % MOST_ITEMS)
    if len(set(wanted)) < len(wanted):
        raise Unfit("same_transaction_twice", _("Each transaction may be named once."))
    found = (
        {
            row.external_ref: row
            for row in CardTransaction.objects.select_for_update(of=("self",))
            .filter(external_ref__in=wanted, account__cardholder=cardholder)
            .select_related("account")
            .order_by("pk")
        }
        if wanted
        else {}
    )
    for mine in found.values():
        mine.account.cardholder = cardholder  # the query has made sure of it
    for place, claim in enumerate(notice.items):
        row = found.get(claim.transaction)
        if row is None:
            # Somebody else's transaction reads exactly like one that does not exist.
            raise Unfit(
                "unknown_transaction",
                _("There is no transaction %(ref)s on your accounts.") % {"ref": claim.transaction},
                pointer=f"/items/{place}/transaction",
            )
        _fits(row, claim, place)
    _undisputed(found, notice)
    return [found[ref] for ref in wanted]


def _fits(row: CardTransaction, claim: Claimed, place: int) -> None:
    pointer = f"/items/{place}/amount"
    if claim.currency != row.currency:
        raise Unfit(
            "wrong_currency",
            _("This transaction was posted in %(currency)s.") % {"currency": row.currency},
            pointer=pointer,
        )
    if row.amount_minor <= 0:
        raise Unfit(
            "not_disputable",
            _("This entry gave you money; it cannot be disputed. Write to us about it instead."),
            pointer=f"/items/{place}/transaction",
        )
    if claim.minor <= 0:
        raise Unfit("amount_not_above_zero", _("The amount must be above zero."), pointer=pointer)
    if claim.minor > row.amount_minor:
        raise Unfit(
            "amount_exceeds_transaction",
            _("The transaction was %(amount)s; you cannot dispute more.") % {"amount": row.amount},
            pointer=pointer,
        )


def _undisputed(found: Mapping[str, CardTransaction], notice: Notice) -> None:
    """Refuse what an open claim holds already, or what earlier claims have left nothing of."""
    if not found:
        return
    left = {row.pk: row.amount_minor for row in found.values()}
    # Columns of one table only: whole rows of three would cost more than all the rest of the lock.
    earlier = DisputeItem.objects.filter(transaction__in=left).order_by()
    for pk, dispute, live, disputed, denied in earlier.values_list(
        "transaction_id", "dispute_id", "live", "disputed_minor", "denied_minor"
    ):
        if live:
            raise _duplicate(dispute)
        left[pk] -= disputed - denied
    for place, claim in enumerate(notice.items):
        if claim.minor > left[found[claim.transaction].pk]:
            raise Unfit(
                "amount_exceeds_rest",
                _("Part of this transaction was given back already; dispute the rest only."),
                pointer=f"/items/{place}/amount",
            )


def _duplicate(dispute_id: int) -> NotNow:
    case = Ticket.objects.values_list("reference", flat=True).get(dispute=dispute_id)
    return NotNow(
        "duplicate_dispute",
        _("This transaction is already disputed in case %(case)s.") % {"case": case},
        existing=case,
        choices=["open_existing", "add_information"],
    )
