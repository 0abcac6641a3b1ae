"""The evidence gap: what a claim has, what it lacks, why that matters, and by when."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from disputes import network_codes, reasons
from disputes.network_codes import NetworkCode
from disputes.questions import QUESTIONS
from disputes.reasons import EVIDENCE, WHYS, Reason

GIVEN, MISSING, HELPFUL = "given", "missing", "helpful"
SUBMISSION, FILING, DECISION = "submission", "filing", "decision"
MERCHANT_CONTACT = "merchant_contact_record"
# Who could not ask the merchant, or need not by law, owes no proof of having asked.
_EXCUSED = ("not_possible", "forbidden_by_law")


@dataclass(frozen=True)
class GapItem:
    """One thing that a claim like this needs: an answer, or one document of several.

    ``code`` is the question, or the document: the one given, else the usual one of ``one_of``.
    ``by`` is the day after which it no longer helps, where a day is known.
    """

    kind: str
    code: str
    en: str
    zh: str
    status: str
    needed_for: str
    by: date | None
    why_en: str
    why_zh: str
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """All that a claim has and lacks: answers first, then documents, each in order of asking."""

    complete: bool
    items: tuple[GapItem, ...]

    def missing(self, needed_for: str = "") -> tuple[GapItem, ...]:
        """Return what is missing: all of it, or what one step waits for."""
        return tuple(
            item
            for item in self.items
            if item.status == MISSING and needed_for in ("", item.needed_for)
        )


@dataclass(frozen=True)
class _Steps:
    """The steps ahead of this claim, and the day by which each wants its material."""

    files: bool
    submit_by: date | None
    filing_by: date | None
    decide_by: date | None

    def step(self, needed_for: str) -> str:
        """Name the step; where no network takes the claim, papers serve the decision."""
        return DECISION if needed_for == FILING and not self.files else needed_for

    def by(self, step: str) -> date | None:
        days = {SUBMISSION: self.submit_by, FILING: self.filing_by, DECISION: self.decide_by}
        return days[step]


def gap(  # noqa: PLR0913 - a claim's four facts, and the day of each of its three steps
    reason: Reason,
    *,
    answers: Mapping[str, Any],
    given: Collection[str],
    network: str,
    filing_by: date | None,
    submit_by: date | None = None,
    decide_by: date | None = None,
    switched_on: Container[str] = (),
) -> Gap:
    """Say what the claim has and what it lacks.

    ``answers`` as ``reasons.check_answers`` returns them; ``given`` are the kinds of the
    documents at hand. Only what is missing makes a gap: what is helpful never does.
    """
    codes = network_codes.codes_for(reason, network, switched_on=switched_on)
    steps = _Steps(bool(codes), submit_by, filing_by, decide_by)
    items = (*_answers(reason, answers, steps), *_documents(reason, answers, given, steps))
    return Gap(all(item.status != MISSING for item in items), items)


def checklist(network_code: NetworkCode) -> tuple[str, ...]:
    """Return what the issuer must hold before it files under this code."""
    return network_code.evidence


def _answers(reason: Reason, answers: Mapping[str, Any], steps: _Steps) -> list[GapItem]:
    items = []
    for asked in reasons.asked(reason, answers):
        question = QUESTIONS[asked.field]
        # A question that only helps the decision is never owed.
        unanswered = HELPFUL if asked.needed_for == DECISION else MISSING
        status = GIVEN if answers.get(asked.field) is not None else unanswered
        step = steps.step(asked.needed_for)
        why = WHYS[step]
        items.append(
            GapItem(
                "answer",
                question.code,
                question.en,
                question.zh,
                status,
                step,
                steps.by(step),
                why.en,
                why.zh,
            )
        )
    return items


def _documents(
    reason: Reason, answers: Mapping[str, Any], given: Collection[str], steps: _Steps
) -> list[GapItem]:
    items = []
    for group in reason.evidence_needed:
        owed = HELPFUL if _excused(group, answers) else MISSING
        step = steps.step(FILING) if owed == MISSING else DECISION
        items.append(_document(group, given, owed, steps, step))
    named = {kind for group in reason.evidence_needed for kind in group}
    helpful = [kind for kind in reason.evidence_helpful if kind not in named]
    others = [kind for kind in EVIDENCE if kind in given and kind not in {*named, *helpful}]
    items += [_document((kind,), given, HELPFUL, steps, DECISION) for kind in (*helpful, *others)]
    return items


def _excused(group: tuple[str, ...], answers: Mapping[str, Any]) -> bool:
    return group == (MERCHANT_CONTACT,) and answers.get("contacted_merchant") in _EXCUSED


def _document(
    group: tuple[str, ...], given: Collection[str], owed: str, steps: _Steps, step: str
) -> GapItem:
    found = next((kind for kind in group if kind in given), None)
    shown = (found,) if found else group
    first, general = EVIDENCE[shown[0]], WHYS[step]
    return GapItem(
        "document",
        shown[0],
        " / ".join(EVIDENCE[kind].en for kind in shown),
        " / ".join(EVIDENCE[kind].zh for kind in shown),
        GIVEN if found else owed,
        step,
        steps.by(step),
        first.why_en or general.en,
        first.why_zh or general.zh,
        group,
    )
