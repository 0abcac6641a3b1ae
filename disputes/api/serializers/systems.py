"""What the issuer's own systems send and ask."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.fields import Minor, Text
from accounts.api.shapes import Out
from law.acts import ACTS


class NewsIn(serializers.Serializer[Any]):
    """News from a card network. The path names the network and its event."""

    network = Text(max_length=10)
    event_id = Text(max_length=64)
    network_reference = Text(max_length=40)
    kind = Text(max_length=40)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    occurred_at = serializers.DateTimeField()
    amount = Minor(required=False, allow_null=True)
    currency = Text(required=False, allow_blank=True, max_length=3, default="")
    words = Text(required=False, allow_blank=True, max_length=2_000, default="")


class NewsOut(Out):
    """What became of the news."""

    change = serializers.ChoiceField(["created", "unchanged"])
    status = serializers.ChoiceField(["applied", "quarantined"])
    why = serializers.CharField(allow_blank=True)
    case = serializers.CharField(allow_blank=True)


class RestrictionOut(Out):
    """One thing that may not be done now, about an amount, with its law."""

    case = serializers.CharField()
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    transactions = serializers.ListField(child=serializers.CharField())
    code = serializers.CharField()
    name = serializers.CharField()
    words = serializers.CharField(allow_blank=True)
    forbids = serializers.ListField(child=serializers.ChoiceField(sorted(ACTS)))
    rule = serializers.CharField(allow_blank=True)
    citation = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class ActOut(Out):
    """Nothing on the account bars it now."""

    act = serializers.ChoiceField(sorted(ACTS))
    allowed = serializers.BooleanField()
    on = serializers.DateField()


class RestrictionsOut(Out):
    """All that stands against an account."""

    data = RestrictionOut(many=True)  # type: ignore[assignment]
