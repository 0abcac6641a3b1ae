"""Where a recovery stands with the network: whose turn, by which rule, and what silence means.

Each network's file under ``law/networks/`` holds its ``CODES`` and ``TURNS``; this finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import ModuleType

import law.networks
from kernel.folder import entries

# Events that end any stage's clock; a time-out is no such event, it is the clock's own end.
OVER = (
    "chargeback.accept", "chargeback.record_win", "chargeback.record_loss",
    "chargeback.record_withdrawal",
)  # fmt: skip
STAGES = ("submitted", "represented", "in_pre_arbitration", "in_arbitration")


class UnknownCode(LookupError):
    """The network has no such reason code, or no longer uses it."""


class UnknownTurn(LookupError):
    """The table knows no such stage and turn for this network's workflow."""


@dataclass(frozen=True, slots=True)
class Code:
    """A network's reason code: its workflow and the rules of its filing and waiting time.

    ``counts_from`` are facts that may start the filing time later than processing. ``use``
    names the code that took the place of a retired one.
    """

    code: str
    workflow: str
    filing: str
    counts_from: tuple[str, ...] = ()
    wait: str | None = None
    wait_from: tuple[str, ...] = ()
    confidence: str = "high"
    use: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who moves next in one stage, by which rule, counted from which fact.

    ``rule_id`` is None where the network sets no date. ``silence`` is the result for the
    issuer when the party lets its time pass. Rows with one ``step`` are two names of it.
    """

    step: int
    workflow: str
    stage: str
    turn: str  # acquirer, issuer, issuer_files, acquirer_files, network
    moves: str  # acquirer, issuer, network
    wanted: str
    rule_id: str | None
    starts: str | None
    silence: str  # won, lost or "" where silence decides nothing


def networks() -> list[str]:
    """Return the networks that have a file."""
    return sorted(_modules())


def code_of(network: str, code: str) -> Code:
    """Return a reason code's row. Raises UnknownCode, naming the code to use or those known."""
    codes: dict[str, Code] = _module(network).CODES
    found = codes.get(code)
    if found is None:
        raise UnknownCode(f'{network} has no reason code "{code}": give one of {", ".join(codes)}.')
    if found.use:
        raise UnknownCode(f'{network} no longer uses "{code}": use {found.use}.')
    return found


def filing_rule_for(network: str, code: str) -> str:
    """Return the id of the rule that limits when the dispute may be filed."""
    return code_of(network, code).filing


def wait_rule_for(network: str, code: str) -> str | None:
    """Return the id of the rule that says how long to wait before filing, if there is one."""
    return code_of(network, code).wait


def workflow_of(network: str, code: str) -> str:
    """Return "allocation", "collaboration" or "first_chargeback"."""
    return code_of(network, code).workflow


def stage_rule_for(network: str, workflow: str, stage: str, turn: str | None = None) -> Turn:
    """Return whose turn it is in ``stage`` and the rule that dates it.

    ``turn`` is needed only where a stage has several: in pre-arbitration, who is asked
    ("acquirer", "issuer") or may file for arbitration ("issuer_files", "acquirer_files").

    Raises:
        UnknownTurn: the table has no such row, or ``turn`` must be said.
    """
    flow = workflow.lower().replace(" ", "_")
    rows = [row for row in turns(network) if row.workflow == flow and row.stage == stage]
    chosen = [row for row in rows if turn is None or row.turn == turn]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(row.turn for row in rows) or "none"
    raise UnknownTurn(f"{network} {flow}, stage {stage}, turn {turn}: known turns are {known}")


def turns(network: str) -> tuple[Turn, ...]:
    """Return the network's whole table of stages, in order."""
    found: tuple[Turn, ...] = _module(network).TURNS
    return found


def longest_course(network: str, workflow: str) -> tuple[str, ...]:
    """Return the rules of a dispute that runs its full length, each counted from the last."""
    rows = [row for row in turns(network) if row.workflow == workflow]
    return tuple({row.step: row.rule_id for row in rows if row.rule_id}.values())


@cache
def _modules() -> dict[str, ModuleType]:
    return {name: one for name, one in entries(law.networks).items() if hasattr(one, "CODES")}


def _module(network: str) -> ModuleType:
    found = _modules().get(network.lower())
    if found is None:
        raise UnknownCode(f'There is no network "{network}": give one of {", ".join(networks())}.')
    return found
