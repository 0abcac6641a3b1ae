"""The database itself refuses to change or lose a transfer; only a hold is answered, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kernel.money import Money
from ledger import services
from ledger.models import Transfer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


def transfer(write: Callable[..., Transfer] = services.post, **fields: Any) -> Transfer:
    return write(
        **{"key": "k", "case": "D-1", "debit": "suspense", "credit": "loss",
           "amount": Money(100, "USD"), "at": AT, **fields}
    )  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "column",
    ["minor = 101", "key = 'other'", "\"case\" = 'D-2'", "debit = 'merchant'",
     "credit = 'merchant'", "currency = 'EUR'", "at = '2020-01-01 00:00:00+00:00'", "id = 999999"],
)  # fmt: skip
@pytest.mark.parametrize("write", [services.post, services.hold])
def test_no_term_of_a_transfer_changes(write, column: str):
    transfer(write)

    with pytest.raises(IntegrityError, match="ledger_transfer is append-only"):
        run(f"UPDATE ledger_transfer SET {column}")

    assert Transfer.objects.get().minor == 100


def test_nor_through_the_orm():
    row = transfer()
    row.minor = 101

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Transfer.objects.update(minor=101)

    assert Transfer.objects.get().minor == 100


def test_an_answer_cannot_smuggle_another_amount_in():
    transfer(services.hold)

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            "UPDATE ledger_transfer SET state = 'released', minor = 1, "
            "answered_at = '2026-03-02 15:00:00+00:00'"
        )


@pytest.mark.parametrize("write", [services.post, services.hold])
def test_no_transfer_is_deleted(write):
    row = transfer(write)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Transfer.objects.all().delete()
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM ledger_transfer")

    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("answer", [services.settle, services.release])
@pytest.mark.parametrize("state", ["held", "settled", "released"])
def test_an_answer_is_never_taken_back(answer, state: str):
    transfer(services.hold)
    answered = answer("k", at=AT)

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"UPDATE ledger_transfer SET state = '{state}'")
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE ledger_transfer SET answered_at = NULL")

    assert Transfer.objects.get().state == answered.state


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_and_less_than_nothing_cannot_be_moved(minor: int):
    with pytest.raises(IntegrityError, match="transfer_above_zero"), transaction.atomic():
        transfer(amount=Money(minor, "USD"))

    assert Transfer.objects.count() == 0


def test_money_moves_between_two_accounts():
    with pytest.raises(IntegrityError, match="transfer_two_accounts"), transaction.atomic():
        transfer(credit="suspense")


@pytest.mark.parametrize(
    ("state", "answered_at"), [("held", AT), ("released", None), ("gone", None)]
)
def test_an_answer_and_its_instant_belong_together(state: str, answered_at: datetime | None):
    with pytest.raises(IntegrityError, match="transfer_answer_dated"), transaction.atomic():
        Transfer.objects.create(
            key="k", case="D-1", debit="a", credit="b", minor=1, currency="USD", state=state,
            at=AT, answered_at=answered_at,
        )  # fmt: skip


def test_a_key_is_used_once_even_without_the_service():
    transfer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            key="k", case="D-2", debit="a", credit="b", minor=1, currency="USD",
            state="settled", at=AT,
        )  # fmt: skip


INSERT = (
    'INTO ledger_transfer (key, "case", debit, credit, minor, currency, state, at)'
    " VALUES ('k', 'D-1', 'suspense', 'loss', 1, 'USD', 'settled', '2026-03-02 15:00:00+00:00')"
)
OVERWRITE = {
    "sqlite": [f"REPLACE {INSERT}", f"INSERT {INSERT} ON CONFLICT (key) DO UPDATE SET minor = 1"],
    "postgresql": [f"INSERT {INSERT} ON CONFLICT (key) DO UPDATE SET minor = 1"],
}


def test_an_insert_that_overwrites_is_refused_too():
    transfer()

    for statement in OVERWRITE[connection.vendor]:
        with pytest.raises(IntegrityError, match="append-only"):
            run(statement)

    assert Transfer.objects.get().minor == 100
