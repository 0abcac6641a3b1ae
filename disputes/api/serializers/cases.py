"""Disputes and drafts: what is sent, what is shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Minor, Text
from accounts.api.shapes import Out
from disputes.services import Claimed
from tickets.api.serializers import CaseOut, NextStepOut, TurnOut

STORY_LIMIT = 5_000


class ItemIn(serializers.Serializer[Any]):
    """One transaction and how much of it is disputed, in minor units of its currency."""

    transaction = Text(max_length=200)
    amount = Minor()
    currency = Text(min_length=3, max_length=3)


class DisputeIn(serializers.Serializer[Any]):
    """What a cardholder sends. Shape only: rules live in the service."""

    reason = Text(max_length=40)
    # A list's own limit, which the stubs do not know.
    items = ItemIn(many=True, required=False, max_length=100)  # type: ignore[call-arg]
    account = Text(
        required=False, max_length=64, allow_blank=True,
        help_text=_("Only where no transaction is disputed: a statement that never came."),
    )  # fmt: skip
    answers = serializers.DictField(required=False, child=serializers.JSONField(allow_null=True))
    story = Text(required=False, max_length=STORY_LIMIT, allow_blank=True)


class DraftIn(DisputeIn):
    """What a cardholder has filled in so far; anything may be missing."""

    reason = Text(required=False, max_length=40)


def claims(rows: Any) -> list[Claimed]:
    """The items as the service takes them."""
    return [Claimed(row["transaction"], row["amount"], row["currency"]) for row in rows]


class GapItemOut(Out):
    """One answer or document that a claim like this needs."""

    kind = serializers.ChoiceField(["answer", "document"])
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    status = serializers.ChoiceField(["given", "missing", "helpful"])
    needed_for = serializers.ChoiceField(["submission", "filing", "decision"])
    by = serializers.DateField(allow_null=True)
    why = serializers.CharField()
    one_of = serializers.ListField(child=serializers.CharField())


class EvidenceOut(Out):
    """What is given, what is missing, why it matters and by when it helps."""

    complete = serializers.BooleanField()
    items = GapItemOut(many=True)


class MoneyOut(Out):
    """Where the disputed amount stands, in minor units of ``currency``."""

    currency = serializers.CharField()
    disputed = serializers.IntegerField()
    provisional = serializers.IntegerField(help_text=_("Lent while we look."))
    final = serializers.IntegerField(help_text=_("Credited for good."))
    merchant_refunded = serializers.IntegerField()
    charges_refunded = serializers.IntegerField(help_text=_("Fees and interest given back."))
    denied = serializers.IntegerField()
    charged_back_to_you = serializers.IntegerField(help_text=_("Lent, and taken back again."))
    may_be_taken_back = serializers.BooleanField()


class HoldOut(Out):
    """Whether the disputed part must be paid meanwhile."""

    on = serializers.BooleanField()
    text = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class DisputeItemOut(Out):
    """One disputed transaction."""

    number = serializers.IntegerField()
    transaction = serializers.CharField()
    merchant_name = serializers.CharField(allow_blank=True)
    posted_on = serializers.DateField()
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    provisional = serializers.IntegerField()
    final = serializers.IntegerField()
    denied = serializers.IntegerField()
    outcome = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    credit = serializers.CharField()
    credit_label = serializers.CharField()
    taken_back_on = serializers.DateField(allow_null=True)


class DisputeLineOut(CaseOut):
    """A dispute as a list shows it.

    A case of another kind has the fields of every case and those of its own list: a complaint,
    those of ComplaintLine.
    """

    reason = serializers.CharField(required=False)
    reason_label = serializers.CharField(required=False)
    round = serializers.IntegerField(required=False)
    late = serializers.BooleanField(required=False)
    outcome = serializers.CharField(required=False, allow_blank=True)
    money = MoneyOut(required=False)
    hold = HoldOut(required=False)
    items = DisputeItemOut(required=False, many=True)
    next_step = NextStepOut(required=False)


class DisputeOut(DisputeLineOut):
    """A dispute in full."""

    answers = serializers.DictField(required=False)
    evidence = EvidenceOut(required=False)
    turns = TurnOut(many=True)


class DraftOut(Out):
    """A dispute that is being written."""

    reference = serializers.CharField()
    status = serializers.ChoiceField(["draft"])
    version = serializers.IntegerField()
    reason = serializers.CharField(allow_null=True)
    items = ItemIn(many=True)
    account = serializers.CharField(allow_blank=True)
    answers = serializers.DictField()
    story = serializers.CharField(allow_blank=True)
    evidence = EvidenceOut(allow_null=True)
    can_submit_until = serializers.DateField(
        allow_null=True, help_text=_("The law's last day for a notice. A later one is taken too.")
    )
    next_step = NextStepOut()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
