"""Filing for a cardholder who called, wrote or came in: their words, charges and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.models import CardAccount, Cardholder, CardTransaction
from disputes import reasons
from disputes.questions import QUESTIONS, Question
from disputes.services import Claimed, Notice
from kernel.actors import Actor
from tickets.desk.prompts import AmountField, Prompt, area, typed
from tickets.messages import LONGEST

OFFERED = 100  # the newest charges of the cardholder's accounts
SOURCES = [
    ("phone", _("phone")),
    ("branch", _("branch")),
    ("letter", _("letter")),
    ("email", _("e-mail")),
]


class WhoPrompt(Prompt):
    """Whose dispute it is, and why they dispute: that decides what is asked next."""

    customer = forms.CharField(label=_("Customer number"), max_length=64)
    reason = forms.ChoiceField(label=_("Reason"))

    def set_up(self) -> None:
        self.field("reason").choices = [
            (family.label(), [(row.code, row.label()) for row in reasons.REASONS.values()
                              if row.family == family.code])
            for family in reasons.FAMILIES.values()
        ]  # fmt: skip

    def clean_customer(self) -> Cardholder:
        found = Cardholder.objects.filter(external_ref=self.cleaned_data["customer"].strip())
        person = found.first()
        if person is None:
            raise forms.ValidationError(_("There is no such customer."), code="unknown_customer")
        return person


class FilePrompt(Prompt):
    """The notice itself. ``row`` is the cardholder."""

    template_name = "disputes/file_fields.html"

    source = forms.ChoiceField(label=_("Came by"), choices=SOURCES)
    received_at = forms.DateTimeField(
        label=_("Received"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Where the cardholder lives. Now, when left empty."),
    )  # fmt: skip
    story = forms.CharField(
        label=_("In the cardholder's words"), required=False, max_length=LONGEST, widget=area(5)
    )

    def __init__(self, *args: Any, reason: str, actor: Actor, row: Cardholder, **more: Any) -> None:
        self.reason = reasons.get(reason)
        super().__init__(*args, row=row, actor=actor, **more)

    def set_up(self) -> None:
        self.accounts = list(CardAccount.objects.filter(cardholder=self.row).order_by("pk"))
        self.charges = list(
            CardTransaction.objects.filter(account__in=self.accounts, amount_minor__gt=0)
            .order_by("-posted_on", "-pk")[:OFFERED]
        )  # fmt: skip
        self.fields["account"] = forms.ChoiceField(
            label=_("Account"), required=False,
            choices=[(one.external_ref, f"{one.product or one.get_network_display()} "
                      f"••••{one.last_four} {one.currency}") for one in self.accounts],
        )  # fmt: skip
        for charge in self.charges:
            self.fields[f"pick_{charge.pk}"] = forms.BooleanField(
                required=False, label=charge.merchant_name or charge.external_ref
            )
            self.fields[f"amount_{charge.pk}"] = AmountField(
                required=False, currency=charge.currency, label=_("Amount"),
                initial=typed(charge.amount),
            )  # fmt: skip
        for asked in self.reason.answers:
            if asked.field != "story":
                self.fields[f"answer_{asked.field}"] = self._asked(QUESTIONS[asked.field])

    def _asked(self, question: Question) -> forms.Field:
        """A field for a question; nothing is owed here, a notice counts as it is."""
        shown: dict[str, Any] = {"label": question.label(), "required": False}
        if question.type == "money":
            currency = self.accounts[0].currency if self.accounts else "USD"
            return AmountField(currency=currency, **shown)
        if question.type == "date":
            return forms.DateField(widget=forms.DateInput({"type": "date"}), **shown)
        if question.type == "text":
            return forms.CharField(max_length=question.max_length, **shown)
        if question.type == "postings":
            return forms.MultipleChoiceField(choices=self._choices(question), **shown)
        return forms.ChoiceField(choices=[("", "—"), *self._choices(question)], **shown)

    def _choices(self, question: Question) -> list[tuple[str, Any]]:
        if question.type == "bool":
            return [("yes", _("Yes")), ("no", _("No"))]
        if question.type == "enum":
            return [(one.code, one.label()) for one in question.choices]
        return [(one.external_ref, _charge_label(one)) for one in self.charges]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The charges with their two fields, for the template."""
        for charge in self.charges:
            yield {"charge": charge, "pick": self[f"pick_{charge.pk}"],
                   "amount": self[f"amount_{charge.pk}"]}  # fmt: skip

    def questions(self) -> list[Any]:
        """The reason's questions, for the template."""
        return [self[name] for name in self.fields if name.startswith("answer_")]

    def clean_received_at(self) -> datetime | None:
        """Read the clock on the cardholder's wall."""
        typed_in = self.cleaned_data["received_at"]
        return make_aware(typed_in.replace(tzinfo=None), self.row.zone) if typed_in else None

    def notice(self) -> Notice:
        """What is filed."""
        found = self.cleaned_data
        items = []
        for charge in self.charges:
            if found[f"pick_{charge.pk}"]:
                minor = found[f"amount_{charge.pk}"]
                minor = charge.amount_minor if minor is None else minor
                items.append(Claimed(charge.external_ref, minor, charge.currency))
        return Notice(
            reason=self.reason.code, items=items, answers=self._answers(), story=found["story"],
            account=found["account"] if not items else "", source=found["source"],
            received_at=found["received_at"],
        )  # fmt: skip

    def _answers(self) -> dict[str, Any]:
        answers = {}
        for name in self.fields:
            if name.startswith("answer_") and self.cleaned_data[name] not in (None, "", []):
                field = name.removeprefix("answer_")
                answers[field] = self._answer(field, self.cleaned_data[name])
        return answers

    def _answer(self, field: str, value: Any) -> Any:
        kind = QUESTIONS[field].type
        if kind == "bool":
            return value == "yes"
        if kind == "money":
            return {"minor": value, "currency": self.field(f"answer_{field}").currency}
        return value


def _charge_label(charge: CardTransaction) -> str:
    return f"{charge.posted_on} · {charge.merchant_name or charge.external_ref} · {charge.amount}"
