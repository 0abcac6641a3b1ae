"""What verbs ask for: plain forms that know their row, their reader and nothing of rules."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.money import Money, digits, parse

LONGEST_AMOUNT = 20  # characters: no bank moves more


class Prompt(forms.Form):
    """The form of one verb.

    ``inputs`` is what the service is called with, beside the row, the actor and the instant.
    A subclass shapes what was typed; whether it may be done is the service's question.
    """

    template_name = "tickets/prompt_fields.html"
    # A template beside the fields: the things that one looks at while filling them in.
    beside: ClassVar[str] = ""

    def __init__(self, *args: Any, row: Any, actor: Actor, **kwargs: Any) -> None:
        self.row, self.actor = row, actor
        super().__init__(*args, **kwargs)
        self.set_up()
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "desk-input")

    def set_up(self) -> None:
        """Fill in choices that depend on the row."""

    def field(self, name: str) -> Any:
        """A field by its name, to be filled in for this row."""
        return self.fields[name]

    def inputs(self) -> dict[str, Any]:
        """What the service wants, by its parameters' names."""
        return dict(self.cleaned_data)


class Confirm(Prompt):
    """Nothing is asked but whether it is meant."""


class AmountField(forms.CharField):
    """A decimal amount, read exactly in the currency that the row names."""

    def __init__(self, *, currency: str = "", **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(max_length=LONGEST_AMOUNT, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text, self.currency).minor
        except ValueError as error:
            raise forms.ValidationError(
                _("Give an amount such as 12.50, in %(currency)s."),
                code="bad_amount",
                params={"currency": self.currency},
            ) from error


def typed(money: Money) -> str:
    """An amount as people type it: ``1234.50``."""
    places = digits(money.currency)
    return f"{money.minor / 10**places:.{places}f}" if places else str(money.minor)


def area(rows: int = 4) -> forms.Textarea:
    """A box for several lines; whoever writes Arabic or Hebrew is shown their own direction."""
    return forms.Textarea({"rows": rows, "dir": "auto"})
