"""The clocks of a leg of recovery: may it be filed, whose turn is it, until when."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from disputes import facts
from disputes.models import Chargeback, Dispute
from disputes.models import chargeback as legs
from disputes.models.dispute import UNDECIDED
from disputes.models.turn import ISSUER
from disputes.services import work
from kernel.errors import NotNow
from law import stages
from tickets import deadlines
from tickets.models import Deadline

# The verb that the clock presses, by what silence decides for the issuer.
_SILENCE = {"won": "time_out_acquirer", "lost": "time_out_issuer"}


def check_time(dispute: Dispute, leg: Chargeback, today: date) -> None:
    """Refuse to file while a rule forbids it, in the rule's own words.

    Raises:
        NotNow: the waiting period runs, or the filing limit is over.
    """
    rows = Deadline.objects.filter(ticket_id=leg.ticket_id, subject=subject_of(leg))
    for row in rows:
        if row.first_allowed_on and today < row.first_allowed_on:
            raise NotNow(
                "waiting_period",
                _("%(rule)s (%(cite)s): not before %(day)s. %(words)s")
                % {**_said(row), "day": row.first_allowed_on},
                rule=row.rule,
                first_allowed_on=row.first_allowed_on.isoformat(),
            )
        if row.key == "file_with_network" and row.due_on and today > row.due_on:
            raise NotNow(
                "past_filing_limit",
                _("%(rule)s (%(cite)s): the last day was %(day)s. %(words)s")
                % {**_said(row), "day": row.due_on},
                rule=row.rule,
                due_on=row.due_on.isoformat(),
            )


def check_stage(leg: Chargeback, day: date) -> None:
    """Refuse our own step when the network's time for it was over on ``day``.

    Raises:
        NotNow: ``past_stage_limit``, in the rule's own words.
    """
    if leg.turn not in {"issuer", "issuer_files"} or leg.due_on is None or day <= leg.due_on:
        return
    row = Deadline.objects.filter(
        ticket_id=leg.ticket_id, subject=stage_subject(leg), due_on=leg.due_on
    ).first()
    if row is not None:
        raise NotNow(
            "past_stage_limit",
            _("%(rule)s (%(cite)s): the last day was %(day)s. %(words)s")
            % {**_said(row), "day": leg.due_on},
            rule=row.rule,
            due_on=leg.due_on.isoformat(),
        )


def _said(row: Deadline) -> dict[str, str]:
    return {"rule": row.name, "cite": row.cited, "words": row.words}


def start(dispute: Dispute, leg: Chargeback) -> None:
    """Start the waiting and filing clocks of the leg's own code, and show the nearer limit."""
    row = leg.item
    deadlines.end(
        leg.ticket_id, at=dispute.ticket.received_at, subject=facts.filing_subject(row.number)
    )
    deadlines.assess(
        dispute.ticket,
        facts.of_filing(
            row.transaction, dispute.account, leg.code, dispute.reason_row, dispute.answers
        ),
        time_zone=dispute.ticket.cardholder.time_zone,
        subject=subject_of(leg),
    )
    limit = Deadline.objects.filter(
        ticket_id=leg.ticket_id, subject=subject_of(leg), key="file_with_network"
    ).first()
    leg.due_on = limit.due_on if limit else None
    leg.turn, leg.silence, leg.wanted = ISSUER, "time_out_issuer", "send the chargeback"
    leg.save()


def pass_turn(dispute: Dispute, leg: Chargeback, at: datetime) -> Chargeback:
    """Write whose turn it is, what is wanted, by when and what silence means; start its clock."""
    if leg.state == legs.WITHDRAWING:
        leg.wanted, leg.due_on, leg.silence = "say whether it lets go", None, ""
    else:
        _next_stage(dispute, leg, at)
    leg.save()
    if leg.turn in {"issuer", "issuer_files"}:
        work.go_on(dispute.ticket, at=at)
    elif dispute.state in UNDECIDED:
        zone = dispute.ticket.cardholder.time_zone
        until = deadlines.end_of(leg.due_on, zone) if leg.due_on else None
        on = "network" if leg.turn == "network" else "merchant"
        work.wait_for_network(dispute.ticket, at=at, on=on, wanted=leg.wanted, until=until)
    return leg


def keep(leg: Chargeback, row: Deadline) -> None:
    """Repeat on the leg what a date counted again says: until when, and what silence means."""
    if row.subject == stage_subject(leg):
        turn = stages.stage_rule_for(leg.network, leg.workflow, leg.state, leg.turn)
        leg.due_on, leg.silence = row.due_on, _SILENCE.get(turn.silence, "")
    elif row.subject == subject_of(leg) and row.key == "file_with_network":
        if leg.state != legs.PREPARED:
            return
        leg.due_on = row.due_on
    else:
        return
    leg.save()


def _next_stage(dispute: Dispute, leg: Chargeback, at: datetime) -> None:
    """End the clock of the stage before and start the one of this stage."""
    try:
        turn = stages.stage_rule_for(leg.network, leg.workflow, leg.state, leg.turn)
    except stages.UnknownTurn as unknown:
        raise NotNow(
            "no_such_stage", _("The network's rules know no such step here."), stage=leg.state
        ) from unknown
    deadlines.end(leg.ticket_id, at=at, subject=stage_subject(leg))
    leg.step += 1
    started = deadlines.assess(
        dispute.ticket,
        facts.of_stage(leg),
        only={turn.rule_id},
        time_zone=dispute.ticket.cardholder.time_zone,
        subject=stage_subject(leg),
    )
    leg.wanted, leg.due_on = turn.wanted, started[0].due_on if started else None
    # A stage whose rule is switched off has no date, so the clock can never press anything.
    leg.silence = _SILENCE.get(turn.silence, "") if leg.due_on else ""


def local_day(dispute: Dispute, at: datetime) -> date:
    """The day it is where the cardholder lives."""
    return at.astimezone(dispute.ticket.cardholder.zone).date()


def subject_of(leg: Chargeback) -> str:
    """What the waiting and filing clocks of a leg are about."""
    return f"leg {leg.pk}"


def stage_subject(leg: Chargeback) -> str:
    """What the clock of the stage that a leg is in is about."""
    return f"leg {leg.pk} step {leg.step}"
