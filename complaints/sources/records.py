"""What a source yields: a complaint as a file tells it, field by field, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# What a file may say of a complaint; the rest of the case is found out by people.
FIELDS = (
    "external_ref", "received_on", "received_at", "story", "category", "source", "body",
    "cardholder", "account", "joins", "payment_services", "hardship", "complained_of_department",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """One complaint of a file; ``place`` is where it stands ("line 3"), for whoever must mend it.

    ``product`` and ``issue`` are the sender's own words, shown to a person and never computed with.
    ``skip`` says why it is none of ours to take in, or is empty.
    """

    place: str
    values: Mapping[str, str] = field(repr=False)
    product: str = ""
    issue: str = ""
    skip: str = ""

    def text(self, name: str) -> str:
        """The field without blank ends, or an empty text."""
        return self.values.get(name, "").strip()


def line(number: int) -> str:
    """Say where in the file."""
    return _("line %(number)s") % {"number": max(number, 1)}
