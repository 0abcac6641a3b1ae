"""The kinds of case. A driven kind has a claim beside its ticket that alone may end it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind: its code, the letter its references begin with, its name."""

    code: str
    prefix: str
    label: str | Promise
    driven: bool


KINDS = {
    kind.code: kind
    for kind in (
        Kind("dispute", "D", _("Dispute"), driven=True),
        Kind("complaint", "C", _("Complaint"), driven=True),
        Kind("hardship", "H", _("Hardship"), driven=True),
        Kind("enquiry", "E", _("Enquiry"), driven=False),
    )
}


def choices() -> list[tuple[str, str | Promise]]:
    """Choices for a model field; a new kind makes no migration."""
    return [(kind.code, kind.label) for kind in KINDS.values()]
