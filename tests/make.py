"""Make things the way people make them: by walking through the real doors.

``make.dispute("resolved")`` presses the buttons that lead there. The clock is read here once a
call, so that a test may shift it with ``time_machine``.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from complaints import remedies
from complaints import services as complaints
from complaints.models import Complaint
from complaints.services import Draft, Grievance, Ruling
from disputes import reasons, services
from disputes.models import Chargeback, Dispute
from disputes.questions import QUESTIONS
from disputes.services import Answer, Claimed, Notice, Verdict, recovery
from kernel import actors
from kernel.actors import Actor

_count = itertools.count(1)

# What a test's claim is about unless it says otherwise: 129.00, above the small-amount limit and
# below the limit of four eyes.
AMOUNT = 12_900
# An answer of each type of question, for what a reason insists on before it is sent.
ANSWERS: dict[str, Any] = {
    "bool": True, "date": "2026-01-20", "text": "So it was.", "posting": "tx-twin",
    "postings": ["tx-twin"], "money": {"minor": 100, "currency": "USD"},
}  # fmt: skip


def cardholder(**fields: Any) -> Cardholder:
    """A cardholder in New York, unless ``fields`` say otherwise."""
    number = next(_count)
    return Cardholder.objects.create(
        **{
            "external_ref": f"ch-{number}", "name": f"Ada Example {number}", "language": "en",
            "time_zone": "America/New_York", "jurisdiction": "us",
            "email": f"ada{number}@mail.example",
            "postal_address": f"{number} Main Street\nSpringfield", **fields,
        }
    )  # fmt: skip


def account(holder: Cardholder | None = None, **fields: Any) -> CardAccount:
    """A Visa account in dollars with a year of statements behind it."""
    number = next(_count)
    return CardAccount.objects.create(
        **{
            "external_ref": f"acc-{number}", "cardholder": holder or cardholder(),
            "token": f"tok-{number}", "last_four": f"{number % 10_000:04d}", "network": "visa",
            "currency": "USD", "product": "Everyday", "cycle_day": 5, **fields,
        }
    )  # fmt: skip


def statement(of: CardAccount, closing_on: date, **fields: Any) -> Statement:
    """A statement that was sent two days after it closed."""
    return Statement.objects.create(
        **{
            "account": of, "external_ref": f"st-{closing_on}", "closing_on": closing_on,
            "transmitted_on": closing_on + timedelta(days=2),
            "due_on": closing_on + timedelta(days=25), "balance_minor": 50_000,
            "minimum_minor": 2_500, "currency": of.currency, **fields,
        }
    )  # fmt: skip


def transaction(of: CardAccount | None = None, **fields: Any) -> CardTransaction:
    """A charge that was posted three weeks ago and is on no statement yet."""
    number = next(_count)
    of = of or account()
    posted_on = fields.pop("posted_on", timezone.now().date() - timedelta(days=21))
    return CardTransaction.objects.create(
        **{
            "account": of, "external_ref": f"tx-{number}", "network_reference": f"arn-{number}",
            "posted_on": posted_on, "processing_on": posted_on, "transacted_on": posted_on,
            "amount_minor": AMOUNT, "currency": of.currency, "merchant_name": "Shoes & Co",
            "mcc": "5661", "country": "US", **fields,
        }
    )  # fmt: skip


def staff(*departments: str, **fields: Any) -> User:
    """A member of staff in departments ("finance", "lead")."""
    if not Group.objects.filter(name="finance").exists():
        call_command("sync_departments", verbosity=0)
    number = next(_count)
    user = User.objects.create_user(
        username=f"{departments[0] if departments else 'nobody'}-{number}",
        **{"is_staff": True, "first_name": "Li", "last_name": f"Wei {number}", **fields},
    )
    user.groups.set(Group.objects.filter(name__in=departments))
    return user


def clerk(*departments: str) -> Actor:
    """A member of staff as an actor; finance unless said otherwise."""
    return actors.staff(staff(*(departments or ("finance",))))


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
            found, actor=worker, at=at, network_reference=f"net-{next(_count)}",
            holds=found.evidence,
        )  # fmt: skip
    return getattr(recovery, verb)(found, actor=worker, at=at)


def grievance(**fields: Any) -> Grievance:
    """What somebody is angry about, in free text."""
    return Grievance(**{"story": "Your collector called me at midnight.", **fields})


def complained(holder: Cardholder | None = None, **fields: Any) -> Complaint:
    """A complaint as the cardholder made it a moment ago."""
    of = fields.pop("of", None) or account(holder)
    at = fields.pop("at", timezone.now())
    return complaints.receive(
        of.cardholder, grievance(**fields), actor=actors.cardholder(of.cardholder), at=at
    )


def complaint(state: str = "received", **fields: Any) -> Complaint:
    """A complaint in ``state``, led there by the buttons that lead there."""
    at, worker = fields.get("at", timezone.now()), clerk("customer_service")
    draft = fields.pop("draft", {})
    row = complained(**fields)
    if state == "received":
        return row
    if state == "withdrawn":
        return complaints.withdraw(row, actor=actors.cardholder(row.ticket.cardholder), at=at)
    row = complaints.acknowledge(row, actor=worker, at=at)
    if state == "acknowledged":
        return row
    row = complaints.investigate(row, actor=worker, at=at)
    if state == "investigating":
        return row
    row = complaints.draft_decision(row, actor=worker, at=at, draft=drafted(row, **draft))
    if state == "drafted":
        return row
    row = complaints.respond(row, actor=clerk("lead"), at=at)
    if state == "responding":
        return row
    return _after_the_answer(complaints.letter_left(row, at=at), state, at)


def _after_the_answer(row: Complaint, state: str, at: Any) -> Complaint:
    if state == "under_review":
        who = actors.cardholder(row.ticket.cardholder)
        return complaints.request_review(row, actor=who, at=at, because="You are wrong.")
    if state == "referred":
        return complaints.refer_out(
            row, actor=clerk("lead"), at=at, body="ombudsman", reference="OMB-7"
        )
    return row


def drafted(row: Complaint, **fields: Any) -> Draft:
    """An answer to a complaint: upheld, 25.00 for the trouble, unless ``fields`` say otherwise."""
    place, review = row.ticket.jurisdiction, row.state == "under_review"
    known = remedies.outside(place) if review else remedies.of(place)
    money = fields.get("redress", [("distress_inconvenience", 2_500), ("apology", 0)])
    paid = any(minor for _kind, minor in money)
    return Draft(
        **{
            "category": "collect_hours", "root_cause": "third_party.agency",
            "found": "The call log shows a call at 00:14.", "basis": "No call may come at night.",
            "points": [("A call at midnight", "upheld")], "refunded": paid,
            "refund_on": timezone.now().date() + timedelta(days=5) if paid else None,
            "redress": money, "remedies": known, **fields,
        }
    )  # fmt: skip


def ruling(row: Complaint, **fields: Any) -> Ruling:
    """An ombudsman's award of 40.00, made the day it was asked."""
    on = row.referrals.latest("id").referred_on
    return Ruling(
        **{"outcome": "upheld", "on": on, "reference": "R-1", "redress": [("goodwill", 4_000)],
           **fields}
    )  # fmt: skip


def letters_leave(at: Any = None) -> int:
    """Let the worker deliver everything that waits."""
    from outreach import services as outreach

    return outreach.deliver(at or timezone.now())
