"""Facts come in: what they say is kept, once, and stays with whom it belongs to."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from accounts import services
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel.errors import Unfit
from tests.accounts.facts import ACCOUNT, CARDHOLDER, STATEMENT, TRANSACTION, UPSERTS

pytestmark = pytest.mark.django_db


def fields_of(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


@pytest.mark.usefixtures("parents")
def test_every_kind_keeps_what_it_was_given():
    row = services.upsert_transaction(
        **TRANSACTION, original_currency="EUR", original_amount_minor="4600"
    ).row

    row.refresh_from_db()
    assert row.amount_minor == 4999
    assert str(row.amount) == "$49.99"
    assert str(row.original_amount) == "€46.00"
    assert (row.posted_on, row.processing_on) == (date(2026, 3, 1), None)
    assert (row.mcc, row.country, row.description) == ("5812", "US", "")
    assert row.statement.external_ref == "S-1"
    assert row.account.cardholder.name == "Zoë 😀 Müller"
    assert row.account.cardholder.language == "en"
    assert row.account.cycle_day == 5
    assert str(row.statement.balance) == "$1,250.50"


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize("kind", UPSERTS)
def test_the_same_fact_twice_changes_nothing(kind):
    upsert, fields, model = UPSERTS[kind]
    upsert(**fields)
    before = fields_of(model.objects.get())

    again = upsert(**fields)

    assert again.change == "unchanged"
    assert fields_of(model.objects.get()) == before


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize(
    ("kind", "news"),
    [
        ("cardholder", {"email": "zoe@mail.example", "vulnerable": True}),
        ("account", {"product": "Gold", "opened_on": date(2020, 2, 29)}),
        ("statement", {"balance_minor": -100}),
        ("transaction", {"amount_minor": -4999}),
    ],
)
def test_news_changes_only_what_it_names(kind, news):
    upsert, fields, model = UPSERTS[kind]
    upsert(**fields)
    before = fields_of(model.objects.get())

    changed = upsert(**fields | news)

    assert changed.change == "changed"
    after = fields_of(model.objects.get())
    assert after["updated_at"] > before["updated_at"]
    assert after == before | news | {"updated_at": after["updated_at"]}


def test_a_first_upsert_says_created():
    assert services.upsert_cardholder(**CARDHOLDER).change == "created"


def test_a_field_that_is_left_out_stays_and_an_empty_one_goes():
    services.upsert_cardholder(**CARDHOLDER, phone="+1 212 555 0100", language="zh-hans")

    row = services.upsert_cardholder(external_ref="C-1", phone="").row

    row.refresh_from_db()
    assert (row.name, row.phone, row.language) == ("Zoë 😀 Müller", "", "zh-hans")


@pytest.mark.usefixtures("parents")
def test_a_whole_row_passes_the_models_own_validation():
    row = services.upsert_transaction(**TRANSACTION, transacted_on=date(2026, 2, 28)).row

    for each in (row, row.account, row.account.cardholder, row.statement):
        each.full_clean()
    assert row.original_amount is None
    assert str(row.statement.minimum) == "$35.00"
    assert row.account.cardholder.zone.key == "UTC"


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize(("flag", "vulnerable"), [("Yes", True), ("0", False), (True, True)])
def test_flags_are_read_as_people_write_them(flag, vulnerable):
    services.upsert_cardholder(external_ref="C-1", vulnerable=flag)

    assert Cardholder.objects.get().vulnerable is vulnerable


@pytest.mark.usefixtures("parents")
def test_a_fact_never_moves_to_another_person():
    services.upsert_cardholder(**CARDHOLDER | {"external_ref": "C-2"})
    services.upsert_account(
        **ACCOUNT | {"external_ref": "A-2", "cardholder": "C-2", "token": "tok_2"}
    )
    services.upsert_transaction(**TRANSACTION)

    with pytest.raises(Unfit, match="another account") as transaction_moved:
        services.upsert_transaction(**TRANSACTION | {"account": "A-2", "statement": None})
    with pytest.raises(Unfit, match="another cardholder") as account_moved:
        services.upsert_account(**ACCOUNT | {"cardholder": "C-2"})

    assert transaction_moved.value.code == account_moved.value.code == "belongs_elsewhere"
    assert CardTransaction.objects.get().account.external_ref == "A-1"
    assert CardAccount.objects.get(external_ref="A-1").cardholder.external_ref == "C-1"


@pytest.mark.usefixtures("parents")
def test_tokens_and_closing_days_belong_to_one_row():
    with pytest.raises(Unfit) as token:
        services.upsert_account(**ACCOUNT | {"external_ref": "A-2"})
    with pytest.raises(Unfit) as closing:
        services.upsert_statement(**STATEMENT | {"external_ref": "S-2"})

    assert token.value.code == "token_taken"
    assert closing.value.code == "closing_on_taken"
    assert (CardAccount.objects.count(), Statement.objects.count()) == (1, 1)


@pytest.mark.usefixtures("parents")
def test_two_accounts_may_number_their_statements_alike():
    services.upsert_account(**ACCOUNT | {"external_ref": "A-2", "token": "tok_2"})

    other = services.upsert_statement(**STATEMENT | {"account": "A-2", "balance_minor": 1})

    assert other.change == "created"
    assert Statement.objects.get(account__external_ref="A-1").balance_minor == 125050


def test_a_fact_that_appears_meanwhile_is_changed_instead(monkeypatch):
    once = services._upsert_once
    calls = []

    def late(kind, fields):
        calls.append(kind)
        if len(calls) == 1:
            once(kind, fields | {"name": "The other one"})
            raise IntegrityError
        return once(kind, fields)

    monkeypatch.setattr(services, "_upsert_once", late)

    outcome = services.upsert_cardholder(**CARDHOLDER)

    assert outcome.change == "changed"
    assert Cardholder.objects.get().name == "Zoë 😀 Müller"


@pytest.mark.usefixtures("parents")
def test_rows_are_named_without_personal_data():
    row = services.upsert_transaction(**TRANSACTION).row

    assert str(row) == "T-1"
    assert str(row.account) == "A-1 ••••0004"
    assert str(row.statement) == "S-1 (2026-03-05)"
    assert str(row.account.cardholder) == "C-1"


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize(
    ("_case", "change", "shown"),
    [
        ("the issuer's own link wins", {"statement": "S-1", "posted_on": "2026-03-20"}, "S-1"),
        ("posted on the closing day", {"statement": None, "posted_on": "2026-03-05"}, "S-1"),
        ("posted the day after", {"statement": None, "posted_on": "2026-03-06"}, "S-2"),
        ("not billed yet", {"statement": None, "posted_on": "2026-04-06"}, None),
    ],
)
def test_bill_showing(_case, change, shown):
    services.upsert_statement(
        **STATEMENT
        | {
            "external_ref": "S-2",
            "closing_on": "2026-04-05",
            "due_on": None,
            "transmitted_on": None,
        }
    )
    row = services.upsert_transaction(**TRANSACTION | change).row

    bill = services.bill_showing(row, services.bills(row.account))

    assert (bill and row.account.statements.get(pk=bill.pk).external_ref) == shown
