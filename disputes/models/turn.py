"""Whose move a leg of recovery waits for; the conditions of its verbs."""

from __future__ import annotations

from typing import Any

from tickets.permissions import desk, either, integrator

ISSUER, ACQUIRER = "issuer", "acquirer"


def issuers_turn(leg: Any) -> bool:
    """The issuer has the move."""
    return leg.turn in {"issuer", "issuer_files"}


def acquirers_turn(leg: Any) -> bool:
    """The merchant's bank has the move."""
    return leg.turn in {"acquirer", "acquirer_files"}


def issuer_may_file(leg: Any) -> bool:
    """The issuer may ask for a ruling: its pre-arbitration was answered, or none is needed.

    Mastercard needs none for authorisation (4808) and chip liability (4870, 4871).
    """
    if leg.state == "represented":
        return leg.network == "mastercard" and leg.code in {"4808", "4870", "4871"}
    return bool(leg.turn == "issuer_files")


def feed(permission: str) -> Any:
    """The network's news, or staff who type it in."""
    return either(integrator, desk(permission))


def asked(leg: Any) -> bool:
    """A pre-arbitration waits for its answer."""
    return leg.turn in {ISSUER, ACQUIRER}
