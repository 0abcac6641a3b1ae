"""Shapes of disputes. ``Out`` are read-only; ``In`` check shape alone, rules are the services'."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.api.fields import Minor, Text
from disputes import reasons
from disputes.services import Claimed
from tickets.api.serializers import CaseOut, NextStepOut, Out, TurnOut

STORY_LIMIT = 5_000


class ItemIn(serializers.Serializer[Any]):
    """One transaction and how much of it is disputed, in minor units of its currency."""

    transaction = Text(max_length=200)
    amount = Minor()
    currency = Text(min_length=3, max_length=3)


class DisputeIn(serializers.Serializer[Any]):
    """What a cardholder sends. Shape only: rules live in the service."""

    reason = Text(max_length=40)
    items = ItemIn(many=True, required=False, max_length=100)
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
    label = serializers.CharField()
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
    """A dispute as a list shows it. A case of another kind has the fields of every case only."""

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
    label = serializers.CharField()
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
    label = serializers.CharField()


class QuestionOut(Out):
    """A question that a reason asks. ``when`` names earlier answers that make it apply."""

    code = serializers.CharField()
    label = serializers.CharField()
    type = serializers.ChoiceField(["enum", "date", "bool", "text", "money", "posting", "postings"])
    choices = ChoiceOut(many=True)
    needed_for = serializers.ChoiceField(["submission", "filing", "decision"])
    when = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class EvidenceKindOut(Out):
    """A kind of document."""

    code = serializers.CharField()
    label = serializers.CharField()
    why = serializers.CharField(allow_blank=True)


class ReasonOut(Out):
    """A reason to dispute: what it asks for, in the reader's language."""

    code = serializers.CharField()
    label = serializers.CharField()
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

    data = ReasonOut(many=True)
    withdrawal_causes = ChoiceOut(many=True)


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
    rule = serializers.CharField(allow_blank=True)
    citation = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class RestrictionsOut(Out):
    """All that stands against an account."""

    data = RestrictionOut(many=True)
