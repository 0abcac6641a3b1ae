"""Keep a mail before anything is read in it: from here on it cannot be lost."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import redaction
from intake import mime, store
from intake.models import RawMessage
from kernel import references


def keep(content: bytes, *, door: str, received_at: datetime, at: datetime) -> RawMessage:
    """Store a delivery and return its row, committed; the same mail again is a duplicate of it.

    ``received_at`` is when our mail server had it; what the mail says of its own age counts for
    nothing. Never inside a transaction: who called may tell the mail server that we have it.

    Raises:
        OSError, DatabaseError: it is not kept; let the mail server keep it and come again.
    """
    row = _row(content, door=door, received_at=min(received_at, at), at=at)
    known = _known(row)
    if known is None:
        row.stored_as = store.put(content)
        try:
            with transaction.atomic(durable=True):
                row.save(force_insert=True)
        except IntegrityError:
            # Another fetcher was quicker with the same mail.
            known = _known(row)
            if known is None:
                raise
        else:
            return row
        store.drop(row.stored_as)
    return _duplicate(row, known, at)


def _row(content: bytes, *, door: str, received_at: datetime, at: datetime) -> RawMessage:
    message_id, sender = mime.identity(content)
    whole = b"\n".join(content.splitlines())
    body = whole.partition(b"\n\n")[2]
    named = f"{message_id}\n{sender}\n".encode() + hashlib.sha256(body).digest()
    return RawMessage(
        ref=references.new("R"),
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        door=door,
        received_at=received_at,
        kept_at=at,
        header_id=redaction.mask(message_id)[:250],
        sender=redaction.mask(sender)[:254],
        twin=hashlib.sha256(named).hexdigest() if message_id and sender else "",
    )


def _known(row: RawMessage) -> RawMessage | None:
    same = Q(sha256=row.sha256) | (Q(twin=row.twin) & ~Q(twin=""))
    return (
        RawMessage.objects.exclude(state=RawMessage.State.DUPLICATE)
        .filter(same)
        .order_by("pk")
        .first()
    )


def _duplicate(row: RawMessage, known: RawMessage, at: datetime) -> RawMessage:
    """Count it, and keep no second copy."""
    row.stored_as, row.state, row.same_as = "", RawMessage.State.DUPLICATE, known
    row.settled_at = at
    with transaction.atomic(durable=True):
        row.save(force_insert=True)
    return row
