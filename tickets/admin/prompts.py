"""What the envelope's verbs ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from kernel import references
from tickets import deadlines, departments
from tickets.desk.history import person
from tickets.desk.prompts import Prompt, area
from tickets.messages import LONGEST
from tickets.models import Ticket
from tickets.models.ticket import PARTIES
from tickets.permissions import visible_to


def _others(ticket: Ticket) -> list[tuple[str, Any]]:
    return [(code, label) for code, label in departments.choices() if code != ticket.department]


class TextPrompt(Prompt):
    """One text."""

    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=area(5))


class WritePrompt(TextPrompt):
    """A message to the cardholder."""


class NotePrompt(TextPrompt):
    """A note for colleagues."""


class BecausePrompt(Prompt):
    """A reason in words."""

    because = forms.CharField(label=_("Why"), max_length=200)


class AssignPrompt(Prompt):
    """A colleague of the department that owns the case."""

    to: Any = forms.ModelChoiceField(label=_("To"), queryset=None)

    def set_up(self) -> None:
        department = self.row.department if self.row is not None else None
        self.field("to").queryset = colleagues(department)
        self.field("to").label_from_instance = person


def colleagues(department: str | None) -> Any:
    """Staff who can own a case of a department; of any, where none is named."""
    names = [department] if department else list(departments.DEPARTMENTS)
    people = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return people.filter(groups__name__in=names).distinct().order_by("first_name", "username")


class ReroutePrompt(Prompt):
    """Where to, why, and what the next owner needs to know."""

    to = forms.ChoiceField(label=_("To"))
    because = forms.CharField(label=_("Why"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"), max_length=LONGEST, widget=area(5),
        help_text=_("What was done, what is open, what the cardholder was told."),
    )  # fmt: skip

    def set_up(self) -> None:
        self.field("to").choices = _others(self.row)


class WaitPrompt(Prompt):
    """Whom the case waits for, for what, and until when."""

    on = forms.ChoiceField(label=_("Waiting for"), choices=PARTIES)
    wanted = forms.CharField(label=_("What is wanted"), max_length=300)
    until = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput({"type": "date"}),
        help_text=_("Where the cardholder lives. After that day the work goes on without it."),
    )  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        zone = self.row.cardholder.time_zone
        return {**self.cleaned_data, "until": deadlines.end_of(self.cleaned_data["until"], zone)}


class ResolvePrompt(Prompt):
    """How a case without a claim ended."""

    resolution = forms.ChoiceField(
        label=_("Result"),
        choices=[("answered", _("answered")), ("no_action", _("no action needed"))],
    )


class DuplicatePrompt(Prompt):
    """The other case, by its reference."""

    of = forms.CharField(label=_("The other case"), max_length=30)

    def clean_of(self) -> Any:
        reference = references.tidy(self.cleaned_data["of"])
        seen = visible_to(self.actor.user, Ticket.objects.filter(reference=reference))
        other = seen.first() if reference else None
        if other is None:
            raise forms.ValidationError(_("There is no such case."), code="unknown_case")
        return other


class AskPrompt(Prompt):
    """A question to another department, with a day to answer by."""

    department = forms.ChoiceField(label=_("Department"))
    question = forms.CharField(label=_("Question"), max_length=LONGEST, widget=area(4))
    due_on = forms.DateField(
        label=_("Answer by"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Three days from now, when left empty."),
    )  # fmt: skip

    def set_up(self) -> None:
        self.field("department").choices = _others(self.row)

    def inputs(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        due_on = found.pop("due_on")
        zone = self.row.cardholder.time_zone
        due_at: datetime | None = deadlines.end_of(due_on, zone) if due_on else None
        return {**found, "due_at": due_at}


class AttachPrompt(Prompt):
    """A file, and what it shows."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput())
    purpose = forms.CharField(required=False, widget=forms.HiddenInput())
