"""Prove that no mail was lost: what came in is what became of it, and every case is there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from intake import store
from intake.models import RawMessage
from intake.services.opening import SOURCE
from tickets.models import Ticket

State, Outcome = RawMessage.State, RawMessage.Outcome


@dataclass(frozen=True)
class Balance:
    """``came`` deliveries, what became of them by word, and sentences of what does not fit."""

    came: int
    became: dict[str, int]
    differences: tuple[str, ...]


def reconcile() -> Balance:
    """Count both sides independently and compare: rows by their state, and what they led to."""
    by_state = Counter(
        {row["state"]: row["count"]
         for row in RawMessage.objects.values("state").annotate(count=Count("pk"))}
    )  # fmt: skip
    became = {
        "cases": Ticket.objects.filter(mails__outcome=Outcome.CASE).distinct().count(),
        "messages": RawMessage.objects.filter(
            outcome=Outcome.MESSAGE, message__ticket=F("ticket"), message__direction="in"
        ).values("message").distinct().count(),
        "quarantine": by_state[State.QUARANTINED],
        "refused": by_state[State.REFUSED],
        "duplicates": by_state[State.DUPLICATE],
        "waiting": by_state[State.RECEIVED],
    }  # fmt: skip
    came = RawMessage.objects.count()
    found = [*_sum(came, became), *_lost_cases(), *_lost_bytes()]
    return Balance(came, became, tuple(found))


def _sum(came: int, became: dict[str, int]) -> list[str]:
    total = sum(became.values())
    return [] if total == came else [f"{came} came in and {total} are accounted for"]


def _lost_cases() -> list[str]:
    """Cases from this door that no mail led to, and duplicates of nothing."""
    told = Ticket.objects.filter(source=SOURCE, external_ref__startswith="R-", mails=None)
    found = [f"case {ref} came from no mail" for ref in told.values_list("reference", flat=True)]
    wrong = RawMessage.objects.filter(
        Q(state=State.DUPLICATE) & (Q(same_as=None) | Q(same_as__state=State.DUPLICATE))
    )
    return found + [f"{ref} repeats no mail" for ref in wrong.values_list("ref", flat=True)]


def _lost_bytes() -> list[str]:
    """Rows whose mail should lie in the store and does not."""
    rows = RawMessage.objects.filter(erased_at=None).exclude(state=State.DUPLICATE)
    return [
        f"{ref} has lost its bytes"
        for ref, name in rows.values_list("ref", "stored_as").iterator(chunk_size=1000)
        if not name or not store.there(name)
    ]
