"""Claims about transactions, and the legs of their recovery."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Cardholder, CardTransaction
from disputes import reasons, services
from disputes.models import Chargeback, Dispute
from disputes.questions import QUESTIONS
from disputes.services import Answer, Claimed, Notice, Verdict, recovery
from kernel import actors
from kernel.actors import Actor
from tests.make.people import AMOUNT, account, clerk, number, transaction

# An answer of each type of question, for what a reason insists on before it is sent.
ANSWERS: dict[str, Any] = {
    "bool": True, "date": "2026-01-20", "text": "So it was.", "posting": "tx-twin",
    "postings": ["tx-twin"], "money": {"minor": 100, "currency": "USD"},
}  # fmt: skip


def notice(*rows: CardTransaction, reason: str = "duplicate", **fields: Any) -> Notice:
    """A notice about the whole of each transaction."""
    claims = [Claimed(row.external_ref, row.amount_minor, row.currency) for row in rows]
    return Notice(
        **{"reason": reason, "items": claims, "answers": answers(reason),
           "story": "Please look at this.", **fields}
    )  # fmt: skip


def answers(reason: str) -> dict[str, Any]:
    """Answers enough to submit a claim of this reason."""
    found: dict[str, Any] = {}
    row = reasons.get(reason)
    for asked in reasons.asked(row, found):
        question = QUESTIONS[asked.field]
        if asked.needed_for == "submission":
            choices = [choice.code for choice in question.choices]
            found[asked.field] = choices[0] if choices else ANSWERS[question.type]
    return found


def filed(holder: Cardholder | None = None, items: int = 1, **fields: Any) -> Dispute:
    """A dispute as the cardholder filed it a moment ago."""
    of = fields.pop("account", None) or account(holder)
    rows = [transaction(of, amount_minor=fields.get("minor", AMOUNT)) for _number in range(items)]
    fields.pop("minor", None)
    at = fields.pop("at", timezone.now())
    return services.file(
        of.cardholder, notice(*rows, **fields), actor=actors.cardholder(of.cardholder), at=at
    )


def dispute(state: str = "filed", **fields: Any) -> Dispute:
    """A dispute in ``state``, led there by the buttons that lead there."""
    row = filed(**fields)
    at = fields.get("at", timezone.now())
    worker = clerk()
    if state == "filed":
        return row
    if state == "acknowledged":
        return services.acknowledge(row, actor=worker, at=at)
    row = services.investigate(row, actor=worker, at=at)
    if state == "investigating":
        return row
    if state in {"withdrawing", "withdrawn"}:
        row = services.withdraw(
            row, actor=actors.cardholder(row.ticket.cardholder), at=at, cause="recognised_charge"
        )
        if state == "withdrawing":
            return row
        return services.confirm_withdrawal(row, at=at + timedelta(days=4))
    row = services.resolve(row, actor=worker, at=at, answer=won(row))
    if state == "resolving":
        return row
    return services.letter_left(row, at=at)


def won(row: Dispute, outcome: str = "won", **fields: Any) -> Answer:
    """The answer that grants everything."""
    return Answer(
        "error_as_asserted",
        [Verdict(item.number, outcome, item.disputed_minor, **fields) for item in row.items.all()],
    )


def lost(row: Dispute, **fields: Any) -> Answer:
    """The answer that denies everything, with a finding and its exhibit written down first."""
    exhibit = row.items.first().transaction.external_ref
    finding = services.find(
        row, actor=clerk(), at=timezone.now(), statement="Two separate sales slips exist.",
        exhibit=f"transaction:{exhibit}",
    )  # fmt: skip
    return Answer(
        "no_error",
        [
            Verdict(item.number, "lost", 0, grounds=[("not_duplicate", finding.number)])
            for item in row.items.all()
        ],
        "Both charges are yours.",
    )


def leg(state: str = "prepared", row: Dispute | None = None, **fields: Any) -> Chargeback:
    """A leg of recovery in ``state`` of a claim that is under investigation."""
    code = fields.pop("code", "12.6.1")
    row = row or dispute("investigating", **fields)
    at, worker = timezone.now(), clerk()
    found = recovery.prepare(row, actor=worker, at=at, item=1, code=code)
    for verb in _PATHS[state]:
        found = _press(found, verb, worker, at)
    return found


_PATHS: dict[str, list[str]] = {
    "prepared": [],
    "submitted": ["submit"],
    "represented": ["submit", "record_representment"],
    "in_pre_arbitration": ["submit", "record_representment", "go_pre_arbitration"],
    "in_arbitration": [
        "submit", "record_representment", "go_pre_arbitration", "answer_pre_arbitration",
        "go_arbitration",
    ],
    "withdrawing": ["submit", "ask_back"],
    "withdrawn": ["submit", "ask_back", "record_withdrawal"],
    "won": ["submit", "record_win"],
    "lost": ["submit", "record_loss"],
}  # fmt: skip


def _press(found: Chargeback, verb: str, worker: Actor, at: Any) -> Chargeback:
    if verb == "submit":
        return recovery.submit(
            found, actor=worker, at=at, network_reference=f"net-{number()}",
            holds=found.evidence,
        )  # fmt: skip
    return getattr(recovery, verb)(found, actor=worker, at=at)
