"""The claim's verbs. Each is a recipe of one transaction, named after its transition."""

from disputes.services.claimed import Claimed, Notice
from disputes.services.clock import sweep
from disputes.services.credit import (
    announce_reversal,
    grant_credit,
    reverse_credit,
    stop_reversal,
)
from disputes.services.decisions import (
    approve,
    letter_left,
    recall,
    reject,
    resolve,
    stop,
)
from disputes.services.filing import file
from disputes.services.happened import letter_told
from disputes.services.verdicts import Answer, Verdict
from disputes.services.withdrawal import confirm_withdrawal, reassert, undo_withdrawal, withdraw
from disputes.services.work import acknowledge, ask_cardholder, find, hear, investigate

__all__ = [
    "Answer",
    "Claimed",
    "Notice",
    "Verdict",
    "acknowledge",
    "announce_reversal",
    "approve",
    "ask_cardholder",
    "confirm_withdrawal",
    "file",
    "find",
    "grant_credit",
    "hear",
    "investigate",
    "letter_left",
    "letter_told",
    "reassert",
    "recall",
    "reject",
    "resolve",
    "reverse_credit",
    "stop",
    "stop_reversal",
    "sweep",
    "undo_withdrawal",
    "withdraw",
]
