"""Shapes of complaints. ``Out`` are read-only; ``In`` check shape alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Text
from accounts.api.shapes import Out
from tickets.api.serializers import CaseOut, NextStepOut, TurnOut

STORY_LIMIT = 20_000


class ComplaintIn(serializers.Serializer[Any]):
    """A complaint. Words of your own are enough; everything else may be left out."""

    story = Text(max_length=STORY_LIMIT)
    category = Text(required=False, max_length=40)
    account = Text(required=False, max_length=64)
    joins = Text(required=False, max_length=20, help_text=_("The case whose matter this is again."))


class CategoryOut(Out):
    """What a complaint may be about."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class CategoriesOut(Out):
    """The list of categories."""

    data = CategoryOut(many=True)  # type: ignore[assignment]


class MadeGoodOut(Out):
    """The money of the answers that have left: yes or no, how much, by which day."""

    refunded = serializers.BooleanField()
    amount = serializers.IntegerField()
    currency = serializers.CharField(allow_blank=True)
    by = serializers.DateField(allow_null=True)


class ComplaintLineOut(CaseOut):
    """A complaint as a list shows it."""

    category = serializers.CharField(allow_blank=True)
    category_label = serializers.CharField(allow_blank=True)
    round = serializers.IntegerField()
    outcome = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    redress = MadeGoodOut(allow_null=True)
    next_step = NextStepOut()


class ComplaintOut(ComplaintLineOut):
    """A complaint in full."""

    turns = TurnOut(many=True)


class WordsIn(serializers.Serializer[Any]):
    """What is wrong with the answer, or what is new."""

    because = Text(max_length=STORY_LIMIT)


class PointOut(Out):
    """One thing complained of, and what was decided about it."""

    words = serializers.CharField()
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()


class MadeGoodLineOut(Out):
    """One thing by which it is made good."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    amount = serializers.IntegerField()
    currency = serializers.CharField(allow_blank=True)


class WayOnOut(Out):
    """What the complainant may still do."""

    code = serializers.CharField()
    text = serializers.CharField()
    by = serializers.DateField(allow_null=True)


class AnswerOut(Out):
    """The answer as its letter told it."""

    round = serializers.IntegerField()
    kind = serializers.ChoiceField(["answer", "summary", "review"])
    at = serializers.DateTimeField()
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    found = serializers.CharField()
    basis = serializers.CharField()
    points = PointOut(many=True)
    refunded = serializers.BooleanField()
    amount = serializers.IntegerField()
    currency = serializers.CharField(allow_blank=True)
    by = serializers.DateField(allow_null=True)
    redress = MadeGoodLineOut(many=True)
    you_may_still = WayOnOut(many=True)
