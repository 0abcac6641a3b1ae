"""Facts that cannot both be true: what comes after something may not be dated before it."""

from __future__ import annotations

from law.facts import BadFact, Facts

# Earlier, later. Only pairs whose order no honest record can turn round.
ORDER = (
    ("received", "withdrawn"),
    ("received", "resolved_on"),
    ("received", "closed_on"),
    ("received", "decision_sent"),
    ("notice_received", "resolved_on"),
    ("notice_received", "decided_notice_sent"),
    ("decided_notice_sent", "redispute_received"),
    ("decision_sent", "decision_received"),
    ("statement_should_be_sent", "statement_provided"),
    ("submitted_on", "represented_on"),
    ("represented_on", "pre_arbitration_on"),
    ("pre_arbitration_on", "pre_arbitration_answered_on"),
    ("first_deposit_on", "transfer_on"),
    ("overdue_arose_on", "repaid_on"),
)


def find(facts: Facts) -> BadFact | None:
    """Return what is wrong when a fact is dated before what it follows, naming both."""
    for earlier, later in ORDER:
        if facts.has(earlier) and facts.has(later):
            try:
                first, then = facts.day(earlier), facts.day(later)
            except BadFact as unreadable:
                return unreadable
            if then < first:
                return BadFact(
                    later, f'is {then}, before "{earlier}" on {first}: correct one of the two'
                )
    return None
