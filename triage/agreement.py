"""Compare suggestions with what people expect: how many agree, and the words behind each miss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from triage.reading import fold
from triage.samples import Sample
from triage.suggestion import SAFETY, Evidence, Suggestion
from triage.weighing import suggest

# What must agree; the rest is told beside it.
JUDGED = ("kind", "department", "priority", "flags", "safety", "masking")
TOLD = ("secondary_kinds", "subtype", "assist", "figures")
_MONEY = re.compile(r"\d+\.\d\d")

# Masks a text and says how many things it masked.
Mask = Callable[[str], tuple[str, int]]


@dataclass(frozen=True)
class Miss:
    """One field of one sample in which we differ, with the words that led us there."""

    sample: str
    about: str
    expected: str
    got: str
    because: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """By field: how many samples agree, of how many that say something about it."""

    agreed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Does everything agree that must?"""
        return all(self.agreed[name] == self.asked[name] for name in JUDGED)

    def short_of(self, required: Mapping[str, int]) -> list[str]:
        """The required fields that agree less often than they must."""
        return [name for name, least in required.items() if self.agreed[name] < least]


def judge(samples: Iterable[Sample], mask: Mask) -> Agreement:
    """Suggest for each sample as it would be stored, and compare."""
    found = Agreement()
    for sample in samples:
        stored, masked = mask(sample.text)
        told = suggest(stored, channel=sample.channel, received_at=sample.received_at)
        for miss, name in _compared(sample, told):
            _count(found, name, miss)
        _count(found, "masking", _masking(sample, stored, masked))
    return found


def _count(found: Agreement, name: str, miss: Miss | None) -> None:
    found.asked[name] += 1
    found.agreed[name] += miss is None
    if miss:
        found.misses.append(miss)


def _compared(sample: Sample, told: Suggestion) -> Iterator[tuple[Miss | None, str]]:
    for name in ("kind", "department", "priority", "subtype"):
        if name in sample.expected:
            yield _one(sample, name, sample.expected[name], getattr(told, name), told), name
    for name in ("flags", "secondary_kinds", "assist"):
        if name in sample.expected:
            wanted = frozenset(sample.expected[name])
            yield _many(sample, name, wanted, frozenset(getattr(told, name)), told), name
    if "flags" in sample.expected:
        wanted = SAFETY & frozenset(sample.expected["flags"])
        yield _many(sample, "safety", wanted, told.safety, told), "safety"
    amounts = frozenset(_amounts(sample.expected.get("facts")))
    if amounts:
        got = frozenset(amount for amount, _currency in told.facts.amounts)
        missed = ", ".join(map(str, sorted(amounts - got)))
        miss = Miss(sample.id, "figures", missed, ", ".join(map(str, sorted(got))))
        yield (miss if missed else None), "figures"


def _one(sample: Sample, name: str, wanted: Any, got: str, told: Suggestion) -> Miss | None:
    if wanted == got:
        return None
    return Miss(sample.id, name, str(wanted), got, told.because(name) or told.because("kind"))


def _many(
    sample: Sample, name: str, wanted: frozenset[str], got: frozenset[str], told: Suggestion
) -> Miss | None:
    if wanted == got:
        return None
    about = "flags" if name == "safety" else name
    extra = tuple(one for value in sorted(got - wanted) for one in told.because(about, value))
    return Miss(sample.id, name, _listed(wanted), _listed(got), extra)


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values)) or "none"


def _masking(sample: Sample, stored: str, masked: int) -> Miss | None:
    """Nothing personal is left, and nothing else was taken away."""
    if "pii" not in sample.expected:
        return None
    left = [one for one in (*sample.raw, *sample.forbidden) if _stands(one, stored)]
    if left:
        return Miss(sample.id, "masking", "masked", f"{len(left)} left standing")
    if masked and not sample.raw:
        return Miss(sample.id, "masking", "nothing masked", f"{masked} masked")
    return None


def _stands(raw: str, stored: str) -> bool:
    """Does it stand in the stored text, however grouped, and not within a longer number?"""
    seen = fold(stored)
    signs = [char for char in fold(raw) if char.isalnum()]
    if not signs:
        return raw in stored
    shape = r"[\s-]{0,2}".join(map(re.escape, signs))
    return re.search(rf"(?<![0-9]){shape}(?![0-9])", seen) is not None


def _amounts(facts: Any) -> Iterator[Decimal]:
    """Everything that is written as money in the expected facts."""
    if isinstance(facts, str) and _MONEY.fullmatch(facts):
        yield Decimal(facts)
    elif isinstance(facts, dict | list):
        for one in facts.values() if isinstance(facts, dict) else facts:
            yield from _amounts(one)
