"""Where a new case goes: rules in order, the first match wins, each says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tickets.departments import COLLECTIONS, CUSTOMER_SERVICE, FINANCE

URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4


@dataclass(frozen=True)
class Matter:
    """What routing may look at: plain facts of the case, no rows."""

    kind: str
    topic: str = ""
    family: str = ""
    source: str = "app"
    department_hint: str = ""
    vulnerable: bool = False
    card_still_open: bool = False
    jurisdiction: str = ""


@dataclass(frozen=True)
class Rule:
    """One row: the sentence that staff and history show, when it holds, where it sends."""

    why: str
    when: Callable[[Matter], bool]
    to: str
    priority: int = NORMAL


ROUTES = (
    Rule(
        "Fraud may still be going on: finance blocks first and asks later",
        lambda m: m.kind == "dispute" and m.family == "fraud" and m.card_still_open,
        FINANCE,
        URGENT,
    ),
    Rule(
        "A vulnerable cardholder's money claim comes first in finance",
        lambda m: m.kind == "dispute" and m.vulnerable,
        FINANCE,
        HIGH,
    ),
    Rule(
        "A regulator passed it on: customer service owns the answer",
        lambda m: m.kind == "complaint" and m.source == "regulator",
        CUSTOMER_SERVICE,
        HIGH,
    ),
    Rule(
        "The reason itself names the department",
        lambda m: m.kind == "dispute" and m.department_hint == CUSTOMER_SERVICE,
        CUSTOMER_SERVICE,
    ),
    Rule(
        "Fraud claims go to finance ahead of others", lambda m: m.family == "fraud", FINANCE, HIGH
    ),
    Rule("Money claims need finance", lambda m: m.kind == "dispute", FINANCE),
    Rule("Who cannot pay talks to collections", lambda m: m.kind == "hardship", COLLECTIONS),
    Rule(
        "Customer service owns every complaint", lambda m: m.kind == "complaint", CUSTOMER_SERVICE
    ),
    Rule("Customer service answers everything else", lambda _m: True, CUSTOMER_SERVICE),
)


def route(matter: Matter) -> Rule:
    """Return the first rule that holds; the last always does."""
    return next(rule for rule in ROUTES if rule.when(matter))
