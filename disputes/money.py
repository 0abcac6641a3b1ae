"""The money of an item: what is lent, credited, recovered, written off or denied.

Every function changes one item and posts the transfers that say the same, in one transaction;
the caller holds the dispute's lock. Keys name the cause, so that nothing is posted twice.
"""

from __future__ import annotations

from datetime import date, datetime

from disputes.models import DisputeItem
from disputes.models.dispute import WITHDRAWN
from disputes.models.item import Credit
from disputes.outcomes import (
    CORRECTED,
    INVALID,
    LOST,
    MERCHANT_CREDITED,
    PARTLY_WON,
    WON,
    WRITTEN_OFF,
)
from kernel.money import Money
from ledger import accounts as names
from ledger import services as ledger

DENIES = {LOST, INVALID, WITHDRAWN}
GRANTS = {WON, PARTLY_WON, CORRECTED, WRITTEN_OFF}


def lend(item: DisputeItem, minor: int, *, at: datetime) -> None:
    """Lend ``minor`` units of the disputed amount: held until the claim is answered."""
    ledger.hold(
        key=_key(item, "credit"),
        debit=names.SUSPENSE,
        credit=_holder(item),
        case=_case(item),
        amount=Money(minor, item.currency),
        at=at,
    )
    item.credit, item.lent_minor = Credit.PROVISIONAL, minor
    item.save()


def announce_reversal(item: DisputeItem, on: date) -> None:
    """Say on which day the lent amount is taken back."""
    item.credit, item.reverse_on = Credit.REVERSAL_ANNOUNCED, on
    item.save()


def stop_reversal(item: DisputeItem) -> None:
    """Leave the lent amount where it is."""
    item.credit, item.reverse_on = Credit.PROVISIONAL, None
    item.save()


def take_back(item: DisputeItem, *, at: datetime) -> int:
    """Release what is still lent; returns the amount in minor units."""
    taken = item.lent_minor
    ledger.release(_lent_key(item), at=at)
    item.credit, item.lent_minor, item.reverse_on = Credit.REVERSED, 0, None
    item.save()
    return taken


def decide(
    item: DisputeItem,
    outcome: str,
    *,
    granted_minor: int,
    charges_minor: int,
    recovering: bool,
    at: datetime,
) -> None:
    """Split what is open by ``outcome`` and give the cardholder what is granted, for good.

    ``recovering``: the network may still give something back, so what nobody bears yet stays
    open; otherwise we bear it. What stays lent of a denied amount is taken back later, on the
    day that is announced.
    """
    item.outcome, item.live = outcome, False
    if outcome == MERCHANT_CREDITED:
        _merchant_paid(item, at)
    elif outcome in DENIES:
        _deny(item, item.open_minor)
        _pay(item, item.recovered_minor - item.merchant_minor - item.credited_minor, at)
    else:
        _deny(item, item.disputed_minor - granted_minor)
        _pay(item, granted_minor - item.credited_minor - item.merchant_minor, at)
        if not recovering:
            _bear(item, names.CORRECTIONS if outcome == CORRECTED else names.LOSS, at)
        _refund_charges(item, charges_minor, at)
    item.save()


def recover(item: DisputeItem, minor: int, *, cause: str, at: datetime) -> int:
    """Book what the network gave back. Returns what the cardholder is newly owed of it.

    After a denial, money that comes back all the same is the cardholder's: the denied part
    shrinks and is credited for good.
    """
    from_open = min(minor, item.open_minor)
    from_denied = minor - from_open
    item.open_minor -= from_open
    item.denied_minor -= from_denied
    item.recovered_minor += minor
    ledger.post(
        key=_key(item, f"recovered:{cause}"),
        debit=names.NETWORK,
        credit=names.SUSPENSE,
        case=_case(item),
        amount=Money(minor, item.currency),
        at=at,
    )
    if from_denied:
        if item.lent_minor:
            take_back(item, at=at)
        _pay(item, from_denied, at, part=f"late:{cause}")
    item.save()
    return from_denied


def bear(item: DisputeItem, account: str = names.LOSS, *, at: datetime) -> None:
    """Write off, at the issuer's cost, what is still open of an item that was granted."""
    _bear(item, account, at)
    item.save()


def _bear(item: DisputeItem, account: str, at: datetime) -> None:
    if item.open_minor:
        ledger.post(
            key=_key(item, "borne"),
            debit=account,
            credit=names.SUSPENSE,
            case=_case(item),
            amount=Money(item.open_minor, item.currency),
            at=at,
        )
        item.written_off_minor += item.open_minor
        item.open_minor = 0


def reopen(item: DisputeItem) -> None:
    """Put what was denied back in question, for another round."""
    item.open_minor += item.denied_minor
    item.denied_minor, item.outcome, item.live = 0, "", True
    if item.credit == Credit.REVERSAL_ANNOUNCED:
        item.credit, item.reverse_on = Credit.PROVISIONAL, None
    item.save()


def _deny(item: DisputeItem, minor: int) -> None:
    item.denied_minor += minor
    item.open_minor -= minor


def _pay(item: DisputeItem, minor: int, at: datetime, *, part: str = "final") -> None:
    """Credit ``minor`` for good; what is lent becomes final first."""
    if minor <= 0:
        return
    if item.lent_minor == minor:
        ledger.settle(_lent_key(item), at=at)
        item.lent_minor = 0
    else:
        if item.lent_minor:
            _lend_less(item, minor, at)
        ledger.post(
            key=_key(item, part),
            debit=names.SUSPENSE,
            credit=_holder(item),
            case=_case(item),
            amount=Money(minor, item.currency),
            at=at,
        )
    item.credited_minor += minor
    item.credit = Credit.FINAL if not item.lent_minor else item.credit


def _lend_less(item: DisputeItem, paid: int, at: datetime) -> None:
    """Part of what is lent becomes final: lend only the rest, under a key of its own."""
    rest = max(item.lent_minor - paid, 0)
    ledger.release(_lent_key(item), at=at)
    if rest:
        ledger.hold(
            key=_key(item, "credit:rest"),
            debit=names.SUSPENSE,
            credit=_holder(item),
            case=_case(item),
            amount=Money(rest, item.currency),
            at=at,
        )
    item.lent_minor = rest


def _merchant_paid(item: DisputeItem, at: datetime) -> None:
    """The merchant refunded the account itself: note it, so that nobody pays twice."""
    minor = item.open_minor
    if minor:
        ledger.post(
            key=_key(item, "merchant"),
            debit=names.MERCHANT,
            credit=_holder(item),
            case=_case(item),
            amount=Money(minor, item.currency),
            at=at,
        )
    item.recovered_minor += minor
    item.merchant_minor += minor
    item.open_minor = 0
    _pay(item, item.recovered_minor - item.merchant_minor - item.credited_minor, at)


def _refund_charges(item: DisputeItem, minor: int, at: datetime) -> None:
    if minor:
        ledger.post(
            key=_key(item, "charges"),
            debit=names.CORRECTIONS,
            credit=_holder(item),
            case=_case(item),
            amount=Money(minor, item.currency),
            at=at,
        )
        item.charges_minor += minor


def _lent_key(item: DisputeItem) -> str:
    """The key of what is lent on this item now; it may have been lent in an earlier round."""
    return ledger.held_key(f"{_case(item)}:{item.number}:")


def _case(item: DisputeItem) -> str:
    return item.dispute.ticket.reference


def _holder(item: DisputeItem) -> str:
    return names.cardholder(item.dispute.account.external_ref)


def _key(item: DisputeItem, part: str) -> str:
    return f"{_case(item)}:{item.number}:{item.dispute.round}:{part}"
