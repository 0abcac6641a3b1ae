"""Shapes that cases of every kind share. ``Out`` are read-only; ``In`` check shape alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Text
from accounts.api.shapes import Out
from tickets.api import cases
from tickets.models import Attachment, Message


class NextStepOut(Out):
    """Whose turn it is, what is wanted and by when."""

    who = serializers.ChoiceField(["you", "us", "merchant_bank", "nobody"])
    action = serializers.CharField()
    by = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class DateOut(Out):
    """A date that concerns the cardholder, its law, and how it was counted."""

    code = serializers.CharField()
    name = serializers.CharField()
    date = serializers.DateField()
    time_zone = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    days_left = serializers.IntegerField(help_text=_("Below zero when it has passed."))
    met = serializers.BooleanField()
    citation = serializers.CharField(allow_blank=True)
    why = serializers.ListField(child=serializers.CharField())
    severity = serializers.ChoiceField(["statutory", "self_regulatory", "terms"])
    accepted_until = serializers.DateField(
        allow_null=True, help_text=_("Later than date when your last day falls on a closed day.")
    )
    confirmed = serializers.BooleanField(
        help_text=_("False for a rule whose number nobody has confirmed yet.")
    )


# A field cannot be called by a word of the language.
DateOut._declared_fields["for"] = serializers.ChoiceField(["you", "us"])


class TurnOut(Out):
    """How long a party has had the move."""

    party = serializers.ChoiceField(["you", "us", "merchant_bank", "card_network"])
    seconds = serializers.IntegerField()


class CaseOut(Out):
    """What every case says, whatever its kind."""

    reference = serializers.CharField()
    kind = serializers.CharField()
    status = serializers.ChoiceField(cases.STATUSES)
    version = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    dates = DateOut(many=True)
    actions = serializers.ListField(child=serializers.CharField())


class MessageIn(serializers.Serializer[Any]):
    """A message from the cardholder."""

    body = Text(max_length=20_000)
    in_reply_to = Text(required=False, max_length=20)


class MessageOut(Out):
    """One message of the thread."""

    reference = serializers.CharField(source="ref")
    author = serializers.SerializerMethodField()
    body = serializers.CharField()
    masked = serializers.IntegerField(help_text=_("How many numbers were masked in it."))
    in_reply_to = serializers.CharField(source="in_reply_to.ref", default=None, allow_null=True)
    created_at = serializers.DateTimeField(source="at")

    def get_author(self, row: Message) -> str:
        return "you" if row.direction == Message.Direction.IN else "us"


class AttachmentOut(Out):
    """A file of the case, with what its bytes proved it to be."""

    reference = serializers.CharField(source="ref")
    name = serializers.CharField()
    media_type = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    purpose = serializers.CharField(allow_blank=True)
    author = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="at")

    def get_author(self, row: Attachment) -> str:
        return "you" if row.actor_kind == "cardholder" else "us"


class EventOut(Out):
    """One public event of the case."""

    number = serializers.IntegerField()
    code = serializers.CharField()
    text = serializers.CharField()
    who = serializers.ChoiceField(["you", "us", "merchant_bank"])
    at = serializers.DateTimeField()
    amount = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField(allow_blank=True)
