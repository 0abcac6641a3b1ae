"""The form of an answer: facts, basis, points, money in figures, remedies; none may be empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from complaints import remedies, taxonomy
from complaints.admin.forms import DAY, EMPTY
from complaints.outcomes import JUDGEMENTS
from complaints.services import Draft
from tickets.desk.prompts import AmountField, Prompt, area
from tickets.messages import LONGEST

LINES = 3  # points, and things by which it is made good


class AnswerPrompt(Prompt):
    """A draft of the answer to a complaint."""

    template_name = "complaints/answer_fields.html"
    category = forms.ChoiceField(label=_("Category"))
    root_cause = forms.ChoiceField(label=_("Root cause"))
    found = forms.CharField(label=_("Facts found"), max_length=LONGEST, widget=area(5))
    basis = forms.CharField(
        label=_("Basis of the answer"), max_length=LONGEST, widget=area(4),
        help_text=_("The law, the contract or our own rule that it rests on."),
    )  # fmt: skip
    refunded = forms.ChoiceField(
        label=_("Money"), choices=[("", "—"), ("yes", _("refunded")), ("no", _("not refunded"))]
    )
    refund_on = forms.DateField(label=_("On the account by"), widget=DAY, required=False)
    remedies = forms.MultipleChoiceField(
        label=_("What the complainant may still do"), widget=forms.CheckboxSelectMultiple()
    )

    def set_up(self) -> None:
        account = self.row.ticket.account
        for number in range(1, LINES + 1):
            self._line(number, account.currency if account else "")
        self.field("category").choices = [*EMPTY, *taxonomy.category_choices()]
        self.field("category").initial = self.row.category
        self.field("root_cause").choices = [*EMPTY, *taxonomy.root_cause_choices()]
        codes = self.known()
        self.field("remedies").choices = [(code, remedies.REMEDIES[code].label()) for code in codes]
        self.field("remedies").initial = codes

    @property
    def points(self) -> list[tuple[Any, Any]]:
        """The fields of each point, side by side."""
        return [(self[f"point_{n}"], self[f"outcome_{n}"]) for n in range(1, LINES + 1)]

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """The fields of each thing by which it is made good, side by side."""
        return [(self[f"kind_{n}"], self[f"amount_{n}"]) for n in range(1, LINES + 1)]

    @property
    def last(self) -> Any:
        """What only a settlement asks for."""
        return self["accepted"] if "accepted" in self.fields else None

    def known(self) -> list[str]:
        """The remedies that this answer may name."""
        return remedies.of(self.row.ticket.jurisdiction)

    def inputs(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "draft": Draft(
                category=told["category"],
                root_cause=told["root_cause"],
                found=told["found"],
                basis=told["basis"],
                points=[
                    (told[f"point_{n}"], told[f"outcome_{n}"])
                    for n in range(1, LINES + 1)
                    if told[f"point_{n}"] or told[f"outcome_{n}"]
                ],
                refunded=told["refunded"] == "yes",
                refund_on=told["refund_on"],
                redress=[
                    (told[f"kind_{n}"], told[f"amount_{n}"] or 0)
                    for n in range(1, LINES + 1)
                    if told[f"kind_{n}"] or told[f"amount_{n}"]
                ],
                remedies=told["remedies"],
            )
        }

    def _line(self, number: int, currency: str) -> None:
        self.fields[f"point_{number}"] = forms.CharField(
            label=_now("Point %d") % number, max_length=300, required=number == 1
        )
        self.fields[f"outcome_{number}"] = forms.ChoiceField(
            label=_now("Point %d is") % number, choices=[*EMPTY, *JUDGEMENTS], required=number == 1
        )
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_now("Made good by (%d)") % number, required=False,
            choices=[*EMPTY, *taxonomy.redress_choices()],
        )  # fmt: skip
        self.fields[f"amount_{number}"] = AmountField(
            label=_now("Amount (%d)") % number, required=False, currency=currency
        )


class SummaryPrompt(AnswerPrompt):
    """A settlement in the first days, with the words of acceptance."""

    accepted = forms.CharField(
        label=_("How the complainant accepted"), max_length=2_000, widget=area(3)
    )

    def inputs(self) -> dict[str, Any]:
        return {**super().inputs(), "accepted": self.cleaned_data["accepted"]}


class ReviewPrompt(AnswerPrompt):
    """The outcome of a review: what is left is outside the house."""

    def known(self) -> list[str]:
        return remedies.outside(self.row.ticket.jurisdiction)

    def set_up(self) -> None:
        super().set_up()
        self.field("root_cause").initial = self.row.root_cause
