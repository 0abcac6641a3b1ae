"""What may not be done about an account now, because something on it is disputed.

The issuer's collection and credit-reporting systems ask this before they act.
"""

from __future__ import annotations

from typing import Any

from accounts.models import CardAccount
from disputes.models import Dispute
from disputes.outcomes import Hold
from tickets.models import Deadline

Restriction = dict[str, Any]


def of(account: CardAccount) -> list[Restriction]:
    """Every restriction that stands: the desk's own hold, then the law's prohibitions."""
    claims = list(
        Dispute.objects.filter(ticket__account=account)
        .exclude(hold=Hold.RELEASED)
        .select_related("ticket")
        .prefetch_related("items__transaction")
        .order_by("ticket__received_at", "pk")
    )
    laws: dict[int, list[Deadline]] = {}
    for row in Deadline.objects.filter(
        ticket__in=[claim.ticket_id for claim in claims],
        nature="prohibition",
        state=Deadline.State.RUNNING,
    ).order_by("rule"):
        laws.setdefault(row.ticket_id, []).append(row)
    return [
        told
        for claim in claims
        for told in (_hold(claim), *(_law(claim, row) for row in laws.get(claim.ticket_id, [])))
    ]


def _hold(claim: Dispute) -> Restriction:
    return {
        **_about(claim),
        "code": f"hold_{claim.hold}",
        "name": str(claim.get_hold_display()),
        "rule": "",
        "citation": "",
        "since": claim.notice_on,
        "until": claim.hold_until,
    }


def _law(claim: Dispute, row: Deadline) -> Restriction:
    return {
        **_about(claim),
        "code": row.key,
        "name": row.name,
        "rule": row.rule,
        "citation": row.cited,
        "since": row.starts_on,
        "until": row.due_on,
    }


def _about(claim: Dispute) -> Restriction:
    items = list(claim.items.all())
    return {
        "case": claim.ticket.reference,
        "amount": sum(row.disputed_minor for row in items),
        "currency": claim.ticket.currency,
        "transactions": [row.transaction.external_ref for row in items],
    }
