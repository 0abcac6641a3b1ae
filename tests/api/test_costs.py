"""What one request costs the database, with exact numbers, beyond whose token it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes.models import DisputeItem
from tests import make
from tests.api.conftest import claim
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db

URL = "/api/v1/disputes"
AUTH = 1


def statements(call: Any) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        answer = call()
    assert answer.status_code in {200, 201, 202}, answer.content
    return [row["sql"] for row in seen.captured_queries][AUTH:]


@pytest.mark.parametrize("on_statement", [True, False])
def test_filing_is_one_transaction_of_few_statements(me, charge, on_statement):
    if on_statement:
        charge.statement = make.statement(charge.account, charge.posted_on)
        charge.save()

    found = statements(lambda: me.post(URL, claim(charge)))

    # In a test the outermost transaction is a savepoint; there is none inside.
    assert found[0].startswith("SAVEPOINT")
    assert found[-1] == found[0].replace("SAVEPOINT", "RELEASE SAVEPOINT")
    # PostgreSQL takes an advisory lock on the key first; SQLite has one writer anyway.
    assert len(found[1:-1]) == 12 + (connection.vendor == "postgresql")


def many(like: Any, count: int) -> None:
    """Copy a case row by row: a thousand walks would take minutes."""
    ticket, item = like.ticket, like.items.get()
    dates = list(ticket.deadlines.all())
    for number in range(count):
        at = ticket.received_at - timedelta(minutes=number + 1)
        copy = Ticket.objects.get(pk=ticket.pk)
        copy.pk, copy.reference, copy.received_at = None, f"D-{number:05d}-00000-0", at
        copy.save(force_insert=True)
        twin = type(like).objects.get(pk=like.pk)
        twin.pk, twin.ticket = None, copy
        twin.save(force_insert=True)
        row = DisputeItem.objects.get(pk=item.pk)
        row.pk, row.dispute, row.live = None, twin, False
        row.save(force_insert=True)
        for date in dates:
            date.pk, date.ticket = None, copy
        Deadline.objects.bulk_create(dates)


@pytest.mark.parametrize("count", [10, 1000])
def test_list_and_case_cost_the_same_with_ten_and_with_a_thousand(me, holder, count):
    first = make.dispute("investigating", holder=holder)
    many(first, count - 1)

    whole = statements(lambda: me.get(f"{URL}/{first.ticket.reference}"))
    page = statements(lambda: me.get(f"{URL}?limit=100"))
    kinds = statements(lambda: me.get("/api/v1/cases?limit=100"))

    assert Ticket.objects.count() == count
    assert (len(whole), len(page), len(kinds)) == (5, 3, 3)


def test_credit_that_was_taken_back_costs_one_query_more(me, holder):
    row = make.dispute("investigating", holder=holder)
    item = row.items.get()
    item.credit = "reversed"
    item.save()

    assert len(statements(lambda: me.get(URL))) == 4
    assert len(statements(lambda: me.get(f"{URL}/{row.ticket.reference}"))) == 6


def test_transactions_cost_the_same_for_one_and_for_forty(me, holder):
    account = make.account(holder)
    for number in range(40):
        make.transaction(account, posted_on=timezone.now().date() - timedelta(days=number))

    assert len(statements(lambda: me.get("/api/v1/transactions?limit=1"))) == 3
    assert len(statements(lambda: me.get("/api/v1/transactions"))) == 3


def test_drafts_cost_the_same_for_one_and_for_many(me, holder):
    account = make.account(holder)
    for _number in range(8):
        me.post(f"{URL}/drafts", claim(make.transaction(account)))

    assert len(statements(lambda: me.get(f"{URL}/drafts?limit=1"))) == 3
    assert len(statements(lambda: me.get(f"{URL}/drafts"))) == 3
