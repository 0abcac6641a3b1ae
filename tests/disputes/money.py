"""Deciding and lending at one moment, and what then stands on the items and in the ledger."""

from __future__ import annotations

from disputes import services
from disputes.models import Dispute
from disputes.services import Answer
from ledger import services as ledger
from tests import make
from tests.disputes.moment import NOW


def decide(case: Dispute, answer: Answer, **who) -> Dispute:
    return services.resolve(case, actor=who.get("by", make.clerk()), at=NOW, answer=answer)


def lend(case: Dispute, **inputs) -> Dispute:
    return services.grant_credit(case, actor=make.clerk(), at=NOW, item=1, **inputs)


def sums(case: Dispute) -> tuple[int, ...]:
    row = case.items.get()
    return (
        row.recovered_minor, row.written_off_minor, row.denied_minor, row.open_minor,
        row.credited_minor, row.lent_minor,
    )  # fmt: skip


def cardholder_has(case: Dispute) -> int:
    return ledger.balance(case.ticket.reference, "cardholder:*", held=True)
