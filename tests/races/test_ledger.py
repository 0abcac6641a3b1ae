"""Money under many hands: a key is one transfer, a hold has one answer."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from kernel.money import Money
from ledger import services
from ledger.models import Transfer
from tests.races.together import EIGHT, together, told
from tests.tickets import cases
from tickets.models import Event

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
TERMS = {
    "key": "k", "case": "D-1", "debit": "suspense", "credit": "cardholder:1",
    "amount": Money(100, "USD"), "at": AT,
}  # fmt: skip


@pytest.mark.parametrize("write", [services.hold, services.post])
def test_one_key_eight_times_is_one_transfer(write):
    results = together(*(partial(write, **TERMS) for _hand in range(EIGHT)))

    assert {row.pk for row in results} == {Transfer.objects.get().pk}


@pytest.mark.parametrize("_again", range(4))
def test_a_hold_is_settled_or_released_never_both(_again):
    services.hold(**TERMS)

    results = together(*(
        partial(answer, "k", at=AT) for answer in [services.settle, services.release] * 4
    ))  # fmt: skip

    assert told(results) == {"done": 4, "hold_already_answered": 4}
    won = results[0] if not isinstance(results[0], Exception) else results[1]
    assert Transfer.objects.get().state == won.state


@pytest.mark.parametrize("table", ["ledger_transfer", "tickets_event"])
def test_history_cannot_be_truncated(table):
    services.post(**TERMS)
    cases.enquiry()

    with (
        pytest.raises(IntegrityError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")

    assert (Transfer.objects.count(), Event.objects.count()) == (1, 2)
