"""What must agree within one fact, and with the row it hangs on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.facts import Kind
from kernel.errors import Unfit

Values = dict[str, Any]


def refuse_incoherent(kind: Kind, values: Values, before: Values, parent: Any) -> None:
    """Check the whole row as it would stand, by column; ``before`` is empty for a new one.

    Raises:
        Unfit: the row contradicts itself, its account, or the row that it would replace.
    """
    column = f"{kind.parent}_id"
    if kind.parent and before and before[column] != values[column]:
        # A moved row would show one person's history to another.
        raise _unfit("belongs_elsewhere", _("This row belongs to another %(field)s."), kind.parent)
    if kind.parent == "account" and values["currency"] != parent.currency:
        raise _unfit("currency_mismatch", _("%(field)s is not the account's currency."), "currency")
    for rule in _RULES.get(kind.name, ()):
        rule(values)


def _dates_in_order(values: Values) -> None:
    for name in ("transmitted_on", "due_on"):
        if values[name] is not None and values[name] < values["closing_on"]:
            raise _unfit("dates_disordered", _("%(field)s is before the statement closes."), name)


def _original_whole(values: Values) -> None:
    if (values["original_amount_minor"] is None) != (values["original_currency"] == ""):
        sentence = _("%(field)s goes with original_currency: give both or neither.")
        raise _unfit("original_incomplete", sentence, "original_amount_minor")


_RULES = {"statement": (_dates_in_order,), "transaction": (_original_whole,)}


def _unfit(code: str, sentence: str, field: str) -> Unfit:
    return Unfit(code, sentence % {"field": field}, field=field)
