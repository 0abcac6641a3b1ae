"""The codes under which Visa, Mastercard and UnionPay take a dispute back.

Network rules are contracts, revised each April and October: every row is a default that the
issuer confirms in its own rule book. What is unconfirmed is kept, marked and off.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from disputes.reasons import Reason
from disputes.words import frozen, load
from kernel.errors import Unfit

CONFIRMED = "high"


@dataclass(frozen=True)
class Span:
    """A number of calendar days, what it counts from, and an exception in words."""

    days: int
    start: str
    other: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class NetworkCode:
    """One code of one network.

    ``filing_limit_days`` are calendar days from ``from_date``; ``cap`` ends every later start.
    A legacy code has no limit of its own and names the codes it was ``replaced_by``.
    ``evidence`` is what the issuer must hold before it files, in the words of the desk.
    """

    network: str
    code: str
    name: str
    category: str
    status: str
    replaced_by: tuple[str, ...]
    workflow: str
    filing_limit_days: int | None
    from_date: str
    wait_before_filing: Span | None
    cap: Span | None
    sub_reasons: tuple[str, ...]
    evidence: tuple[str, ...]
    regz_kinds: tuple[str, ...]
    confidence: str
    basis: str
    note: str

    @property
    def key(self) -> str:
        """The code's one name among all networks, as settings write it ("visa:10.5")."""
        return key(self.network, self.code)

    @property
    def enabled(self) -> bool:
        """Say whether the code may be used as it comes: only where we are sure of it."""
        return self.confidence == CONFIRMED


def key(network: str, number: str) -> str:
    """Return the name of a code among all networks ("mastercard:4853")."""
    return f"{network}:{number}"


def _code(row: Mapping[str, Any]) -> NetworkCode:
    spans = {name: Span(**row[name]) for name in ("wait_before_filing", "cap") if row[name]}
    return NetworkCode(**(frozen(row) | spans))


CODES: Mapping[str, NetworkCode] = MappingProxyType(
    {row.key: row for row in map(_code, load("network_codes.json"))}
)
NETWORKS = tuple(dict.fromkeys(row.network for row in CODES.values()))


def code(network: str, number: str) -> NetworkCode:
    """Return one code, whether it is on or off.

    Raises:
        Unfit: ``unknown_network_code``.
    """
    found = CODES.get(key(network, number))
    if found is None:
        sentence = _("%(network)s has no code %(code)s.")
        names = {"network": network[:40], "code": number[:40]}
        raise Unfit("unknown_network_code", sentence % names)
    return found


def codes_for(
    reason: Reason,
    network: str,
    *,
    switched_on: Container[str] = (),
    include_off: bool = False,
) -> list[NetworkCode]:
    """Return the codes that a reason may become with a network, best first.

    A code is off while it, or its pairing with this reason, is unconfirmed. The issuer switches
    it on by its ``key`` ("unionpay:4502") once its rule book says so.
    """
    found = [code(network, number) for number in reason.network.get(network, ())]
    return [
        one
        for one in found
        if include_off
        or one.key in switched_on
        or (one.enabled and one.key not in reason.unconfirmed)
    ]
