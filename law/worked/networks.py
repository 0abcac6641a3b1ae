"""Western cases of the card networks: their code stands in a label, and dates hang on the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from law import stages
from law.stages import UnknownCode
from law.worked import values

NETWORKS = {"VISA": "visa", "MC": "mastercard", "UPI": "unionpay"}
CODE = re.compile(r"\b(\d\d\.\d(?:\.\d)?|4\d{3})\b")
# The code where a label names none: counted from processing, and from something later.
DEFAULTS = {
    "NET-VISA-FILE-75D": ("11.3", "11.3"),
    "NET-VISA-WAIT-15D": ("13.7", "13.7"),
    "NET-MC-FILE-90D": ("4834", "4834"),
    "NET-MC-WAIT-30D": ("4853", "4853"),
    "visa": ("10.4", "13.1"),
    "mastercard": ("4837", "4853"),
    "unionpay": ("4515", "4515"),
}
# A word of the trigger's label, and the fact that it speaks of.
SAID = {
    "expect": "expected_on", "deliver": "expected_on", "receiv": "received_goods_on",
    "aware": "aware_on", "cancel": "merchant_cancelled_on", "promis": "credit_promised_on",
    "credit": "credit_promised_on", "return": "returned_on",
}  # fmt: skip


def facts(rule_id: str, given: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the network, the code and the dated facts of a network's case."""
    network = NETWORKS.get(rule_id.split("-")[1], "")
    code = _code(rule_id, network, given, " ".join(labels.values()))
    found: dict[str, Any] = {"network": network, "network_code": code}
    start = given.get("trigger")
    if start is not None and ("-FILE-" in rule_id or "-WAIT-" in rule_id):
        found |= _dated(rule_id, network, code, given, labels)
    if "steps" in given:
        found["submitted_on"] = values.read(start)
    return found


def _code(rule_id: str, network: str, given: Mapping[str, Any], label: str) -> str:
    named = CODE.search(label)
    if named:
        return named[1]
    if "steps" in given:
        return _with_steps(network, len(given["steps"]))
    later = "processing_date" in given and "trigger" in given
    return (DEFAULTS.get(rule_id) or DEFAULTS.get(network, ("", "")))[later]


def _with_steps(network: str, count: int) -> str:
    """Return a code whose workflow, run at full length, has so many steps."""
    for code in DEFAULTS.get(network, ()):
        workflow = stages.workflow_of(network, code)
        if len(stages.longest_course(network, workflow)) == count:
            return code
    raise UnknownCode(f"no workflow of {network} has {count} steps")


def _dated(
    rule_id: str, network: str, code: str, given: Mapping[str, Any], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Say what the trigger is: processing itself, or the later day that the code counts from."""
    start, row = values.read(given["trigger"]), stages.code_of(network, code)
    if "-WAIT-" in rule_id:
        return {_spoken_of(row.wait_from or ("transaction_on",), labels): start}
    if "processing_date" in given and row.counts_from:
        return {_spoken_of(row.counts_from, labels): start}
    return {} if network == "unionpay" else {"processing_on": start}


def _spoken_of(known: tuple[str, ...], labels: Mapping[str, str]) -> str:
    label = labels.get("trigger_label", "").lower()
    said = [name for word, name in SAID.items() if word in label and name in known]
    return said[0] if said else known[0]
