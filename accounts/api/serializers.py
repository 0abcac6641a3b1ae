"""Facts as the issuer's systems send them. These name the fields; ``accounts.facts`` reads them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import CardAccount, Cardholder


class CardholderFactIn(serializers.Serializer[Any]):
    """A person. A field that is left out stays as it is; a new row needs those without default."""

    name = serializers.CharField(required=False, max_length=200)
    language = serializers.ChoiceField(Cardholder.Language.choices, required=False)
    time_zone = serializers.CharField(required=False, max_length=64)
    jurisdiction = serializers.RegexField(r"^[a-z]{2}$", required=False)
    region = serializers.CharField(required=False, allow_blank=True, max_length=7)
    email = serializers.EmailField(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=40)
    postal_address = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    preferred_channel = serializers.ChoiceField(Cardholder.Channel.choices, required=False)
    vulnerable = serializers.BooleanField(required=False)


class AccountFactIn(serializers.Serializer[Any]):
    """A card account: a token and the last four digits, never the number."""

    cardholder = serializers.CharField(max_length=64)
    token = serializers.CharField(required=False, max_length=64)
    last_four = serializers.RegexField(r"^[0-9]{4}$", required=False)
    kind = serializers.ChoiceField(CardAccount.Kind.choices, required=False)
    network = serializers.ChoiceField(CardAccount.Network.choices, required=False)
    currency = serializers.CharField(required=False, min_length=3, max_length=3)
    product = serializers.CharField(required=False, allow_blank=True, max_length=100)
    cycle_day = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=31)
    opened_on = serializers.DateField(required=False, allow_null=True)


class StatementFactIn(serializers.Serializer[Any]):
    """A statement. Amounts are minor units of the account's currency."""

    closing_on = serializers.DateField(required=False)
    transmitted_on = serializers.DateField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    balance_minor = serializers.IntegerField(required=False)
    minimum_minor = serializers.IntegerField(required=False)
    currency = serializers.CharField(required=False, min_length=3, max_length=3)


class TransactionFactIn(serializers.Serializer[Any]):
    """A transaction: above zero a charge, below zero a credit, in minor units."""

    account = serializers.CharField(max_length=64)
    statement = serializers.CharField(required=False, allow_null=True, max_length=64)
    network_reference = serializers.CharField(required=False, allow_blank=True, max_length=64)
    posted_on = serializers.DateField(required=False)
    processing_on = serializers.DateField(required=False, allow_null=True)
    transacted_on = serializers.DateField(required=False, allow_null=True)
    amount_minor = serializers.IntegerField(required=False)
    currency = serializers.CharField(required=False, min_length=3, max_length=3)
    original_amount_minor = serializers.IntegerField(required=False, allow_null=True)
    original_currency = serializers.CharField(required=False, allow_blank=True)
    merchant_name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    mcc = serializers.RegexField(r"^([0-9]{4})?$", required=False, allow_blank=True)
    country = serializers.RegexField(r"^([A-Z]{2})?$", required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True, max_length=500)


class ChangeOut(serializers.Serializer[Any]):
    """What the upsert did."""

    change = serializers.ChoiceField(["created", "changed", "unchanged"], read_only=True)
