"""What one rule's western cases say in a way of their own, and the fact that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from law.us.reg_z_13_holds import REPAY_DAYS
from law.worked import networks, values

Given = Mapping[str, Any]


def _renamed(name: str, becomes: str) -> Callable[[Given], dict[str, Any]]:
    """The rule reads ``name`` as a fact of its own besides judging the act."""
    return lambda given: {becomes: values.read(given[name])} if name in given else {}


def _repayment_time(given: Given) -> dict[str, Any]:
    """The rule counts the time to pay from the notice of what is owed; the case gives its end."""
    if "end_inclusive" not in given:
        return {}
    grace = given.get("grace_days", 0)
    sent = values.read(given["end_inclusive"]) - timedelta(max(grace, REPAY_DAYS))
    return {"decided_notice_sent": sent, "grace_days": grace}


def _day_before(given: Given) -> dict[str, Any]:
    """A moratorium starts the day after the entry in the register, which the rule counts from."""
    if "start" not in given:
        return {}
    return {"register_entry_on": values.read(given["start"]) - timedelta(1)}


ODD: dict[str, Callable[[Given], dict[str, Any]]] = {
    # Whether the address came in time, and what a further dispute does, are no acts of ours.
    "US-REGZ-13A7-ADDRESS-20D": _renamed("actual", "address_received_on"),
    "UK-BS-60D": _day_before,
    "US-REGZ-13D2-NOADVERSE": _repayment_time,
    "US-REGZ-13G4-REDISPUTE": _renamed("actual", "redispute_received"),
}


def facts(rule_id: str, given: Given, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the facts that this rule needs besides those that every case gives alike."""
    if rule_id.startswith("NET-"):
        return networks.facts(rule_id, given, labels)
    odd = ODD.get(rule_id)
    return odd(given) if odd else {}
