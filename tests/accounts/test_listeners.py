"""Rooms above hear of new facts once a batch, and only of what has changed."""

from datetime import date

import pytest

from accounts import listeners, services
from accounts.imports import import_rows
from accounts.sources.rows import Row
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(listeners, "_LISTENERS", {})
    found = []
    listeners.listen("statement", lambda rows: found.append([row.external_ref for row in rows]))
    return found


def statement(account, ref, closing_on, **fields):
    return {"account": account.external_ref, "external_ref": ref, "closing_on": closing_on,
            "balance_minor": 100, "currency": account.currency, **fields}  # fmt: skip


def test_a_batch_is_told_once_with_what_is_new_or_changed(heard):
    account = make.account()
    rows = [
        Row("line 1", "statement", statement(account, "s1", date(2026, 3, 5))),
        Row("line 2", "statement", statement(account, "s2", date(2026, 4, 5))),
    ]

    import_rows(rows)
    services.upsert_statement(**statement(account, "s1", date(2026, 3, 5), balance_minor=200))
    services.upsert_statement(**statement(account, "s1", date(2026, 3, 5), balance_minor=200))

    assert heard == [["s1", "s2"], ["s1"]]


def test_a_listener_is_called_once_however_often_it_registers(heard):
    listener = heard.append
    listeners.listen("account", listener)
    listeners.listen("account", listener)

    listeners.tell("account", ["a row"])

    assert heard == [["a row"]]
