"""New facts about an account: dates that waited for them begin, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Statement
from disputes import facts
from disputes.models import Dispute
from tickets import deadlines
from tickets.models.ticket import LIVE


def statements(rows: Sequence[Statement]) -> None:
    """Start what new or corrected statements start in the open claims about their accounts.

    The time to notify runs from the statement that first showed a charge, the time to resolve
    ends with billing cycles; either may have waited for this statement.
    """
    claims = Dispute.objects.filter(
        ticket__account__in={row.account_id for row in rows}, ticket__state__in=LIVE
    ).select_related("ticket__cardholder", "ticket__account")
    for claim in claims.order_by("pk"):
        for subject, known in facts.of_dispute(claim):
            deadlines.assess(
                claim.ticket, known, time_zone=claim.ticket.cardholder.time_zone, subject=subject
            )
