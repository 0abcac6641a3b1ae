"""What money does in a seeded case: items and transfers that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.seed.life import Life
from disputes.models import Decision, DisputeItem, Finding, Ground
from disputes.models.item import Credit
from kernel.actors import Actor
from ledger import accounts as names
from ledger.models import Transfer


def lend(life: Life, item: DisputeItem) -> Transfer:
    """Lend what is open of an item until the claim is answered."""
    item.credit, item.lent_minor = Credit.PROVISIONAL, item.open_minor
    held = _transfer(life, item, "credit", names.SUSPENSE, _holder(life), item.open_minor)
    held.state = Transfer.State.HELD
    return held


def recover(life: Life, item: DisputeItem, minor: int) -> None:
    """Book what the network gave back."""
    _transfer(life, item, "recovered:1", names.NETWORK, names.SUSPENSE, minor)
    item.open_minor -= minor
    item.recovered_minor += minor


def grant(life: Life, item: DisputeItem, lent: Sequence[Transfer]) -> None:
    """Credit for good; what the network did not give back is the issuer's loss."""
    if item.open_minor:
        _transfer(life, item, "borne", names.LOSS, names.SUSPENSE, item.open_minor)
        item.written_off_minor, item.open_minor = item.open_minor, 0
    for held in lent:
        held.state, held.answered_at = Transfer.State.SETTLED, life.at
    if not item.lent_minor:
        _transfer(life, item, "final", names.SUSPENSE, _holder(life), item.disputed_minor)
    item.lent_minor, item.credited_minor = 0, item.disputed_minor
    item.credit = Credit.FINAL


def deny(life: Life, item: DisputeItem, decision: Decision, clerk: Actor) -> None:
    """Deny what is open, on a ground that rests on a finding."""
    item.denied_minor, item.open_minor = item.open_minor, 0
    finding = Finding(
        dispute=life.dispute, number=item.number, made_by=clerk.ref, at=life.at,
        statement="The slip is signed by the cardholder.", exhibit_kind="transaction",
        exhibit_ref=item.transaction.external_ref,
    )  # fmt: skip
    life.bulk.add(finding)
    life.bulk.add(
        Ground(decision=decision, item=item, code="no_error_after_review", finding=finding)
    )


def _holder(life: Life) -> str:
    return names.cardholder(life.ticket.account.external_ref)


def _transfer(
    life: Life, item: DisputeItem, part: str, debit: str, credit: str, minor: int
) -> Transfer:
    case = life.ticket.reference
    row = Transfer(
        key=f"{case}:{item.number}:1:{part}", case=case, debit=debit, credit=credit, minor=minor,
        currency=item.currency, state=Transfer.State.SETTLED, at=life.at,
    )  # fmt: skip
    return life.bulk.add(row)
