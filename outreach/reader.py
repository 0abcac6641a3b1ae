"""The person whom a letter tells things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Cardholder
from kernel.money import Money
from outreach import wording


@dataclass(frozen=True)
class Reader:
    """A cardholder and the language of the letter: days and amounts are put in their words."""

    holder: Cardholder
    language: str

    def day(self, moment: datetime | date | None) -> str:
        """A date in words; an instant counts where the cardholder lives."""
        if moment is None:
            return ""
        local = moment.astimezone(self.holder.zone) if isinstance(moment, datetime) else moment
        return wording.day(local, self.language)

    def money(self, minor: int, currency: str) -> str:
        """An amount in words; nothing when it is zero."""
        return wording.money(Money(minor, currency), self.language) if minor else ""
