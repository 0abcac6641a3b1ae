"""What a complaint adds to the case page: what it is, how it came, its answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from complaints import remedies, taxonomy
from complaints.models import Complaint, Decision
from complaints.models.complaint import RESPONDED, RESPONDING, UNDER_REVIEW
from complaints.outcomes import WITHDRAWN
from complaints.steps import STEPS
from kernel.actors import Actor
from kernel.money import Money
from tickets import departments
from tickets.desk import history, phrases
from tickets.desk.case import Part, Room
from tickets.desk.desk import desk_of
from tickets.models import Ticket

_TONES = {RESPONDED: "good", RESPONDING: "good", WITHDRAWN: "calm", UNDER_REVIEW: "warn"}
_OUTCOME_TONES = {"not_upheld": "late", "partly_upheld": "warn"}


def badges(ticket: Ticket) -> list[tuple[str, str]]:
    """The complaint's state and its outcome."""
    row = ticket.complaint
    found = [(str(row.get_state_display()), _TONES.get(row.state, "work"))]
    if row.outcome and row.outcome != WITHDRAWN:
        tone = _OUTCOME_TONES.get(row.outcome, "good")
        found.append((str(row.get_outcome_display()), tone))
    return found


def topic(code: str) -> str:
    """The category in the reader's language."""
    return taxonomy.CATEGORIES[code].label() if code in taxonomy.CATEGORIES else code


def build(ticket: Ticket, actor: Actor, now: datetime) -> Part:
    """Read the complaint with everything that hangs on it.

    Who may not answer complaints sees neither drafts nor whom it is about.
    """
    row = Complaint.objects.select_related("complained_of_user").get(ticket=ticket)
    row.ticket = ticket
    ticket.complaint = row
    answers = actor.user.has_perm("complaints.view_decision")
    decisions = _decisions(row) if answers else []
    return Part(
        badges=[*badges(ticket), *([(_("round %d") % row.round, "calm")] * (row.round > 1))],
        lead=desk_of(Complaint).buttons(row, actor, ticket.seq),
        main=("complaints/case/complaint.html", "complaints/case/answers.html"),
        context={
            "complaint": row,
            "category": topic(row.category),
            "cause": taxonomy.ROOT_CAUSES[row.root_cause].label()
            if answers and row.root_cause else "",
            "about": _about(row) if answers else "",
            "arrivals": [
                {"row": one, "source": phrases.source(one.source), "body": one.body.upper()}
                for one in row.arrivals.order_by("number")
            ],
            "extensions": [
                {"row": one, "approval": STEPS[one.rule].needs_approval}
                for one in (row.extensions.all() if answers else ())
            ],
            "decisions": decisions,
            "referrals": list(row.referrals.all()) if answers else [],
        },
        refs=[
            ("staff", ref)
            for one in decisions for ref in (one["row"].drafted_by, one["row"].sent_by)
        ],
    )  # fmt: skip


def _about(row: Complaint) -> str:
    person = row.complained_of_user
    named = [history.person(person)] if person else []
    if row.complained_of_department:
        named.append(departments.label(row.complained_of_department))
    return " · ".join(named)


def _decisions(row: Complaint) -> list[dict[str, Any]]:
    found = row.decisions.prefetch_related("points", "redress").select_related("review")
    return [_decision(one) for one in found.order_by("-id")]


def _decision(row: Decision) -> dict[str, Any]:
    review = getattr(row, "review", None)
    return {
        "row": row,
        "tone": _OUTCOME_TONES.get(row.outcome, "good"),
        "amount": Money(row.amount_minor, row.currency) if row.refunded else None,
        "points": list(row.points.all()),
        "redress": [
            {
                "label": taxonomy.REDRESS[one.kind].label(),
                "amount": Money(one.amount_minor, one.currency) if one.amount_minor else "",
                "posted_at": one.posted_at,
            }
            for one in row.redress.all()
        ],
        "remedies": [remedies.REMEDIES[code].label() for code in row.remedies],
        "result": review.get_result_display() if review else "",
    }


ROOM = Room(
    build=build, topic=topic, topics=taxonomy.category_choices, badges=badges,
    related=("complaint",),
)  # fmt: skip
