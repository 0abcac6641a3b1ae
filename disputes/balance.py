"""Prove that the ledger and the items say the same, case by case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Sum

from disputes.models import DisputeItem
from ledger import accounts as names
from ledger.models import Transfer
from tickets.models import Ticket

Sums = dict[str, dict[str, int]]
_BATCH = 1_000


def disagreements() -> Iterator[str]:
    """Yield a sentence for each case whose ledger and items differ, or that closed unbalanced.

    What must hold, in minor units: the cardholder has what the items say was credited, refunded
    by the merchant or refunded in charges; what is held is what the items say is lent; suspense
    holds what was recovered and borne less what was credited, and nothing once a case is closed.
    """
    for items in _batches():
        posted = _posted(list(items))
        for case, said in items.items():
            found = posted.get(case, {})
            for what, minor in _expected(said).items():
                if found.get(what, 0) != minor:
                    yield f"{case}: {what} is {found.get(what, 0)}, the items say {minor}"
            if said["closed"] and (said["open"] or said["lent"] or found.get(names.SUSPENSE)):
                yield f"{case}: closed with money under way"
    yield from _orphans()


def _expected(said: dict[str, int]) -> dict[str, int]:
    network = said["recovered"] - said["merchant"]
    return {
        "cardholder": said["credited"] + said["merchant"] + said["charges"],
        "held": said["lent"],
        names.NETWORK: -network,
        names.MERCHANT: -said["merchant"],
        names.SUSPENSE: network + said["written_off"] - said["credited"],
    }


def _batches() -> Iterator[Sums]:
    """The items' sums by case, some cases at a time, so that memory stays bounded."""
    after = 0
    while True:
        rows: list[Any] = list(
            DisputeItem.objects.filter(dispute_id__gt=after)
            .order_by("dispute_id")
            .values("dispute_id", case=F("dispute__ticket__reference"))
            .annotate(
                state=F("dispute__ticket__state"),
                recovered=Sum("recovered_minor"),
                written_off=Sum("written_off_minor"),
                merchant=Sum("merchant_minor"),
                credited=Sum("credited_minor"),
                charges=Sum("charges_minor"),
                lent=Sum("lent_minor"),
                open=Sum("open_minor"),
            )[:_BATCH]
        )
        if not rows:
            return
        after = rows[-1]["dispute_id"]
        yield {
            row["case"]: {
                **{name: row[name] for name in row if name not in {"case", "state"}},
                "closed": int(row["state"] == "closed"),
            }
            for row in rows
        }


def _posted(cases: list[str]) -> Sums:
    """What the ledger holds by case and account; held money apart from settled."""
    found: Sums = defaultdict(lambda: defaultdict(int))
    rows = Transfer.objects.filter(case__in=cases).exclude(state=Transfer.State.RELEASED)
    for row in rows.iterator():
        if row.state == Transfer.State.HELD:
            found[row.case]["held"] += row.minor
            continue
        for account, sign in ((row.debit, -1), (row.credit, 1)):
            found[row.case][account.partition(":")[0]] += sign * row.minor
    return found


def _orphans() -> Iterator[str]:
    known = DisputeItem.objects.values("dispute__ticket__reference")
    others = Ticket.objects.exclude(kind="dispute").values("reference")
    lost = Transfer.objects.exclude(case__in=known).exclude(case__in=others)
    for case in lost.values_list("case", flat=True).distinct():
        yield f"{case}: money was moved, but there is no such case"
