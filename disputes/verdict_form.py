"""The form of a decision: the statutory question, then each transaction, then the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes import reasons
from disputes.forms import item_label
from disputes.models import DisputeItem
from disputes.models.decision import Basis
from disputes.outcomes import CORRECTED, INVALID, LOST, OUTCOMES, PARTLY_WON, WON, WRITTEN_OFF
from disputes.services import Answer, Verdict
from tickets.desk.prompts import AmountField, Prompt, area
from tickets.messages import LONGEST

GROUNDS = 3  # reasons of a denial that the form has room for, for each transaction
_WHOLE = {WON, CORRECTED, WRITTEN_OFF}
_CHOICES = [("", "—"), *((code, label) for code, label in OUTCOMES if code != "withdrawn")]


class ResolvePrompt(Prompt):
    """A whole decision, built from what was chosen for each transaction.

    ``outcome_2``, ``granted_2``, ``charges_2``, ``reason_2_1``, ``finding_2_1``, … belong to the
    second transaction.
    """

    template_name = "disputes/verdict_fields.html"
    beside = "disputes/verdict_beside.html"

    basis = forms.ChoiceField(
        label=_("Did a billing error occur?"), choices=[("", "—"), *Basis.choices],
        help_text=_("This is the law's own question. That the network gives no right does not "
                    "answer it."),
    )  # fmt: skip
    explanation = forms.CharField(
        label=_("Explanation to the cardholder"), required=False, max_length=LONGEST,
        widget=area(5), help_text=_("A denial must be explained in words."),
    )  # fmt: skip

    def set_up(self) -> None:
        self.items = list(self.row.items.select_related("transaction"))
        self.findings = list(self.row.findings.all())
        for item in self.items:
            self._fields_of(item)
        if not self.items:
            wanted = {"", CORRECTED, LOST, INVALID}
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Outcome"), choices=[pair for pair in _CHOICES if pair[0] in wanted]
            )

    def _fields_of(self, item: DisputeItem) -> None:
        n, currency = item.number, item.currency
        self.fields[f"outcome_{n}"] = forms.ChoiceField(label=_("Outcome"), choices=_CHOICES)
        self.fields[f"granted_{n}"] = AmountField(
            label=_("Granted"), required=False, currency=currency,
            help_text=_("Only when partly for the cardholder."),
        )  # fmt: skip
        self.fields[f"charges_{n}"] = AmountField(
            label=_("Fees and interest refunded"), required=False, currency=currency
        )
        denials = [("", "—"), *((row.code, row.label()) for row in reasons.DENIAL_REASONS.values())]
        findings = [("", "—"), *((row.number, f"{row.number} · {row.statement[:80]}")
                                 for row in self.findings)]  # fmt: skip
        for place in range(1, GROUNDS + 1):
            self.fields[f"reason_{n}_{place}"] = forms.ChoiceField(
                label=_("Reason of the denial"), choices=denials, required=False
            )
            self.fields[f"finding_{n}_{place}"] = forms.ChoiceField(
                label=_("rests on finding"), choices=findings, required=False
            )

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields of each transaction, for the template."""
        for item in self.items:
            n = item.number
            yield {
                "label": item_label(item), "item": item, "outcome": self[f"outcome_{n}"],
                "granted": self[f"granted_{n}"], "charges": self[f"charges_{n}"],
                "grounds": [(self[f"reason_{n}_{place}"], self[f"finding_{n}_{place}"])
                            for place in range(1, GROUNDS + 1)],
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for item in self.items:
            self._clean_item(item, found)
        return found

    def _clean_item(self, item: DisputeItem, found: dict[str, Any]) -> None:
        n = item.number
        if found.get(f"outcome_{n}") == PARTLY_WON and found.get(f"granted_{n}") is None:
            self.add_error(f"granted_{n}", _("Say how much is granted."))
        for place in range(1, GROUNDS + 1):
            code, finding = found.get(f"reason_{n}_{place}"), found.get(f"finding_{n}_{place}")
            if bool(code) != bool(finding):
                self.add_error(
                    f"finding_{n}_{place}", _("A reason and its finding belong together.")
                )

    def inputs(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "answer": Answer(
                found["basis"],
                [self._verdict(item) for item in self.items],
                found["explanation"],
                found.get("outcome", ""),
            )
        }

    def _verdict(self, item: DisputeItem) -> Verdict:
        found, n = self.cleaned_data, item.number
        outcome = found[f"outcome_{n}"]
        granted = item.disputed_minor if outcome in _WHOLE else 0
        if outcome == PARTLY_WON:
            granted = found[f"granted_{n}"]
        grounds = [
            (found[f"reason_{n}_{place}"], int(found[f"finding_{n}_{place}"]))
            for place in range(1, GROUNDS + 1)
            if found[f"reason_{n}_{place}"]
        ]
        return Verdict(n, outcome, granted, found[f"charges_{n}"] or 0, grounds)
