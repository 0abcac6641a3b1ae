"""News from the card networks: applied at most once, in whatever order it arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import redaction
from disputes.models import Chargeback, NetworkEvent
from disputes.services import recovery
from disputes.services.sending import locked
from kernel.actors import Actor
from kernel.errors import Refusal, Unfit

_Apply = Callable[..., Chargeback]

# What the networks can say, in our words; an adapter of each network translates into these.
KINDS: dict[str, _Apply] = {
    "rejected": recovery.record_rejection,
    "represented": recovery.record_representment,
    "pre_arbitration": recovery.record_pre_arbitration,
    "pre_arbitration_declined": recovery.answer_pre_arbitration,
    "arbitration": recovery.record_arbitration,
    "won": recovery.record_win,
    "lost": recovery.record_loss,
    "recall_accepted": recovery.record_withdrawal,
    "recall_refused": recovery.record_refusal,
}
_DATED = {"represented", "pre_arbitration", "pre_arbitration_declined", "arbitration"}


@dataclass(frozen=True)
class News:
    """One piece of news. ``version`` counts the network's own steps of that chargeback up."""

    network: str
    event_id: str
    network_reference: str
    kind: str
    version: int
    occurred_at: datetime
    amount_minor: int | None = None
    currency: str = ""
    words: str = ""


@transaction.atomic
def receive(news: News, *, actor: Actor, at: datetime) -> NetworkEvent:
    """Keep the news and apply it once; what cannot be applied is quarantined, never guessed.

    The same event id with the same content returns the first row.

    Raises:
        Unfit: the event id was used for something else.
    """
    leg = _leg(news)
    if leg is not None:
        # Deliveries of one event queue here, and the second finds what the first has done.
        locked(leg)
    known = NetworkEvent.objects.filter(network=news.network, event_id=news.event_id).first()
    if known is not None:
        return _same(known, news)
    row = NetworkEvent(
        network=news.network,
        event_id=news.event_id,
        network_reference=news.network_reference,
        leg=leg,
        kind=news.kind,
        version=news.version,
        amount_minor=news.amount_minor,
        currency=news.currency,
        occurred_at=news.occurred_at,
        received_at=at,
        words=redaction.redact(news.words).text[:300],
    )
    row.why = _apply(row, leg, actor=actor, at=at)
    row.status = NetworkEvent.Status.QUARANTINED if row.why else NetworkEvent.Status.APPLIED
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if leg is not None:
            raise
        # News of nobody has no claim to queue at: somebody kept the same in this instant.
        return _same(NetworkEvent.objects.get(network=news.network, event_id=news.event_id), news)
    return row


def _leg(news: News) -> Chargeback | None:
    if not news.network_reference:
        return None
    return Chargeback.objects.filter(
        network=news.network, network_reference=news.network_reference
    ).first()


def _same(known: NetworkEvent, news: News) -> NetworkEvent:
    same = (
        known.network_reference == news.network_reference
        and known.kind == news.kind
        and known.version == news.version
        and known.amount_minor == news.amount_minor
    )
    if not same:
        raise Unfit("event_id_reused", _("This event id was used for other news."))
    return known


def _apply(row: NetworkEvent, leg: Chargeback | None, *, actor: Actor, at: datetime) -> str:
    """Apply one event; return why not, or empty."""
    if row.kind not in KINDS:
        return f"unknown kind {row.kind!r}"
    if leg is None:
        return "no such chargeback"
    leg = Chargeback.objects.get(pk=leg.pk)
    if row.version <= leg.network_version:
        return f"older than version {leg.network_version}, which is known"
    if row.currency and row.currency != leg.currency:
        return f"in {row.currency}, the chargeback is in {leg.currency}"
    try:
        with transaction.atomic():
            leg = KINDS[row.kind](leg, actor=actor, at=at, **_inputs(row))
            Chargeback.objects.filter(pk=leg.pk).update(network_version=row.version)
    except Refusal as refusal:
        return f"{refusal.code}: {refusal.sentence}"[:300]
    return ""


def _inputs(row: NetworkEvent) -> dict[str, Any]:
    if row.kind in _DATED:
        return {"on": row.occurred_at.date()}
    if row.kind == "rejected":
        return {"words": row.words}
    if row.kind == "won":
        return {"minor": row.amount_minor}
    return {}
