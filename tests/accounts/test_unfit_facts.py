"""Facts that are refused: unfit fields, card numbers, and what the database refuses too."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import services
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from kernel.errors import Unfit
from tests.accounts.facts import CARDHOLDER, TRANSACTION, UPSERTS

pytestmark = pytest.mark.django_db


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


def test_the_model_knows_time_zones():
    row = Cardholder(**CARDHOLDER, time_zone="Mars/Olympus")

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.error_dict) == ["time_zone"]


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
