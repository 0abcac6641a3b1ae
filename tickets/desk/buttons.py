"""Buttons: one for each verb that this person may press on this row now."""

from __future__ import annotations

from dataclasses import dataclass

from tickets.desk import words


@dataclass(frozen=True)
class Button:
    """A verb on the page. ``asks`` leads to a form first; otherwise pressing it does it.

    ``version`` is the case version that the page shows: who presses it acts on what they saw.
    """

    name: str
    url: str
    version: int
    asks: bool

    @property
    def verb(self) -> str:
        """The verb without its machine."""
        return self.name.partition(".")[2]

    @property
    def label(self) -> str:
        """What stands on the button."""
        return str(words.of(self.name).label)

    @property
    def means(self) -> str:
        """What pressing it does, in a sentence."""
        return str(words.of(self.name).means)

    @property
    def danger(self) -> bool:
        """It cannot be taken back."""
        return words.of(self.name).danger

    @property
    def leads(self) -> bool:
        """The next step of the work, which the page shows first."""
        return words.of(self.name).leads
