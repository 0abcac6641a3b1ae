"""Writing the answer down: nothing in it may be empty, and the money stands in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import redaction
from complaints import recusal, remedies, taxonomy
from complaints.models import Complaint, Decision, Point, Redress, Referral
from complaints.outcomes import JUDGEMENTS, overall
from complaints.services.clocks import locked, today
from complaints.services.intake import check_category
from kernel.actors import Actor
from kernel.errors import Unfit
from tickets import messages
from tickets.machine import allowed, perform


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An answer: what was found, on what it rests, each point's outcome, money, and what is left.

    ``points`` are (words, outcome); ``redress`` are (kind, minor units), whose sum is the amount
    that ``refunded`` speaks of; ``refund_on`` is the day by which the money is there.
    """

    category: str
    root_cause: str
    found: str
    basis: str
    points: Sequence[tuple[str, str]]
    refunded: bool
    remedies: Sequence[str]
    redress: Sequence[tuple[str, int]] = ()
    refund_on: date | None = None

    @property
    def minor(self) -> int:
        """The money of it, in minor units of the account's currency."""
        return sum(minor for _kind, minor in self.redress)


@transaction.atomic
def draft_decision(
    complaint: Complaint, *, actor: Actor, at: datetime, draft: Draft, version: int | None = None
) -> Complaint:
    """Draft the answer; another person reads it and sends it.

    Raises:
        Unfit: facts, basis, points, money, remedies, category or root cause are missing or do not
            fit each other.
    """
    row = locked(complaint)
    recusal.check(row, actor)
    check(row, "draft_decision", draft, actor=actor, at=at)
    complaint = perform(
        row, "draft_decision", actor=actor, at=at, version=version,
        category=draft.category, root_cause=draft.root_cause,
    )  # fmt: skip
    write_down(complaint, draft, Decision.Kind.ANSWER, actor=actor, at=at)
    return complaint


def check(complaint: Complaint, verb: str, draft: Draft, *, actor: Actor, at: datetime) -> None:
    """Check codes, points and money before ``verb``, for whom may press it now.

    Who may not is told that by the verb itself, and nothing about the draft.

    Raises:
        Unfit: see :func:`draft_decision`.
    """
    if verb in allowed(complaint, actor):
        _check_codes(draft)
        _check_money(complaint, draft, at)


def write_down(
    complaint: Complaint, draft: Draft, kind: str, *, actor: Actor, at: datetime, outcome: str = ""
) -> Decision:
    """Store a checked ``draft``; ``outcome`` is what the points do not say: a settlement.

    Raises:
        Unfit: words or remedies are missing.
    """
    known = remedies.of(complaint.ticket.jurisdiction)
    if kind == Decision.Kind.REVIEW:
        known = remedies.outside(complaint.ticket.jurisdiction)
    decision = Decision.objects.create(
        complaint=complaint,
        round=complaint.round,
        kind=kind,
        found=_said(draft.found, "found", _("Say what was found.")),
        basis=_said(draft.basis, "basis", _("Say on what the answer rests.")),
        outcome=outcome or overall(judgement for _words, judgement in draft.points),
        refunded=draft.refunded,
        amount_minor=draft.minor,
        currency=_currency(complaint) if draft.refunded else "",
        refund_on=draft.refund_on,
        remedies=remedies.check(draft.remedies, known),
        drafted_by=actor.ref,
        drafted_at=at,
    )
    Point.objects.bulk_create(
        Point(
            decision=decision, number=number, outcome=judgement,
            words=_said(words, "points", _("Name each point."))[:300],
        )
        for number, (words, judgement) in enumerate(draft.points, start=1)
    )  # fmt: skip
    Redress.objects.bulk_create(lines(complaint, draft.redress, decision=decision))
    return decision


def lines(
    complaint: Complaint,
    redress: Sequence[tuple[str, int]],
    *,
    decision: Decision | None = None,
    referral: Referral | None = None,
) -> list[Redress]:
    """Rows of redress that are not stored yet, by what caused them."""
    return [
        Redress(
            complaint=complaint,
            decision=decision,
            referral=referral,
            number=number,
            kind=kind,
            amount_minor=minor,
            currency=_currency(complaint) if minor else "",
        )
        for number, (kind, minor) in enumerate(redress, start=1)
    ]


def _said(text: str, field: str, sentence: str) -> str:
    if not text.strip():
        raise Unfit(f"{field}_missing", sentence, pointer=f"/{field}")
    return redaction.redact(messages.checked(text)).text


def _check_codes(draft: Draft) -> None:
    check_category(draft.category)
    taxonomy.check(
        taxonomy.ROOT_CAUSES, draft.root_cause, "root_cause",
        _("Choose what caused it, from the list."),
    )  # fmt: skip
    judgements = dict(JUDGEMENTS)
    if not draft.points or any(outcome not in judgements for _words, outcome in draft.points):
        raise Unfit("points_missing", _("Decide each point."), pointer="/points")


def _check_money(complaint: Complaint, draft: Draft, at: datetime) -> None:
    check_redress(complaint, draft.redress)
    if not draft.refunded:
        if draft.minor or draft.refund_on:
            raise Unfit(
                "money_unclear", _("Nothing is refunded: give no amount and no day."),
                pointer="/refunded",
            )  # fmt: skip
        return
    if not draft.minor or draft.refund_on is None or draft.refund_on < today(complaint, at):
        raise Unfit(
            "money_unclear",
            _("Say how much is refunded, and by which day from today."),
            pointer="/refund_on",
        )


def check_redress(complaint: Complaint, redress: Sequence[tuple[str, int]]) -> None:
    """Check kinds and amounts of redress: money for what is money, to an account that is known.

    Raises:
        Unfit: an unknown kind, an amount that does not fit it, or no account for the money.
    """
    for kind, minor in redress:
        taxonomy.check(
            taxonomy.REDRESS, kind, "redress", _("Choose how it is made good, from the list.")
        )
        if (minor > 0) != taxonomy.REDRESS[kind].money or minor < 0:
            raise Unfit(
                "bad_amount", _("Give an amount for money, and none for the rest."),
                pointer="/redress",
            )  # fmt: skip
    if any(minor for _kind, minor in redress) and complaint.ticket.account is None:
        raise Unfit(
            "account_missing", _("Money needs an account: the complaint names none."),
            pointer="/redress",
        )  # fmt: skip


def _currency(complaint: Complaint) -> str:
    account = complaint.ticket.account
    return account.currency if account else ""
