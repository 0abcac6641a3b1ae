"""New facts about a claim: dates that waited for them begin, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accounts.models import Statement
from disputes import facts
from disputes.models import Chargeback, Dispute
from disputes.models import chargeback as legs
from disputes.services import stage_clocks
from law import stages
from tickets import reassessing
from tickets.models import Deadline, Ticket
from tickets.models.ticket import LIVE
from tickets.reassessing import Known


def statements(rows: Sequence[Statement]) -> None:
    """Start what new or corrected statements start in the open claims about their accounts.

    The time to notify runs from the statement that first showed a charge, the time to resolve
    ends with billing cycles; either may have waited for this statement, or end sooner by it.
    """
    newest = {row.account_id: row for row in rows}
    cases = Ticket.objects.filter(kind="dispute", account__in=newest, state__in=LIVE)
    for case in cases.select_related("cardholder", "account").order_by("pk"):
        row = newest[case.account_id or 0]
        reason = f"statement {row.external_ref} of {row.closing_on}"
        reassessing.with_new_facts(case, at=row.updated_at, reason=reason)


def known(ticket: Ticket) -> Iterator[Known]:
    """What is known of a claim today: of the case, of each item, of each leg and its stage."""
    claim = Dispute.objects.get(ticket=ticket)
    claim.ticket = ticket
    for subject, found in facts.of_dispute(claim):
        yield Known(subject, found)
    live = Chargeback.objects.filter(ticket=ticket, state__in=legs.LIVE)
    for leg in live.select_related("item__transaction"):
        leg.ticket = ticket
        yield Known(
            stage_clocks.subject_of(leg),
            facts.of_filing(
                leg.item.transaction, claim.account, leg.code, claim.reason_row, claim.answers
            ),
        )
        yield from _stage(leg)


def follow(ticket: Ticket, row: Deadline) -> None:
    """Keep the date by which a leg's next step is wanted with the date of the law."""
    for leg in Chargeback.objects.filter(ticket=ticket, state__in=legs.LIVE):
        leg.ticket = ticket
        stage_clocks.keep(leg, row)


def _stage(leg: Chargeback) -> Iterator[Known]:
    """The stage that a leg is in starts one rule's clock only: that of whose turn it is."""
    try:
        turn = stages.stage_rule_for(leg.network, leg.workflow, leg.state, leg.turn)
    except stages.UnknownTurn:
        return
    if turn.rule_id:
        only = frozenset([turn.rule_id])
        yield Known(stage_clocks.stage_subject(leg), facts.of_stage(leg), only)
