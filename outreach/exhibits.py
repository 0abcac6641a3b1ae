"""The grounds of a denial, each with its finding and its exhibit, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from disputes import reasons
from disputes.models import Dispute, Finding, Ground, NetworkEvent
from outreach.reader import Reader

Words = dict[str, Any]
Kind = Finding.Exhibit


def of(dispute: Dispute, grounds: Iterable[Ground], reader: Reader) -> Words:
    """The grounds in order, and the exhibits that they rest on, numbered as they are cited."""
    cited: dict[tuple[str, str], int] = {}
    told = []
    for ground in grounds:
        finding = ground.finding
        number = cited.setdefault((finding.exhibit_kind, finding.exhibit_ref), len(cited) + 1)
        told.append(
            {
                "item": ground.item.number,
                "code": ground.code,
                "reason": reasons.DENIAL_REASONS[ground.code].label(reader.language),
                "finding": finding.number,
                "statement": finding.statement.rstrip("."),
                "exhibit": number,
            }
        )
    shown = _shown(dispute, cited, reader)
    return {
        "grounds": told,
        "exhibits": [
            {"number": number, "kind": kind, "ref": ref, **shown.get((kind, ref), {})}
            for (kind, ref), number in cited.items()
        ],
    }


def _shown(
    dispute: Dispute, cited: Iterable[tuple[str, str]], reader: Reader
) -> dict[tuple[str, str], Words]:
    """Describe each cited exhibit: one query for each kind that is cited."""
    found: dict[tuple[str, str], Words] = {}
    for kind, look in _LOOK.items():
        refs = [ref for one, ref in cited if one == kind]
        if refs:
            found |= {(kind, ref): words for ref, words in look(dispute, refs, reader)}
    return found


Found = Iterable[tuple[str, Words]]


def _messages(dispute: Dispute, refs: list[str], reader: Reader) -> Found:
    for row in dispute.ticket.messages.filter(ref__in=refs):
        yield row.ref, {"on": reader.day(row.at)}


def _attachments(dispute: Dispute, refs: list[str], reader: Reader) -> Found:
    for row in dispute.ticket.attachments.filter(ref__in=refs):
        yield row.ref, {"title": row.name, "on": reader.day(row.at)}


def _transactions(dispute: Dispute, refs: list[str], reader: Reader) -> Found:
    items = dispute.items.filter(transaction__external_ref__in=refs)
    for row in items.select_related("transaction"):
        charge = row.transaction
        yield (
            charge.external_ref,
            {
                "title": charge.merchant_name or charge.description,
                "on": reader.day(charge.transacted_on or charge.posted_on),
                "amount": reader.money(charge.amount_minor, charge.currency),
            },
        )


def _network_events(dispute: Dispute, refs: list[str], reader: Reader) -> Found:
    for row in NetworkEvent.objects.filter(leg__ticket=dispute.ticket, event_id__in=refs):
        yield row.event_id, {"title": row.network.title(), "on": reader.day(row.occurred_at)}


_LOOK: dict[str, Callable[[Dispute, list[str], Reader], Found]] = {
    Kind.MESSAGE: _messages,
    Kind.ATTACHMENT: _attachments,
    Kind.TRANSACTION: _transactions,
    Kind.NETWORK_EVENT: _network_events,
}
