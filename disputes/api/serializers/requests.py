"""What a cardholder asks for about a claim, and the answer to the claim itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Text
from accounts.api.shapes import Out
from disputes import reasons
from disputes.api.serializers.cases import STORY_LIMIT


class WithdrawalIn(serializers.Serializer[Any]):
    """Why the cardholder asks no more."""

    cause = serializers.ChoiceField(list(reasons.WITHDRAWAL_CAUSES))


class EffectsOut(Out):
    """What withdrawing does to money."""

    provisional_taken_back = serializers.IntegerField()
    currency = serializers.CharField()
    text = serializers.CharField()


class WithdrawalOut(Out):
    """A withdrawal that does not count yet."""

    status = serializers.ChoiceField(["cooling_off"])
    cause = serializers.CharField()
    cause_label = serializers.CharField()
    final_at = serializers.DateTimeField()
    effects = EffectsOut()
    undo = serializers.CharField(help_text=_("DELETE this path to go on after all."))


class ReopenIn(serializers.Serializer[Any]):
    """What is new, or why the answer is wrong."""

    what_is_new = Text(max_length=STORY_LIMIT)


class ReopenOut(Out):
    """A claim that is looked at again."""

    status = serializers.ChoiceField(["accepted"])
    round = serializers.IntegerField()
    text = serializers.CharField()


class ExhibitOut(Out):
    """What shows a finding."""

    kind = serializers.ChoiceField(["message", "attachment", "transaction", "network_event"])
    reference = serializers.CharField()
    path = serializers.CharField(allow_null=True, help_text=_("Where to get it."))


class FindingOut(Out):
    """One thing that the investigation established."""

    number = serializers.IntegerField()
    statement = serializers.CharField()
    exhibit = ExhibitOut()


class GroundOut(Out):
    """One reason of a denial, and the finding that it rests on."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    finding = FindingOut()


class DecidedItemOut(Out):
    """What was decided of one transaction, in minor units."""

    number = serializers.IntegerField()
    transaction = serializers.CharField()
    currency = serializers.CharField()
    disputed = serializers.IntegerField()
    granted = serializers.IntegerField()
    denied = serializers.IntegerField()
    charges_refunded = serializers.IntegerField()
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    taken_back_on = serializers.DateField(allow_null=True)
    grounds = GroundOut(many=True)


class RemedyOut(Out):
    """Something that the cardholder may still do."""

    code = serializers.ChoiceField(["reopen", "ask_documents", "complain", "pay"])
    text = serializers.CharField()
    by = serializers.DateField(allow_null=True)


class DecisionOut(Out):
    """The answer: the law's question first, then each transaction."""

    round = serializers.IntegerField()
    at = serializers.DateTimeField()
    basis = serializers.CharField()
    basis_label = serializers.CharField()
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    items = DecidedItemOut(many=True)
    you_may_still = RemedyOut(many=True)
