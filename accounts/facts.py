"""What each kind of fact consists of: one table, read by the file import and by the API alike.

A field without a default must be given when the row is new. An empty value means the default;
a field that is left out stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import readers
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from accounts.readers import Reader
from accounts.redaction import mask
from kernel.errors import Unfit

_MISSING: Any = object()


@dataclass(frozen=True)
class Field:
    """How a value is read, and what stands for an empty one.

    ``key`` fields name the row and its parent: they must be given each time. ``reference`` marks
    an identifier of another system, which may be a long number without being a card's.
    """

    read: Reader
    default: Any = _MISSING
    key: bool = False
    reference: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of fact: its model, its fields, and what makes one of its rows itself.

    ``parent`` is the field that names the row it hangs on; ``scoped`` references are unique
    within that parent only. ``sole`` is a second field (with ``parent`` where scoped) that only
    one row may have.
    """

    name: str
    model: type[models.Model]
    fields: Mapping[str, Field] = field(repr=False)
    parent: str = ""
    scoped: bool = False
    sole: str = ""

    def clean(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read the fields that are given.

        Raises:
            Unfit: a value, a name of a field, or a missing key; ``details["field"]`` says which.
        """
        for name in given:
            if name not in self.fields:
                # A mangled file may have a card number for a heading.
                known = {"field": mask(str(name))[:40], "kind": self.name}
                sentence = _("There is no field %(field)s in a %(kind)s.")
                raise Unfit("field_unknown", sentence % known, field=known["field"])
        values = {name: self._read(name, value) for name, value in given.items()}
        for name, spec in self.fields.items():
            if spec.key and name not in values:
                raise _required(name)
        return values

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Add the defaults that a new row needs.

        Raises:
            Unfit: a field without a default was not given.
        """
        for name, spec in self.fields.items():
            if name not in values and spec.default is _MISSING:
                raise _required(name)
        return {name: spec.default for name, spec in self.fields.items()} | values

    def _read(self, name: str, value: Any) -> Any:
        spec = self.fields[name]
        readers.refuse_card_number(name, value, reference=spec.reference)
        if value is None or (isinstance(value, str) and not value.strip()):
            if spec.default is _MISSING:
                raise _required(name)
            return spec.default
        return spec.read(name, value)


def _required(name: str) -> Unfit:
    return Unfit("required", _("%(field)s is required.") % {"field": name}, field=name)


_FOUR_DIGITS = gettext_noop("%(field)s must be exactly four digits.")
_CYCLE_DAY = gettext_noop("%(field)s must be a day of the month, 1 to 31.")
_JURISDICTION = gettext_noop("%(field)s must be two small letters, such as us.")
_REGION = gettext_noop("%(field)s must be a part as in ISO 3166-2, such as SCT or DE-BY.")
_COUNTRY = gettext_noop("%(field)s must be an ISO 3166 code of two letters, such as US.")
_MINIMUM = gettext_noop("%(field)s must be a whole number of minor units, not below zero.")

_REF = Field(readers.text(64), key=True, reference=True)

CARDHOLDER = Kind(
    "cardholder",
    Cardholder,
    {
        "external_ref": _REF,
        "name": Field(readers.text(200)),
        "language": Field(readers.one_of(Cardholder.Language.values), "en"),
        "time_zone": Field(readers.zone, "UTC"),
        "jurisdiction": Field(readers.shape("[a-z]{2}", "jurisdiction_unfit", _JURISDICTION)),
        "region": Field(
            readers.shape("[A-Z0-9]{2,3}(-[A-Z0-9]{1,3})?", "region_unfit", _REGION), ""
        ),
        "email": Field(readers.email, ""),
        "phone": Field(readers.text(40), ""),
        "postal_address": Field(readers.text(1000), ""),
        "preferred_channel": Field(readers.one_of(Cardholder.Channel.values), "email"),
        "vulnerable": Field(readers.flag, default=False),
    },
)
ACCOUNT = Kind(
    "account",
    CardAccount,
    {
        "external_ref": _REF,
        "cardholder": _REF,
        "token": Field(readers.text(64), reference=True),
        "last_four": Field(readers.shape(r"\d{4}", "last_four_unfit", _FOUR_DIGITS)),
        "kind": Field(readers.one_of(CardAccount.Kind.values), "credit"),
        "network": Field(readers.one_of(CardAccount.Network.values)),
        "currency": Field(readers.currency),
        "product": Field(readers.text(100), ""),
        "cycle_day": Field(readers.whole(1, 31, "cycle_day_unfit", _CYCLE_DAY), None),
        "opened_on": Field(readers.day, None),
    },
    parent="cardholder",
    sole="token",
)
STATEMENT = Kind(
    "statement",
    Statement,
    {
        "external_ref": _REF,
        "account": _REF,
        "closing_on": Field(readers.day),
        "transmitted_on": Field(readers.day, None),
        "due_on": Field(readers.day, None),
        "balance_minor": Field(readers.minor),
        "minimum_minor": Field(readers.whole(0, 10**13, "amount_unfit", _MINIMUM), 0),
        "currency": Field(readers.currency),
    },
    parent="account",
    scoped=True,
    sole="closing_on",
)
TRANSACTION = Kind(
    "transaction",
    CardTransaction,
    {
        "external_ref": Field(readers.text(200), key=True, reference=True),
        "account": _REF,
        "statement": Field(readers.text(64), None, reference=True),
        "network_reference": Field(readers.text(64), "", reference=True),
        "posted_on": Field(readers.day),
        "processing_on": Field(readers.day, None),
        "transacted_on": Field(readers.day, None),
        "amount_minor": Field(readers.minor),
        "currency": Field(readers.currency),
        "original_amount_minor": Field(readers.minor, None),
        "original_currency": Field(readers.currency, ""),
        "merchant_name": Field(readers.text(200), ""),
        "mcc": Field(readers.shape(r"\d{4}", "mcc_unfit", _FOUR_DIGITS), ""),
        "country": Field(readers.shape("[A-Z]{2}", "country_unfit", _COUNTRY), ""),
        "description": Field(readers.text(500), ""),
    },
    parent="account",
)

# In the order in which they may refer to each other.
KINDS = {kind.name: kind for kind in (CARDHOLDER, ACCOUNT, STATEMENT, TRANSACTION)}
