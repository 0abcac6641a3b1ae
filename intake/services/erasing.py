"""Erase raw mail: the bytes and what they said of a person go, that it came stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from intake import store
from intake.models import RawMessage

SETTLED = (RawMessage.State.TAKEN, RawMessage.State.REFUSED, RawMessage.State.DUPLICATE)


@transaction.atomic
def erase(row: RawMessage, *, at: datetime) -> bool:
    """Erase one mail for good; false when it still waits for somebody, or was erased.

    The bytes go when the row is committed: until then it says that they are there.
    """
    row = RawMessage.objects.select_for_update().get(pk=row.pk)
    if row.state not in SETTLED or row.erased_at is not None:
        return False
    name, row.stored_as = row.stored_as, ""
    row.header_id = row.sender = row.subject = row.because = ""
    row.erased_at = at
    row.save()
    if name:
        transaction.on_commit(lambda: store.drop(name))
    return True


def erase_before(limit: datetime, *, at: datetime) -> int:
    """Erase settled mail that was received before ``limit``. Returns how many."""
    rows = RawMessage.objects.filter(
        state__in=SETTLED, erased_at=None, received_at__lt=limit
    ).order_by("pk")
    return sum(erase(row, at=at) for row in rows.iterator(chunk_size=200))
