"""What a clerk of the demo decides: one outcome for all items, with what a denial needs."""

from __future__ import annotations

from typing import Any

from config.demo.case import Case
from disputes import services

_BASIS = {"lost": "no_error", "partly_won": "different_error", "invalid": "not_a_notice"}


def answer(case: Case, outcome: str, *, grounds: str = "", part: int = 5) -> services.Answer:
    """A decision; a denial rests on a finding that is made just now.

    ``part`` tenths are granted where it is won in part.
    """
    denies = outcome in _BASIS
    rows = list(case.dispute.items.select_related("transaction"))
    finding = _find(case, rows) if denies else 0
    reasons = [(grounds or "no_error_after_review", finding)] if denies else []
    return services.Answer(
        _BASIS.get(outcome, "error_as_asserted"),
        [
            services.Verdict(row.number, outcome, _granted(row, outcome, part), grounds=reasons)
            for row in rows
        ],
        case.say({"partly_won": "partly"}.get(outcome, outcome)) if denies else "",
        "" if rows else outcome,
    )


def _find(case: Case, rows: list[Any]) -> int:
    """Write a finding whose exhibit is the transaction or, without one, the notice itself."""
    if rows:
        exhibit = f"transaction:{rows[0].transaction.external_ref}"
    else:
        exhibit = f"message:{case.ticket.messages.earliest('pk').ref}"
    statement = case.say("finding", to="desk")
    number: int = case.do(services.find, statement=statement, exhibit=exhibit).number
    return number


def _granted(row: Any, outcome: str, part: int) -> int:
    if outcome in {"lost", "invalid", "merchant_credited"}:
        return 0
    disputed: int = row.disputed_minor
    least: int = row.recovered_minor + row.written_off_minor
    return max(least, disputed * part // 10) if outcome == "partly_won" else disputed
