"""Until when a dispute can be brought: by the law's notice window, and by the network's limit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from accounts.models import CardTransaction, Statement
from disputes import facts
from disputes.reasons import Reason
from law.deadlines import Facts, deadlines
from tickets import calendars


def notice_until(row: CardTransaction, sent: Mapping[int, date]) -> date | None:
    """The last day for a notice about a charge; ``None`` where the law names none.

    ``sent`` says when the statement that first showed it was transmitted, by the row's id.
    """
    calendars.heed()
    account = row.account
    return _until(account.cardholder.jurisdiction, account.kind, row.posted_on, sent.get(row.pk))


@lru_cache(maxsize=4096)
def _until(
    jurisdiction: str, account_kind: str, posted_on: date, transmitted_on: date | None
) -> date | None:
    known: dict[str, Any] = {"account_kind": account_kind, "posted_on": posted_on}
    if transmitted_on is not None:
        known["statement_transmitted"] = transmitted_on
    dues, _unknown = deadlines(
        Facts(jurisdiction, "dispute", known), enabled=settings.LAW_SWITCHED_ON
    )
    days = [due.due_on for due in dues if due.nature == "window" and due.key.startswith("notice")]
    return min((day for day in days if day), default=None)


def transmitted_on(rows: Iterable[CardTransaction]) -> dict[int, date]:
    """When the statement that first showed each transaction was sent, by the row's id.

    One query for all of them; a transaction that no sent statement shows yet is left out.
    """
    rows = list(rows)
    linked = {row.pk: row.statement.transmitted_on for row in rows if row.statement}
    sent = {pk: day for pk, day in linked.items() if day}
    loose = [row for row in rows if row.pk not in linked]
    if loose:
        closings = _closings(loose)
        for row in loose:
            days = closings.get(row.account_id, [])
            place = bisect_left(days, row.posted_on, key=lambda each: each[0])
            day = days[place][1] if place < len(days) else None
            if day:
                sent[row.pk] = day
    return sent


def filing_until(
    rows: Iterable[CardTransaction], reason: Reason, answers: Mapping[str, Any]
) -> date | None:
    """The nearest of the network's limits to file, under the code that the reason becomes first."""
    found = []
    for row in rows:
        code = facts.likeliest_code(reason, row.account.network)
        if code:
            dues, _unknown = deadlines(
                facts.of_filing(row, row.account, code, reason, answers),
                enabled=settings.LAW_SWITCHED_ON,
            )
            found += [due.due_on for due in dues if due.key == "file_with_network" and due.due_on]
    return min(found, default=None)


def _closings(rows: list[CardTransaction]) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = {}
    statements = Statement.objects.filter(
        account__in={row.account_id for row in rows},
        closing_on__gte=min(row.posted_on for row in rows),
    ).order_by("closing_on")
    for account, closing, sent in statements.values_list(
        "account_id", "closing_on", "transmitted_on"
    ):
        found.setdefault(account, []).append((closing, sent))
    return found
