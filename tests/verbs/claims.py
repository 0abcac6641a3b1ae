"""The verbs of a claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from disputes import services
from disputes.models import Dispute
from tests import make
from tests.verbs.verb import Make, Verb, clerk


def inputs(verb: str, case: Dispute) -> dict[str, Any]:
    """Inputs that are fit for a verb."""
    given: dict[str, Callable[[], dict[str, Any]]] = {
        "grant_credit": lambda: {"item": 1},
        "announce_reversal": lambda: {"item": 1},
        "stop_reversal": lambda: {"item": 1},
        "resolve": lambda: {"answer": make.won(case)},
        "withdraw": lambda: {"cause": "family_member"},
        "reassert": lambda: {"because": "The slip is not mine."},
        "ask_cardholder": lambda: {"evidence": ["receipt"], "text": "Please send the receipt."},
        "stop": lambda: {"because": "wrong item"},
    }
    return given.get(verb, dict)()


def lent() -> Dispute:
    """A claim whose amount is lent."""
    case = make.dispute("investigating")
    return services.grant_credit(case, actor=make.clerk(), at=timezone.now(), item=1)


def announced() -> Dispute:
    """A claim whose lent amount is to be taken back."""
    return services.announce_reversal(lent(), actor=make.clerk(), at=timezone.now(), item=1)


def proposed() -> Dispute:
    """A claim whose decision waits for a second person."""
    case = make.dispute("investigating", minor=60_000)
    return services.resolve(case, actor=make.clerk(), at=timezone.now(), answer=make.won(case))


def denied(state: str = "resolved") -> Dispute:
    """A claim that was denied; its letter has left, or not yet: "resolving"."""
    case, at = make.dispute("investigating"), timezone.now()
    case = services.resolve(case, actor=make.clerk(), at=at, answer=make.lost(case))
    return case if state == "resolving" else services.letter_left(case, at=at)


def _in(state: str) -> Make:
    return partial(make.dispute, state)


# verb, a claim that is ready for it, the state it leads to, who may, who may not, and a claim that
# is not ready.
ROWS: list[tuple[str, Make, str, str, str, Make]] = [
    ("acknowledge", _in("filed"), "acknowledged", "finance", "collections", _in("resolved")),
    ("investigate", _in("acknowledged"), "investigating", "finance", "customer_service",
     _in("resolved")),
    ("ask_cardholder", _in("investigating"), "investigating", "customer_service", "collections",
     _in("resolved")),
    ("grant_credit", _in("investigating"), "investigating", "finance", "customer_service",
     _in("resolved")),
    ("announce_reversal", lent, "investigating", "finance", "collections", _in("withdrawing")),
    ("stop_reversal", announced, "investigating", "finance", "customer_service",
     _in("withdrawing")),
    ("resolve", _in("investigating"), "resolving", "finance", "customer_service",
     _in("withdrawn")),
    ("approve", proposed, "resolving", "lead", "finance", _in("investigating")),
    ("reject", proposed, "investigating", "lead", "collections", _in("investigating")),
    ("stop", partial(denied, "resolving"), "investigating", "lead", "finance", denied),
    ("withdraw", _in("investigating"), "withdrawing", "customer_service", "collections",
     _in("resolved")),
    ("undo_withdrawal", _in("withdrawing"), "investigating", "customer_service", "collections",
     _in("investigating")),
    ("reassert", denied, "investigating", "finance", "collections", _in("investigating")),
]  # fmt: skip

VERBS = [
    Verb(
        name=f"dispute.{name}", call=getattr(services, name), inputs=partial(inputs, name),
        ready=ready, after=after, who=clerk(who), who_not=clerk(who_not), unready=unready,
    )
    for name, ready, after, who, who_not, unready in ROWS
]  # fmt: skip
