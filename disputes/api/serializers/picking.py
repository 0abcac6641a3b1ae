"""What a cardholder picks from: transactions, statements, reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.shapes import Out


class CanDisputeOut(Out):
    """Whether a transaction can be disputed. A late notice is taken, and marked as late."""

    allowed = serializers.BooleanField()
    most = serializers.IntegerField(help_text=_("The most that can be disputed, in minor units."))
    until = serializers.DateField(allow_null=True, help_text=_("The law's last day for a notice."))
    late = serializers.BooleanField()
    why_not = serializers.CharField(allow_null=True)
    why_not_code = serializers.CharField(allow_null=True)
    case = serializers.CharField(allow_null=True, help_text=_("The case that has it already."))


class TransactionOut(Out):
    """A posted charge (above zero) or credit (below zero)."""

    reference = serializers.CharField()
    account = serializers.CharField()
    card_last_four = serializers.CharField()
    statement = serializers.CharField(allow_null=True)
    posted_on = serializers.DateField()
    transacted_on = serializers.DateField(allow_null=True)
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    original_amount = serializers.IntegerField(allow_null=True)
    original_currency = serializers.CharField(allow_blank=True)
    merchant_name = serializers.CharField(allow_blank=True)
    mcc = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    can_dispute = CanDisputeOut()


class StatementOut(Out):
    """A bill. Amounts are minor units; a balance below zero is owed to the cardholder."""

    reference = serializers.CharField(source="external_ref")
    account = serializers.CharField(source="account.external_ref")
    closing_on = serializers.DateField()
    transmitted_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    balance = serializers.IntegerField(source="balance_minor")
    minimum = serializers.IntegerField(source="minimum_minor")
    currency = serializers.CharField()


class ChoiceOut(Out):
    """One choice of a question."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class QuestionOut(Out):
    """A question that a reason asks. ``when`` names earlier answers that make it apply."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.ChoiceField(["enum", "date", "bool", "text", "money", "posting", "postings"])
    choices = ChoiceOut(many=True)
    needed_for = serializers.ChoiceField(["submission", "filing", "decision"])
    when = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class EvidenceKindOut(Out):
    """A kind of document."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    why = serializers.CharField(allow_blank=True)


class ReasonOut(Out):
    """A reason to dispute: what it asks for, in the reader's language."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    family = serializers.CharField()
    family_label = serializers.CharField()
    needs_transaction = serializers.BooleanField()
    questions = QuestionOut(many=True)
    evidence_needed = serializers.ListField(
        child=EvidenceKindOut(many=True), help_text=_("One document of each group is enough.")
    )
    evidence_helpful = EvidenceKindOut(many=True)


class ReasonsOut(Out):
    """The table of reasons, and of causes to withdraw."""

    data = ReasonOut(many=True)  # type: ignore[assignment]
    withdrawal_causes = ChoiceOut(many=True)
