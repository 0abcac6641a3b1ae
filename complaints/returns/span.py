"""The days that a return is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kernel.errors import Unfit


@dataclass(frozen=True)
class Span:
    """From a day to a day, both counted, where each complainant lives.

    Raises:
        Unfit: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Unfit("span_unfit", _("The period ends before it begins."), pointer="/to")

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last
