from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import services
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel.errors import Unfit

pytestmark = pytest.mark.django_db

CARDHOLDER = {"external_ref": "C-1", "name": "Zoë 😀 Müller", "jurisdiction": "us"}
ACCOUNT = {
    "external_ref": "A-1", "cardholder": "C-1", "token": "tok_1", "last_four": "0004",
    "network": "visa", "currency": "USD", "cycle_day": 5,
}  # fmt: skip
STATEMENT = {
    "external_ref": "S-1", "account": "A-1", "closing_on": "2026-03-05", "due_on": "2026-03-30",
    "transmitted_on": "2026-03-06", "balance_minor": 125050, "minimum_minor": 3500,
    "currency": "USD",
}  # fmt: skip
TRANSACTION = {
    "external_ref": "T-1", "account": "A-1", "posted_on": "2026-03-01", "amount_minor": 4999,
    "currency": "USD", "merchant_name": "BLUE PINE CAFE", "mcc": "5812", "country": "US",
    "statement": "S-1",
}  # fmt: skip
UPSERTS = {
    "cardholder": (services.upsert_cardholder, CARDHOLDER, Cardholder),
    "account": (services.upsert_account, ACCOUNT, CardAccount),
    "statement": (services.upsert_statement, STATEMENT, Statement),
    "transaction": (services.upsert_transaction, TRANSACTION, CardTransaction),
}


@pytest.fixture
def parents():
    """One of each but a transaction."""
    services.upsert_cardholder(**CARDHOLDER)
    services.upsert_account(**ACCOUNT)
    services.upsert_statement(**STATEMENT)


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
@pytest.mark.parametrize(
    ("kind", "change", "code", "field"),
    [
        ("cardholder", {"name": None}, "required", "name"),
        ("cardholder", {"external_ref": " "}, "required", "external_ref"),
        ("cardholder", {"name": "x" * 201}, "too_long", "name"),
        ("cardholder", {"name": "nul\0"}, "nul_refused", "name"),
        ("cardholder", {"name": "half \ud83d"}, "not_text", "name"),
        ("cardholder", {"name": 7}, "not_text", "name"),
        ("cardholder", {"language": "fr"}, "language_unknown", "language"),
        ("cardholder", {"time_zone": "Mars/Olympus"}, "time_zone_unknown", "time_zone"),
        ("cardholder", {"jurisdiction": "US"}, "jurisdiction_unfit", "jurisdiction"),
        ("cardholder", {"email": "nobody"}, "email_unfit", "email"),
        (
            "cardholder",
            {"preferred_channel": "pigeon"},
            "preferred_channel_unknown",
            "preferred_channel",
        ),
        ("cardholder", {"vulnerable": "perhaps"}, "flag_unfit", "vulnerable"),
        ("cardholder", {"shoe_size": 43}, "field_unknown", "shoe_size"),
        ("account", {"cardholder": "C-9"}, "cardholder_unknown", "cardholder"),
        ("account", {"last_four": "12"}, "last_four_unfit", "last_four"),
        ("account", {"last_four": "１２３４"}, "last_four_unfit", "last_four"),
        ("account", {"last_four": 1234}, "not_text", "last_four"),
        ("account", {"network": "diners"}, "network_unknown", "network"),
        ("account", {"currency": "usd"}, "currency_unknown", "currency"),
        ("account", {"currency": "ZZZ"}, "currency_unknown", "currency"),
        ("account", {"cycle_day": 32}, "cycle_day_unfit", "cycle_day"),
        ("account", {"cycle_day": 0}, "cycle_day_unfit", "cycle_day"),
        ("statement", {"account": "A-9"}, "account_unknown", "account"),
        ("statement", {"closing_on": "05.03.2026"}, "date_unfit", "closing_on"),
        ("statement", {"closing_on": "2026-02-30"}, "date_unfit", "closing_on"),
        ("statement", {"due_on": "2026-03-04"}, "dates_disordered", "due_on"),
        ("statement", {"transmitted_on": "2026-03-04"}, "dates_disordered", "transmitted_on"),
        ("statement", {"minimum_minor": -1}, "amount_unfit", "minimum_minor"),
        ("statement", {"balance_minor": 12.0}, "amount_unfit", "balance_minor"),
        ("statement", {"balance_minor": "12.50"}, "amount_unfit", "balance_minor"),
        ("statement", {"balance_minor": True}, "amount_unfit", "balance_minor"),
        ("statement", {"balance_minor": 10**14}, "amount_unfit", "balance_minor"),
        ("statement", {"currency": "EUR"}, "currency_mismatch", "currency"),
        ("transaction", {"account": "A-9"}, "account_unknown", "account"),
        ("transaction", {"statement": "S-9"}, "statement_unknown", "statement"),
        ("transaction", {"currency": "EUR"}, "currency_mismatch", "currency"),
        ("transaction", {"amount_minor": "4999,00"}, "amount_unfit", "amount_minor"),
        (
            "transaction",
            {"original_currency": "EUR"},
            "original_incomplete",
            "original_amount_minor",
        ),
        ("transaction", {"mcc": "581"}, "mcc_unfit", "mcc"),
        ("transaction", {"country": "USA"}, "country_unfit", "country"),
        ("transaction", {"posted_on": None}, "required", "posted_on"),
    ],
)  # fmt: skip
def test_what_is_unfit_is_refused_and_leaves_nothing_behind(kind, change, code, field):
    upsert, fields, model = UPSERTS[kind]
    before = list(model.objects.values())

    with pytest.raises(Unfit) as refused:
        upsert(**fields | change)

    assert (refused.value.code, refused.value.details) == (code, {"field": field})
    assert list(model.objects.values()) == before


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize(
    "written",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１１１１１１１１１１１１１",
        "4111\u200b1111\u200b1111\u200b1111",
        "card 4111.1111.1111.1111!",
    ],
)
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("cardholder", "external_ref"),
        ("cardholder", "name"),
        ("cardholder", "phone"),
        ("cardholder", "postal_address"),
        ("account", "token"),
        ("account", "last_four"),
        ("account", "product"),
        ("statement", "external_ref"),
        ("statement", "balance_minor"),
        ("transaction", "external_ref"),
        ("transaction", "network_reference"),
        ("transaction", "merchant_name"),
        ("transaction", "description"),
        ("transaction", "posted_on"),
    ],
)
def test_a_full_card_number_is_refused_without_being_repeated(kind, field, written):
    upsert, fields, model = UPSERTS[kind]
    before = list(model.objects.values())

    with pytest.raises(Unfit) as refused:
        upsert(**fields | {field: written})

    assert refused.value.code == "card_number_refused"
    assert refused.value.details == {"field": field}
    assert "1111" not in str(refused.value)
    assert list(model.objects.values()) == before


@pytest.mark.usefixtures("parents")
def test_a_card_number_as_a_number_or_as_a_field_is_refused():
    with pytest.raises(Unfit) as as_number:
        services.upsert_transaction(**TRANSACTION | {"amount_minor": 4111111111111111})
    with pytest.raises(Unfit) as as_field:
        services.upsert_transaction(**TRANSACTION, **{"4111111111111111": "x"})

    assert as_number.value.code == "card_number_refused"
    assert as_field.value.code == "field_unknown"
    assert "4111111111111111" not in f"{as_field.value} {as_field.value.details}"
    assert not CardTransaction.objects.exists()


@pytest.mark.usefixtures("parents")
@pytest.mark.parametrize(
    "reference", ["1000000000000008", "20260301000000018", "24692163306100000000001"]
)
def test_the_issuers_own_long_numbers_are_references(reference):
    row = services.upsert_transaction(**TRANSACTION | {"network_reference": reference}).row

    assert row.network_reference == reference


@pytest.mark.parametrize("phone", ["8613800138002", "+86 138 0013 8002", "(0)20 7946 0958"])
def test_telephone_numbers_are_no_card_numbers(phone):
    assert services.upsert_cardholder(**CARDHOLDER, phone=phone).row.phone == phone


def test_a_new_fact_must_be_whole():
    with pytest.raises(Unfit) as refused:
        services.upsert_cardholder(external_ref="C-1", name="Ann")

    assert (refused.value.code, refused.value.details) == ("required", {"field": "jurisdiction"})
    assert not Cardholder.objects.exists()


@pytest.mark.usefixtures("parents")
def test_a_whole_row_passes_the_models_own_validation():
    row = services.upsert_transaction(**TRANSACTION, transacted_on=date(2026, 2, 28)).row

    for each in (row, row.account, row.account.cardholder, row.statement):
        each.full_clean()
    assert row.original_amount is None
    assert str(row.statement.minimum) == "$35.00"
    assert row.account.cardholder.zone.key == "UTC"


def test_the_model_knows_time_zones():
    row = Cardholder(**CARDHOLDER, time_zone="Mars/Olympus")

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.error_dict) == ["time_zone"]


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
@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Cardholder, {"language": "fr"}),
        (Cardholder, {"jurisdiction": "US"}),
        (Cardholder, {"preferred_channel": "pigeon"}),
        (CardAccount, {"last_four": "123x"}),
        (CardAccount, {"last_four": "123\n"}),
        (CardAccount, {"network": "diners"}),
        (CardAccount, {"currency": "usd"}),
        (CardAccount, {"cycle_day": 32}),
        (Statement, {"due_on": date(2026, 3, 4)}),
        (Statement, {"transmitted_on": date(2026, 3, 4)}),
        (Statement, {"minimum_minor": -1}),
        (CardTransaction, {"original_currency": "EUR"}),
        (CardTransaction, {"mcc": "58a2"}),
        (CardTransaction, {"country": "us"}),
    ],
)
def test_the_database_refuses_it_too(model, change):
    services.upsert_transaction(**TRANSACTION)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


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
