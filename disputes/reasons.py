"""Why a cardholder disputes: the reasons, what each asks for, and the words in two languages.

The rows are data (``disputes/data``); this module reads them once and checks answers against
them. Answers are masked by whoever stores them: nothing here looks for card numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.errors import Unfit

DATA = Path(__file__).with_name("data")
ISSUER_ERROR = "issuer_error"
TEXT_LIMIT = 2_000  # characters of a free answer; the story has its own, 5,000
POSTING_LIMIT = 64  # characters of a transaction's reference
POSTINGS_LIMIT = 100  # transactions in one answer
ERROR_LIMIT = 20  # more than this in one answer helps nobody
# The cardholder may always tell the story, also where the reason does not ask for it.
ALWAYS = ("story",)
# Which rule of law a disputed fee falls under depends on the fee.
_FEE_SUBTYPES = {"late": "late_fee", "interest": "interest"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """A code and its words, in English and in Simplified Chinese."""

    code: str
    en: str
    zh: str

    def label(self, language: str | None = None) -> str:
        """Return the words in ``language`` ("zh-hans"); without one, in the reader's own."""
        return self.zh if (language or get_language() or "en").startswith("zh") else self.en


@dataclass(frozen=True, eq=False, kw_only=True)
class Evidence(Words):
    """A kind of document, and why it matters; empty where the general sentence says enough."""

    why_en: str = ""
    why_zh: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Cause(Words):
    """Why somebody withdraws. ``review``: a person looks before the withdrawal counts."""

    review: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Question(Words):
    """An answer field: its type, its choices, and the earlier answers that make it apply."""

    type: str
    choices: tuple[Words, ...] = ()
    when: Mapping[str, tuple[str, ...]]
    max_length: int = TEXT_LIMIT


@dataclass(frozen=True)
class Asked:
    """A question that a reason asks, and what waits for it: submission, filing or decision."""

    field: str
    needed_for: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Reason(Words):
    """One reason. ``evidence_needed`` holds groups: one document of each group is enough.

    ``network`` maps a network to the codes it may become, best first; ``unconfirmed`` names the
    pairs ("mastercard:4834") that no rule book has confirmed. ``regz_kinds`` are the kinds of
    billing error of 12 CFR 1026.13(a). ``subtype`` is the law's word for the case, or empty.
    """

    family: str
    picked_by: str
    department: str
    subtype: str
    regz_kinds: tuple[str, ...]
    network: Mapping[str, tuple[str, ...]]
    unconfirmed: frozenset[str]
    answers: tuple[Asked, ...]
    evidence_needed: tuple[tuple[str, ...], ...]
    evidence_helpful: tuple[str, ...]
    system_collects: tuple[str, ...]
    first_checks: tuple[str, ...]
    filing_clocks: Mapping[str, str]
    wait_clocks: Mapping[str, str]
    note: str
    confidence: str

    @property
    def against_issuer(self) -> bool:
        """Say whether the bank's own books are disputed, so that no network is involved."""
        return self.family == ISSUER_ERROR

    @property
    def fields(self) -> tuple[str, ...]:
        """The codes of the questions that this reason asks, in the order of asking."""
        return tuple(asked.field for asked in self.answers)


W = TypeVar("W", bound=Words)


def _table(kind: type[W], rows: Iterable[Mapping[str, Any]]) -> Mapping[str, W]:
    return MappingProxyType({row["code"]: kind(**row) for row in rows})


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn JSON's lists and objects into tuples and read-only mappings."""
    return {key: _freeze(value) for key, value in row.items()}


def _freeze(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_freeze(one) for one in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(one) for key, one in value.items()})
    return value


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    choices = tuple(Words(**choice) for choice in row.get("choices", ()))
    return _frozen(row) | {"choices": choices, "when": _freeze(row.get("when", {}))}


def _reason(row: Mapping[str, Any]) -> dict[str, Any]:
    answers = tuple(Asked(field, needed_for) for field, needed_for in row["answers"].items())
    return _frozen(row) | {"answers": answers, "unconfirmed": frozenset(row["unconfirmed"])}


def load(name: str) -> Any:
    """Read one of the data files beside this module."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


_reasons, _words = load("reasons.json"), load("words.json")
REASONS = _table(Reason, map(_reason, _reasons["reasons"]))
FAMILIES = _table(Words, _reasons["families"])
QUESTIONS = _table(Question, map(_question, load("answers.json")))
EVIDENCE = _table(Evidence, _words["evidence"])
SYSTEM_EVIDENCE = _table(Words, _words["system_evidence"])
DENIAL_REASONS = _table(Words, _words["denial_reasons"])
# Grounds that may stand beside others in a denial, and never alone.
NEVER_ALONE = _table(Words, _words["never_alone"])
NO_NETWORK_RIGHT = _table(Words, _words["no_network_right"])
OUTCOMES = _table(Words, _words["outcomes"])
WITHDRAWAL_CAUSES = _table(Cause, _words["withdrawal_causes"])
WHYS = _table(Words, _words["whys"])


def get(code: str) -> Reason:
    """Return the reason with this code.

    Raises:
        Unfit: ``unknown_reason``; the sentence names the codes that are near.
    """
    if code in REASONS:
        return REASONS[code]
    near = get_close_matches(code[:60], REASONS, n=3, cutoff=0.5)
    sentence = _('There is no reason "%(code)s".') % {"code": code[:60]}
    if near:
        sentence = f"{sentence} {_('Did you mean %(near)s?') % {'near': ', '.join(near)}}"
    raise Unfit("unknown_reason", sentence, near=near)


def label(code: str, language: str | None = None) -> str:
    """Return a reason's words in a language, or in the reader's own."""
    return REASONS[code].label(language) if code in REASONS else code


_lazy_label = lazy(label, str)


def choices() -> list[tuple[str, str | Promise]]:
    """Choices for a model field; a new reason makes no migration."""
    return [(code, _lazy_label(code)) for code in REASONS]


def subtype(reason: Reason, answers: Mapping[str, Any]) -> str:
    """Return the law's word for a case of this reason, which a fee's kind may sharpen."""
    return _FEE_SUBTYPES.get(answers.get("fee_kind", ""), reason.subtype)
