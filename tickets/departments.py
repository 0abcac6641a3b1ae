"""The departments and what each may press: Django groups are made from this table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CUSTOMER_SERVICE, FINANCE, COLLECTIONS, LEAD = (
    "customer_service",
    "finance",
    "collections",
    "lead",
)

_ENVELOPE = (
    "tickets.view_ticket",
    "tickets.view_event",
    "tickets.view_deadline",
    "tickets.view_loadedcalendar",
    "tickets.view_message",
    "tickets.view_attachment",
    "tickets.view_task",
    "tickets.view_turn",
    "tickets.view_approval",
    "tickets.take",
    "tickets.release",
    "tickets.reroute",
    "tickets.ask",
    "tickets.answer",
    "tickets.write",
    "tickets.wait",
    "tickets.resume",
    "tickets.mark_duplicate",
    "tickets.unmark",
    "disputes.view_dispute",
    "disputes.view_disputeitem",
    "complaints.view_complaint",
    "outreach.view_notice",
)
_MONEY = ("ledger.view_transfer", "disputes.view_chargeback", "disputes.view_networkevent")
_CLAIM = (
    "disputes.acknowledge",
    "disputes.investigate",
    "disputes.find",
    "disputes.ask_cardholder",
    "disputes.grant_credit",
    "disputes.announce_reversal",
    "disputes.stop_reversal",
    "disputes.resolve",
    "disputes.reassert",
    "disputes.recall",
)
_RECOVERY = (
    "disputes.prepare",
    "disputes.submit",
    "disputes.record_rejection",
    "disputes.record_representment",
    "disputes.record_pre_arbitration",
    "disputes.answer_pre_arbitration",
    "disputes.go_pre_arbitration",
    "disputes.go_arbitration",
    "disputes.accept",
    "disputes.record_win",
    "disputes.record_loss",
    "disputes.ask_back",
    "disputes.record_withdrawal",
    "disputes.record_refusal",
)
_FRONT = (
    "tickets.triage",
    "tickets.resolve",
    "tickets.reopen",
    "disputes.file",
    "disputes.withdraw",
    "disputes.undo_withdrawal",
    "disputes.ask_cardholder",
    "disputes.reassert",
)
# A complaint's draft is for those who answer it: the departments that give evidence see none.
_ANSWER = (
    "intake.view_rawmessage",
    "intake.take",
    "intake.refuse",
    "complaints.view_arrival",
    "complaints.view_extension",
    "complaints.view_decision",
    "complaints.view_redress",
    "complaints.view_review",
    "complaints.view_referral",
    "complaints.receive",
    "complaints.acknowledge",
    "complaints.investigate",
    "complaints.classify",
    "complaints.recuse",
    "complaints.extend",
    "complaints.draft_decision",
    "complaints.send_back",
    "complaints.respond",
    "complaints.summary_resolve",
    "complaints.request_review",
    "complaints.decide_review",
    "complaints.refer_out",
    "complaints.record_ruling",
    "complaints.reopen",
)
_FACTS = (
    "accounts.view_cardholder",
    "accounts.view_cardaccount",
    "accounts.view_cardtransaction",
    "accounts.view_statement",
)


@dataclass(frozen=True)
class Department:
    """A department: its code (also the group's name), its label, its permissions."""

    code: str
    label: str | Promise
    permissions: tuple[str, ...]


DEPARTMENTS = {
    row.code: row
    for row in (
        Department(
            CUSTOMER_SERVICE,
            _("Customer service"),
            (*_ENVELOPE, *_FACTS, *_FRONT, *_ANSWER, "complaints.withdraw"),
        ),
        Department(
            FINANCE,
            _("Finance"),
            (*_ENVELOPE, *_FACTS, *_MONEY, *_CLAIM, *_RECOVERY, "disputes.withdraw"),
        ),
        Department(COLLECTIONS, _("Collections"), _ENVELOPE + _FACTS),
    )
}
# A lead belongs to a department too: this group adds what only a lead may press.
LEAD_PERMISSIONS = (
    *_ENVELOPE,
    *_FACTS,
    *_MONEY,
    *_ANSWER,
    "complaints.approve_extension",
    "complaints.respond_above_limit",
    "tickets.assign",
    "tickets.triage",
    "tickets.resolve",
    "tickets.reopen",
    "tickets.view_all",
    "disputes.approve",
    "disputes.reject",
    "disputes.stop",
    "disputes.reassert",
)


def choices() -> list[tuple[str, str | Promise]]:
    """Choices for a model field; a new department makes no migration."""
    return [(row.code, row.label) for row in DEPARTMENTS.values()]


def label(code: str) -> str:
    """The department's name in the reader's language."""
    return str(DEPARTMENTS[code].label) if code in DEPARTMENTS else code
