"""A dispute as its cardholder sees it: status, money, what happens next, what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from disputes import evidence, reasons
from disputes.api import next_steps
from disputes.models import Dispute, DisputeItem
from disputes.models.dispute import (
    ACKNOWLEDGED,
    FILED,
    RESOLVED,
    RESOLVING,
    UNDECIDED,
    WITHDRAWING,
    WITHDRAWN,
)
from disputes.models.item import Credit
from disputes.outcomes import LOST, OUTCOMES, Hold
from kernel.money import Money
from tickets.api import cases
from tickets.api.cases import Told, Viewing
from tickets.models import Deadline, Event, Ticket
from tickets.models.ticket import CLOSED

_LENT = {Credit.PROVISIONAL, Credit.REVERSAL_ANNOUNCED}
# Django's own get_…_display translates every choice to find one.
_OUTCOMES = dict(OUTCOMES)


class DisputeTeller:
    """Tells disputes; see ``tickets.api.cases``."""

    related: tuple[str, ...] = ("dispute",)

    def load(self, tickets: Sequence[Ticket], viewing: Viewing) -> None:
        """Fetch the items of all cases, and for one case what its evidence is measured by."""
        claims = {row.dispute.pk: row.dispute for row in tickets}
        missing: dict[int, list[DisputeItem]] = {
            pk: [] for pk, claim in claims.items() if claim.known_items is None
        }
        items = DisputeItem.objects.filter(dispute__in=missing).select_related("transaction")
        for item in items.order_by() if missing else ():
            missing[item.dispute_id].append(item)
        for pk, found in missing.items():
            claims[pk].known_items = sorted(found, key=lambda item: item.number)
        taken = _taken_back(tickets)
        for row in tickets:
            row.taken_back_minor = taken.get(row.pk, 0)  # type: ignore[attr-defined]

    def tell(self, ticket: Ticket, dates: list[Told], viewing: Viewing) -> Told:
        """Tell the claim's part of a case."""
        claim = ticket.dispute
        items = claim.known_items or []
        money = money_of(ticket, items)
        status = status_of(ticket, claim)
        told = {
            "status": status,
            "reason": claim.reason,
            "reason_label": reasons.label(claim.reason),
            "round": claim.round,
            "late": claim.late,
            "outcome": claim.outcome if claim.state in {RESOLVED, WITHDRAWN} else "",
            "money": money,
            "hold": _hold(claim, money),
            "items": [_item(row, told=claim.state != RESOLVING) for row in items],
            "actions": actions(ticket, claim, items, at=viewing.at),
        }
        told["next_step"] = next_steps.of(ticket, claim, status, dates, money, viewing)
        dates += _own_dates(ticket, claim, items, viewing)
        if viewing.whole:
            told["answers"] = claim.answers
            told["evidence"] = evidence_of(ticket, claim, fresh=viewing.fresh)
        return told


def status_of(ticket: Ticket, claim: Dispute) -> str:
    """The public status: the claim's where it says more than the envelope."""
    if ticket.state == CLOSED:
        return cases.SHUT
    if claim.state in {WITHDRAWING, RESOLVING, RESOLVED, WITHDRAWN}:
        return {WITHDRAWING: cases.WITHDRAWAL_PENDING, RESOLVING: cases.FINISHING}.get(
            claim.state, cases.DECIDED
        )
    status = cases.status_of(ticket)
    begun = claim.state not in {FILED, ACKNOWLEDGED}
    return status if begun or status != cases.IN_REVIEW else cases.RECEIVED


def actions(
    ticket: Ticket, claim: Dispute, items: Sequence[DisputeItem], *, at: datetime
) -> list[str]:
    """The verbs that the cardholder may press now."""
    found = ["add_message", "add_attachment"] if ticket.state != CLOSED else []
    if claim.state in UNDECIDED:
        found.append("withdraw")
    if claim.state == WITHDRAWING:
        found.append("undo_withdrawal")
    if reopenable(claim, items, at=at):
        found.append("reopen")
    return found


def reopenable(claim: Dispute, items: Sequence[DisputeItem], *, at: datetime) -> bool:
    """Something was denied, and the time to object runs."""
    denied = any(row.denied_minor for row in items) or claim.outcome == LOST
    until = objection_ends_at(claim)
    return bool(claim.state in {RESOLVED, WITHDRAWN} and denied and until and at <= until)


def objection_ends_at(claim: Dispute) -> datetime | None:
    """The instant after which the cardholder alone can no longer open the claim again."""
    ended = claim.told_at or claim.decided_at
    return ended + timedelta(days=settings.REOPEN_WITHIN_DAYS) if ended else None


def money_of(ticket: Ticket, items: Sequence[DisputeItem]) -> Told:
    """Where the disputed amount stands, in minor units."""
    lent = [row for row in items if row.credit in _LENT]
    provisional = sum(row.lent_minor for row in lent)
    return {
        "currency": ticket.currency,
        "disputed": sum(row.disputed_minor for row in items),
        "provisional": provisional,
        "final": sum(row.credited_minor for row in items),
        "merchant_refunded": sum(row.merchant_minor for row in items),
        "charges_refunded": sum(row.charges_minor for row in items),
        "denied": sum(row.denied_minor for row in items),
        "charged_back_to_you": ticket.taken_back_minor,  # type: ignore[attr-defined]
        "may_be_taken_back": provisional > 0,
    }


def evidence_of(ticket: Ticket, claim: Dispute, *, fresh: bool = False) -> Told:
    """What the claim has and what it lacks, by when."""
    account, rows = ticket.account, ticket.known_dates or []
    files = () if fresh else ticket.attachments.order_by().values_list("purpose", flat=True)
    given = {purpose for purpose in files if purpose}
    # The story is kept as the first message, where it can be erased, not among the answers.
    told = {"story": True} if ticket.has_story else {}
    return gap_as_told(
        evidence.gap(
            claim.reason_row, answers={**claim.answers, **told}, given=given,
            network=account.network if account else "",
            filing_by=_first_due(rows, "file_with_network"),
            decide_by=_first_due(rows, "resolve"),
            switched_on=settings.NETWORK_CODES_SWITCHED_ON,
        )
    )  # fmt: skip


def gap_as_told(gap: evidence.Gap) -> Told:
    """The evidence gap in the reader's language."""
    zh = next_steps.reads_chinese()
    return {
        "complete": gap.complete,
        "items": [
            {
                "kind": one.kind, "code": one.code, "label": one.zh if zh else one.en,
                "status": one.status, "needed_for": one.needed_for,
                "by": one.by.isoformat() if one.by else None,
                "why": one.why_zh if zh else one.why_en, "one_of": list(one.one_of),
            }
            for one in gap.items
        ],
    }  # fmt: skip


def _first_due(rows: Sequence[Deadline], key: str) -> Any:
    return min((row.due_on for row in rows if row.key == key and row.due_on), default=None)


def _item(row: DisputeItem, *, told: bool) -> Told:
    """One transaction; what is decided of it shows once the answer has left."""
    outcome = row.outcome if told else ""
    return {
        "number": row.number,
        "transaction": row.transaction.external_ref,
        "merchant_name": row.transaction.merchant_name,
        "posted_on": row.transaction.posted_on.isoformat(),
        "amount": row.disputed_minor,
        "currency": row.currency,
        "provisional": row.lent_minor if row.credit in _LENT else 0,
        "final": row.credited_minor,
        "denied": row.denied_minor if told else 0,
        "outcome": outcome,
        "outcome_label": str(_OUTCOMES[outcome]) if outcome else "",
        "credit": row.credit,
        "credit_label": str(Credit(row.credit).label),
        "taken_back_on": row.reverse_on.isoformat() if row.reverse_on else None,
    }


def _hold(claim: Dispute, money: Told) -> Told:
    return {
        "on": claim.hold != Hold.RELEASED,
        "text": _hold_words(claim, money),
        "until": claim.hold_until.isoformat() if claim.hold_until else None,
    }


def _hold_words(claim: Dispute, money: Told) -> str:
    amount = Money(money["disputed"], money["currency"])
    if claim.hold == Hold.ON:
        return _(
            "You need not pay %(amount)s while we look into it: it is neither collected nor "
            "reported as overdue."
        ) % {"amount": amount}
    if claim.hold == Hold.PAYMENT_WINDOW:
        return _("%(owed)s is owed again. Until the date shown it is not reported as overdue.") % {
            "owed": Money(money["denied"], money["currency"])
        }
    if claim.hold == Hold.REPORTED_AS_DISPUTED:
        return _("You objected in time: %(amount)s may be reported only as disputed.") % {
            "amount": amount
        }
    return _("Nothing is held any more: your account is treated as usual.")


def _own_dates(
    ticket: Ticket, claim: Dispute, items: Sequence[DisputeItem], viewing: Viewing
) -> list[Told]:
    """Dates of the issuer's own terms that concern the cardholder."""
    found = []
    if ticket.waiting_on == "cardholder" and ticket.waiting_until:
        found.append(_ending("reply_by", _("Your answer"), ticket.waiting_until, viewing))
    if claim.state == WITHDRAWING and claim.withdrawal_final_at:
        ends = claim.withdrawal_final_at
        found.append(_ending("withdrawal_final", _("Last day to undo"), ends, viewing))
    last = objection_ends_at(claim)
    if last and reopenable(claim, items, at=viewing.at):
        found.append(_ending("object_by", _("Last day to object"), last, viewing))
    return found


def _ending(code: str, name: str, until: datetime, viewing: Viewing) -> Told:
    return cases.own_date(code, name, viewing.last_day(until), viewing, due_at=until)


def _taken_back(tickets: Sequence[Ticket]) -> dict[int, int]:
    """What was lent and taken back, by case; history knows, and is asked only where it happened."""
    reversed_ = [
        row.pk for row in tickets
        if any(item.credit == Credit.REVERSED for item in row.dispute.known_items or ())
    ]  # fmt: skip
    if not reversed_:
        return {}
    found: dict[int, int] = {}
    for pk, facts in Event.objects.filter(
        ticket__in=reversed_, name="dispute.reverse_credit"
    ).values_list("ticket_id", "facts"):
        found[pk] = found.get(pk, 0) + int(facts.get("minor", 0))
    return found


cases.register("dispute", DisputeTeller())
