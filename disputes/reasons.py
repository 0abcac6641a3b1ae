"""Why a cardholder disputes: the reasons, what each asks for, and the words in two languages.

The rows are data (``disputes/data``), read once. Nothing here knows a database or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _

from disputes.questions import QUESTIONS, Question, Wrong, read
from disputes.words import Words, frozen, load, table
from kernel.errors import Unfit

ISSUER_ERROR = "issuer_error"
ERROR_LIMIT = 20  # more than this in one answer helps nobody
# The cardholder may always tell the story, also where the reason does not ask for it.
ALWAYS = ("story",)
# Which rule of law a disputed fee falls under depends on the fee.
_FEE_SUBTYPES = {"late": "late_fee", "interest": "interest"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Evidence(Words):
    """A kind of document, and why it matters; empty where the general sentence says enough."""

    why_en: str = ""
    why_zh: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Cause(Words):
    """Why somebody withdraws. ``review``: a person looks before the withdrawal counts."""

    review: bool = False


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


def _reason(row: Mapping[str, Any]) -> dict[str, Any]:
    answers = tuple(Asked(field, needed_for) for field, needed_for in row["answers"].items())
    return frozen(row) | {"answers": answers, "unconfirmed": frozenset(row["unconfirmed"])}


_reasons, _words = load("reasons.json"), load("words.json")
REASONS = table(Reason, map(_reason, _reasons["reasons"]))
FAMILIES = table(Words, _reasons["families"])
EVIDENCE = table(Evidence, _words["evidence"])
SYSTEM_EVIDENCE = table(Words, _words["system_evidence"])
DENIAL_REASONS = table(Words, _words["denial_reasons"])
# Grounds that may stand beside others in a denial, and never alone.
NEVER_ALONE = table(Words, _words["never_alone"])
NO_NETWORK_RIGHT = table(Words, _words["no_network_right"])
OUTCOMES = table(Words, _words["outcomes"])
WITHDRAWAL_CAUSES = table(Cause, _words["withdrawal_causes"])
WHYS = table(Words, _words["whys"])


def get(code: str) -> Reason:
    """Return the reason with this code.

    Raises:
        Unfit: ``unknown_reason``; the sentence names the codes that are near.
    """
    if code in REASONS:
        return REASONS[code]
    near = get_close_matches(code[:60], REASONS, n=3, cutoff=0.7)
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


def applies(question: Question, reason: Reason, answers: Mapping[str, Any]) -> bool:
    """Say whether earlier answers leave this question open: no return, no tracking number.

    A question waits for the one that governs it, and is asked at once where the reason does
    not ask the governing one.
    """
    return all(
        governing not in reason.fields
        or (answers.get(governing) in wanted and applies(QUESTIONS[governing], reason, answers))
        for governing, wanted in question.when.items()
    )


def asked(reason: Reason, answers: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the questions that apply to this person's case, in the order of asking."""
    return tuple(one for one in reason.answers if applies(QUESTIONS[one.field], reason, answers))


def check_answers(
    reason: Reason, answers: Mapping[str, Any], *, for_submission: bool = False
) -> dict[str, Any]:
    """Return the answers in the form that is stored; empty ones are left out.

    A draft may lack anything. ``for_submission`` asks for the few answers without which nobody
    knows what is disputed; documents never block a notice.

    Raises:
        Unfit: ``bad_answer`` or ``answers_missing``, with ``errors`` of pointer, code, detail.
    """
    if not isinstance(answers, Mapping):
        raise _unfit("bad_answer", [_error("", "not_an_object", _("Give an object of answers."))])
    kept: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    for field, value in answers.items():
        try:
            kept[field] = read(_question_of(reason, field), value)
        except Wrong as wrong:
            errors.append(_error(field, wrong.code, wrong.detail))
    if errors:
        raise _unfit("bad_answer", errors[:ERROR_LIMIT])
    kept = {field: value for field, value in kept.items() if value is not None}
    missing = [
        _error(one.field, "missing", QUESTIONS[one.field].label())
        for one in asked(reason, kept)
        if one.needed_for == "submission" and one.field not in kept
    ]
    if for_submission and missing:
        raise _unfit("answers_missing", missing)
    return kept


def _question_of(reason: Reason, field: str) -> Question:
    if field in reason.fields or field in ALWAYS:
        return QUESTIONS[field]
    if field in QUESTIONS:
        raise Wrong("not_asked", _("This reason does not ask for it."))
    raise Wrong("unknown_field", _("There is no such answer."))


def _error(field: str, code: str, detail: str) -> dict[str, str]:
    # RFC 6901 escapes; a field name comes from outside and may be of any length.
    name = str(field)[:60].replace("~", "~0").replace("/", "~1")
    return {"pointer": f"/answers/{name}".rstrip("/"), "code": code, "detail": detail}


def _unfit(code: str, errors: list[dict[str, str]]) -> Unfit:
    sentence = {
        "bad_answer": _("Some answers cannot be used as they are."),
        "answers_missing": _("Some answers are needed before this can be sent."),
    }[code]
    return Unfit(code, sentence, errors=errors)
