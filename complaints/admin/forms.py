"""What the verbs of a complaint ask for. Shape only: the services know the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints import taxonomy
from complaints.models import Referral
from complaints.outcomes import JUDGEMENTS
from complaints.services import Ruling, may_extend
from complaints.steps import STEPS
from tickets import departments
from tickets.admin.prompts import colleagues
from tickets.desk.history import person
from tickets.desk.prompts import AmountField, Prompt, area
from tickets.messages import LONGEST

DAY = forms.DateInput({"type": "date"})
EMPTY = [("", "—")]


class ReasonPrompt(Prompt):
    """Why, in words."""

    because = forms.CharField(label=_("Why"), max_length=LONGEST, widget=area(4))


class ClassifyPrompt(Prompt):
    """What it is about."""

    category = forms.ChoiceField(label=_("Category"), choices=taxonomy.category_choices)
    payments = forms.BooleanField(
        label=_("It is about payment services"), required=False,
        help_text=_("Some laws give a shorter time for these. It cannot be unsaid."),
    )  # fmt: skip
    hardship = forms.BooleanField(label=_("The complainant is in hardship"), required=False)

    def set_up(self) -> None:
        self.field("category").initial = self.row.category


class RecusePrompt(Prompt):
    """Who is complained of: a person, a department, both or nobody."""

    user: Any = forms.ModelChoiceField(label=_("Colleague"), queryset=None, required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)

    def set_up(self) -> None:
        self.field("user").queryset = colleagues(None)
        self.field("user").label_from_instance = person
        self.field("user").initial = self.row.complained_of_user_id
        self.field("department").choices = [*EMPTY, *departments.choices()]
        self.field("department").initial = self.row.complained_of_department


class ExtendPrompt(Prompt):
    """Why it takes longer, and the day that is promised."""

    because = forms.CharField(
        label=_("Why it takes longer"), max_length=2_000, widget=area(4),
        help_text=_("The complainant reads this."),
    )  # fmt: skip
    expected_on = forms.DateField(label=_("Answer expected by"), widget=DAY)
    approver = forms.CharField(
        label=_("Approved by"), max_length=120, required=False,
        help_text=_("Name and office, where the law asks for an approval."),
    )  # fmt: skip

    def set_up(self) -> None:
        limits = may_extend(self.row)
        if limits and not STEPS[limits[0].rule].needs_approval:
            del self.fields["approver"]


class ReferPrompt(Prompt):
    """Which body outside, under which reference of its own."""

    body = forms.ChoiceField(label=_("Outside body"), choices=Referral.Body.choices)
    reference = forms.CharField(label=_("Its reference"), max_length=80)


class RulingPrompt(Prompt):
    """How the outside body ruled, and what it awards."""

    outcome = forms.ChoiceField(
        label=_("Ruling"), choices=[*JUDGEMENTS, ("none", _("closed without a ruling"))]
    )
    on = forms.DateField(label=_("Day of the ruling"), widget=DAY)
    reference = forms.CharField(label=_("Reference of the ruling"), max_length=80, required=False)
    award = AmountField(label=_("Money awarded"), required=False)

    def set_up(self) -> None:
        account = self.row.ticket.account
        self.field("award").currency = account.currency if account else ""

    def inputs(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        award = found.pop("award")
        redress = [("consequential_loss", award)] if award else []
        return {"ruling": Ruling(**found, redress=redress)}
