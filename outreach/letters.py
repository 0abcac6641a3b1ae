"""Which events are told in a letter, by which template, and which dates the letter meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates") / "outreach"


@dataclass(frozen=True)
class Letter:
    """A letter: its template, and how it stands to the case.

    ``variants`` maps the event's outcome to another template. ``meets`` are words of law that
    end a deadline (``law.rule.Rule.ends``) once the letter has left. ``unless`` names later
    events that overtake it: a letter that has not left by then does not leave.
    """

    template: str
    meets: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)

    def name(self, facts: Mapping[str, Any]) -> str:
        """The template for an event with these facts."""
        return self.variants.get(str(facts.get("outcome", "")), self.template)

    @property
    def names(self) -> tuple[str, ...]:
        """Every template that it may become."""
        return tuple(dict.fromkeys([*self.variants.values(), self.template]))


_ANSWERS = {
    "won": "resolve_won", "corrected": "resolve_won", "written_off": "resolve_won",
    "merchant_credited": "resolve_merchant_credited", "partly_won": "resolve_partly_won",
    "lost": "resolve_lost", "invalid": "resolve_invalid",
}  # fmt: skip

_DECISIONS = {
    "upheld": "complaint_respond_upheld", "partly_upheld": "complaint_respond_partly_upheld",
    "not_upheld": "complaint_respond_not_upheld",
}  # fmt: skip

LETTERS: dict[str, Letter] = {
    # A claim that is answered at once needs no receipt beside the answer.
    "dispute.file": Letter("file", unless=("dispute.resolve",)),
    "dispute.acknowledge": Letter("acknowledge", meets=("dispute.acknowledge",)),
    "dispute.ask_cardholder": Letter("ask_cardholder"),
    "dispute.grant_credit": Letter("grant_credit", meets=("dispute.credit_told",)),
    "dispute.announce_reversal": Letter("announce_reversal", unless=("dispute.stop_reversal",)),
    "dispute.stop_reversal": Letter("stop_reversal"),
    "dispute.reverse_credit": Letter("reverse_credit"),
    "dispute.resolve": Letter(
        "resolve_partly_won",
        meets=("dispute.resolve",),
        unless=("dispute.stop",),
        variants=_ANSWERS,
    ),
    "dispute.credit_late": Letter("credit_late"),
    "dispute.withdraw": Letter("withdraw", unless=("dispute.undo_withdrawal",)),
    "dispute.undo_withdrawal": Letter("undo_withdrawal"),
    "dispute.recall_failed": Letter("recall_failed", unless=("dispute.undo_withdrawal",)),
    "dispute.confirm_withdrawal": Letter("confirm_withdrawal", meets=("dispute.withdraw",)),
    "dispute.reassert": Letter("reassert"),
    # A complaint that is settled at once needs no receipt beside the settlement.
    "complaint.receive": Letter("complaint_receive", unless=("complaint.summary_resolve",)),
    "complaint.acknowledge": Letter(
        "complaint_acknowledge",
        meets=("complaint.acknowledge",),
        unless=("complaint.summary_resolve",),
    ),
    "complaint.extend": Letter(
        "complaint_extend",
        meets=("complaint.extend",),
        unless=("complaint.respond", "complaint.summary_resolve", "complaint.withdraw"),
    ),
    "complaint.respond": Letter(
        "complaint_respond_partly_upheld", meets=("complaint.respond",), variants=_DECISIONS
    ),
    "complaint.summary_resolve": Letter(
        "complaint_summary_resolve", meets=("complaint.summary_resolve",)
    ),
    "complaint.request_review": Letter("complaint_request_review"),
    "complaint.decide_review": Letter(
        "complaint_decide_review", meets=("complaint.decide_review",)
    ),
    "complaint.withdraw": Letter("complaint_withdraw", unless=("complaint.reopen",)),
    "complaint.reopen": Letter("complaint_reopen", meets=("complaint.acknowledge",)),
}
