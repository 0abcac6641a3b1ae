"""What triage hands back. A suggestion is for a person to confirm; nothing here acts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

KINDS = ("complaint", "dispute", "hardship", "enquiry")
PRIORITIES = ("low", "normal", "high", "urgent")
# What goes to the on-call at once: a life, a threat, money that is leaving, a card still open.
SAFETY = frozenset(
    {
        "self_harm", "threat_to_others", "suspected_fraud", "possible_fraud", "money_at_risk",
        "card_not_blocked",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Words of the text, and what they suggest.

    ``about`` is a field of the suggestion, ``value`` what is suggested for it; ``start`` and
    ``end`` are places in the text as it was given; ``row`` names the row of the table, ``why`` is
    its reason.
    """

    about: str
    value: str
    start: int
    end: int
    words: str
    row: str
    why: str


@dataclass(frozen=True)
class Facts:
    """Figures that stand in the text. Amounts are in units of their currency, "" when unsaid."""

    amounts: tuple[tuple[Decimal, str], ...] = ()
    dates: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    card_last4: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    instalments: int | None = None
    days_past_due: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """What a text seems to be. Codes are those of the taxonomy; see docs/triage.md."""

    kind: str
    secondary_kinds: tuple[str, ...]
    subtype: str
    department: str
    assist: tuple[str, ...]
    priority: str
    flags: tuple[str, ...]
    language: str
    facts: Facts
    evidence: tuple[Evidence, ...]

    @property
    def safety(self) -> frozenset[str]:
        """The flags that go to the on-call at once."""
        return SAFETY & frozenset(self.flags)

    def because(self, about: str, value: str = "") -> tuple[Evidence, ...]:
        """The words that led to one field, or to one of its values."""
        return tuple(
            one for one in self.evidence if one.about == about and value in {"", one.value}
        )
