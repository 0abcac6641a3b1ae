"""What may not be done about an account now, because something on it is disputed.

The issuer's collection and credit-reporting systems ask this before they act.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import CardAccount
from disputes.models import Dispute
from disputes.outcomes import Hold
from kernel.errors import NotNow, Unfit
from law.acts import ACTS
from law.registry import by_id
from tickets.models import Deadline

Restriction = dict[str, Any]
# What the desk's own hold bars: the amount stands still until the claim is answered.
_HELD = ("collect", "report", "charge")


def of(account: CardAccount, *, today: date) -> list[Restriction]:
    """Every restriction that stands on ``today``: the desk's own hold, then the law's.

    ``today`` is the date where the cardholder lives.
    """
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
    ).order_by("rule", "subject"):
        if row.due_on is None or row.due_on >= today:
            laws.setdefault(row.ticket_id, []).append(row)
    return [
        told
        for claim in claims
        for told in (_hold(claim), *(_law(claim, row) for row in laws.get(claim.ticket_id, [])))
    ]


def refuse(account: CardAccount, act: str, *, today: date) -> None:
    """Refuse an act that something on the account bars now, in the rule's own words.

    Acts are those of ``law.acts``; only the disputed amount is meant, the rest is free.

    Raises:
        Unfit: there is no such act.
        NotNow: ``act_forbidden``, with the restrictions that bar it.
    """
    if act not in ACTS:
        known = ", ".join(ACTS)
        raise Unfit("unknown_act", _("Give one of these acts: %(acts)s.") % {"acts": known})
    barring = [one for one in of(account, today=today) if act in one["forbids"]]
    if not barring:
        return
    first = next((one for one in barring if one["rule"]), barring[0])
    raise NotNow(
        "act_forbidden",
        _("Not now: %(words)s (%(cite)s, case %(case)s).")
        % {
            "words": first["words"] or first["name"],
            "cite": first["citation"] or _("the desk's own hold"),
            "case": first["case"],
        },
        restrictions=[
            {**one, "since": _iso(one["since"]), "until": _iso(one["until"])} for one in barring
        ],
    )


def _hold(claim: Dispute) -> Restriction:
    return {
        **_about(claim),
        "code": f"hold_{claim.hold}",
        "name": str(claim.get_hold_display()),
        "words": "",
        "rule": "",
        "citation": "",
        "forbids": list(_HELD),
        "since": claim.notice_on,
        "until": claim.hold_until,
    }


def _law(claim: Dispute, row: Deadline) -> Restriction:
    rule = by_id().get(row.rule)
    return {
        **_about(claim),
        "code": row.key,
        "name": row.name,
        "words": row.words,
        "rule": row.rule,
        "citation": row.cited,
        "forbids": list(rule.forbids) if rule else [],
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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
