"""What the complainant may still do after our answer, by jurisdiction, from the data file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.taxonomy import Words, load, table
from kernel.errors import Unfit

REVIEWS = {"review", "cn_review"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Remedy(Words):
    """One way on: its words, and the rule of law that dates it, if one does.

    ``must`` says that no answer there may leave it out. ``by_en`` and ``by_zh`` hold ``{by}``, the
    day; they are left out where no day is known. ``confidence`` is that of address and limit.
    """

    places: tuple[str, ...]
    rule: str
    must: bool
    confidence: str
    by_en: str
    by_zh: str

    def sentence(self, language: str, by: str) -> str:
        """The words in ``language``; ``by`` is the last day in words, or empty."""
        chinese = language.startswith("zh")
        until = self.by_zh if chinese else self.by_en
        words = self.label(language)
        if not by or not until:
            return words
        return f"{words}{'' if chinese else ' '}{until.replace('{by}', by)}"


REMEDIES = table(Remedy, load("remedies")["rows"])


def of(jurisdiction: str) -> list[str]:
    """The codes of every remedy in ``jurisdiction``; one that is not listed gets the general."""
    found = [row.code for row in REMEDIES.values() if jurisdiction in row.places]
    return found or ["review", "supervisor", "court"]


def check(codes: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return ``codes`` in the order of ``known``, which are those that there are.

    Raises:
        Unfit: none is named, one is not among them, or one that must stand in each answer is not.
    """
    missing = [code for code in known if REMEDIES[code].must and code not in codes]
    if missing or set(codes) - set(known):
        raise Unfit(
            "remedies_incomplete",
            _("Name what the complainant may still do: %(codes)s.") % {"codes": ", ".join(known)},
            pointer="/remedies",
            missing=missing,
        )
    return [code for code in known if code in codes]


def outside(jurisdiction: str) -> list[str]:
    """The remedies outside the house: all that is left after a review of our own."""
    return [code for code in of(jurisdiction) if code not in REVIEWS]
