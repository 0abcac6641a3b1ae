"""What the verbs of a claim ask for. Shape only: the services know the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from disputes import reasons
from disputes.models import Dispute, DisputeItem, NetworkEvent
from disputes.models.item import Credit
from kernel.money import Money
from tickets.desk.prompts import AmountField, Prompt, area, typed
from tickets.messages import LONGEST


def item_label(item: DisputeItem) -> str:
    """An item as people name it: its number, the merchant, the amount."""
    return f"{item.number} · {item.transaction.merchant_name or '—'} · {item.disputed}"


class ItemPrompt(Prompt):
    """One of the claim's transactions."""

    item = forms.TypedChoiceField(label=_("Transaction"), coerce=int)

    def set_up(self) -> None:
        found = list(self.suitable())
        self.field("item").choices = [(item.number, item_label(item)) for item in found]

    def suitable(self) -> Any:
        """The items that the verb can be pressed for."""
        return self.row.items.select_related("transaction")


class CreditPrompt(ItemPrompt):
    """How much to lend on which transaction."""

    minor = AmountField(
        label=_("Amount"), required=False, help_text=_("Everything that is open, when left empty.")
    )

    def set_up(self) -> None:
        super().set_up()
        self.field("minor").currency = self.row.ticket.currency

    def suitable(self) -> Any:
        return super().suitable().filter(credit=Credit.NONE, open_minor__gt=0)


class AnnouncePrompt(ItemPrompt):
    """Which lent amount is taken back."""

    def suitable(self) -> Any:
        return super().suitable().filter(credit=Credit.PROVISIONAL)


class StopReversalPrompt(ItemPrompt):
    """Which announced reversal is stopped."""

    def suitable(self) -> Any:
        return super().suitable().filter(credit=Credit.REVERSAL_ANNOUNCED)


class FindPrompt(Prompt):
    """A statement, and the exhibit of this case that shows it."""

    statement = forms.CharField(label=_("What was established"), max_length=500, widget=area(3))
    exhibit = forms.ChoiceField(label=_("Exhibit"))

    def set_up(self) -> None:
        self.field("exhibit").choices = exhibits(self.row)


def exhibits(dispute: Dispute) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Everything in the case that can show a thing, in groups."""
    ticket = dispute.ticket
    groups = [
        (_("Transactions"), [(f"transaction:{one.transaction.external_ref}", item_label(one))
                             for one in dispute.items.select_related("transaction")]),
        (_("Files"), [(f"attachment:{one.ref}", f"{one.name} ({one.ref})")
                      for one in ticket.attachments.all()]),
        (_("Messages"), [(f"message:{one.ref}", f"{one.at:%Y-%m-%d} · {one.body[:80]}")
                         for one in ticket.messages.all()]),
        (_("Network news"), [(f"network_event:{one.event_id}", f"{one.event_id}")
                             for one in NetworkEvent.objects.filter(leg__ticket=ticket)]),
    ]  # fmt: skip
    return [group for group in groups if group[1]]


class EvidencePrompt(Prompt):
    """Which pieces of evidence, and the words that ask for them."""

    evidence = forms.MultipleChoiceField(
        label=_("What is needed"), widget=forms.CheckboxSelectMultiple()
    )
    text = forms.CharField(label=_("Message to the cardholder"), max_length=LONGEST, widget=area(5))

    def set_up(self) -> None:
        reason = self.row.reason_row
        asked = [code for group in reason.evidence_needed for code in group]
        codes = dict.fromkeys([*asked, *reason.evidence_helpful]) or reasons.EVIDENCE
        self.field("evidence").choices = [
            (code, reasons.EVIDENCE[code].label()) for code in codes if code in reasons.EVIDENCE
        ]
        self.field("text").help_text = _(
            "They have %(days)d days; the letter says that silence denies nothing."
        ) % {"days": settings.CARDHOLDER_REPLY_DAYS}


class WithdrawPrompt(Prompt):
    """Why the cardholder withdraws."""

    cause = forms.ChoiceField(label=_("Why"))

    def set_up(self) -> None:
        self.field("cause").choices = [
            (code, cause.label()) for code, cause in reasons.WITHDRAWAL_CAUSES.items()
        ]


class WhyPrompt(Prompt):
    """A reason in words."""

    because = forms.CharField(label=_("Why"), max_length=LONGEST, widget=area(3))


class PreparePrompt(ItemPrompt):
    """The transaction, the network's code, and how much of it is claimed."""

    code = forms.ChoiceField(label=_("Network code"))
    minor = AmountField(
        label=_("Amount"), required=False, help_text=_("Everything that is open, when left empty.")
    )

    def set_up(self) -> None:
        super().set_up()
        self.field("code").choices = network_choices(self.row)
        self.field("minor").currency = self.row.ticket.currency

    def suitable(self) -> Any:
        return super().suitable().filter(open_minor__gt=0)


def network_choices(dispute: Dispute) -> list[tuple[str, str]]:
    """The codes that the claim's reason may become with the account's network, best first."""
    from disputes import network_codes

    account = dispute.account
    found = network_codes.codes_for(
        dispute.reason_row, account.network if account else "",
        switched_on=settings.NETWORK_CODES_SWITCHED_ON,
    )  # fmt: skip
    return [(one.code, f"{one.code} {one.name}") for one in found]


class SubmitPrompt(Prompt):
    """The network's reference, and which pieces of the code's checklist are attached."""

    network_reference = forms.CharField(label=_("The network's reference"), max_length=40)
    holds = forms.MultipleChoiceField(
        label=_("Attached"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    def set_up(self) -> None:
        self.field("holds").choices = [(one, one) for one in self.row.evidence]
        if not self.row.evidence:
            del self.fields["holds"]


class DayPrompt(Prompt):
    """The day on which it happened, where the cardholder lives; today unless it is said."""

    on = forms.DateField(
        label=_("On"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Today, when left empty."),
    )  # fmt: skip


class RejectionPrompt(Prompt):
    """The network's own words."""

    words = forms.CharField(label=_("The network's words"), max_length=300, widget=area(3))


class WinPrompt(Prompt):
    """How much the network gives back."""

    minor = AmountField(label=_("Amount given back"))

    def set_up(self) -> None:
        self.field("minor").currency = self.row.currency
        self.field("minor").initial = typed(Money(self.row.amount_minor, self.row.currency))
