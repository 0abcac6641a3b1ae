"""Facts that cannot both be true: what comes after something may not be dated before it."""

from __future__ import annotations

from datetime import date

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
    ("received", "holding_sent_on"),
    ("received", "delay_notified_on"),
    ("received", "final_response_sent"),
    ("received", "summary_resolution_sent"),
    ("hardship_notice_received", "information_requested_on"),
    ("hardship_notice_received", "hardship_refused_on"),
    ("register_entry_on", "moratorium_cancelled_on"),
    ("moratorium_started_on", "moratorium_cancelled_on"),
    ("crisis_moratorium_started_on", "treatment_ended_on"),
    ("plan_told_on", "plan_delivered_on"),
    ("debt_disputed_on", "outcome_given_on"),
    ("notice_received", "provisional_credit_on"),
    ("notice_received", "investigation_completed_on"),
    ("provisional_credit_on", "debit_notified_on"),
    ("processing_on", "submitted_on"),
    ("submitted_on", "represented_on"),
    ("represented_on", "pre_arbitration_on"),
    ("pre_arbitration_on", "pre_arbitration_answered_on"),
    ("first_deposit_on", "transfer_on"),
    ("overdue_arose_on", "repaid_on"),
)


def find(facts: Facts) -> BadFact | None:
    """Return what is wrong when a fact is dated before what it follows, naming both.

    A fact that cannot be read is no contradiction: each rule that needs it says so itself, and
    the others keep their dates.
    """
    for earlier, later in ORDER:
        first, then = _day(facts, earlier), _day(facts, later)
        if first is not None and then is not None and then < first:
            return BadFact(
                later, f'is {then}, before "{earlier}" on {first}: correct one of the two'
            )
    return None


def _day(facts: Facts, name: str) -> date | None:
    try:
        return facts.day_or_none(name)
    except BadFact:
        return None
