"""The table of reasons, as an app needs it to ask the right questions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.documented import documented
from disputes import reasons
from disputes.api.serializers import ReasonsOut
from disputes.questions import QUESTIONS
from disputes.reasons import Asked, Reason

Told = dict[str, Any]


class Reasons(APIView):
    """Why a cardholder may dispute."""

    @documented("reasons_list", answers={200: ReasonsOut})
    def get(self, request: Request) -> Response:
        """List the reasons, with what each asks for. Codes never change with the language."""
        return Response(_told("zh-hans" if (get_language() or "").startswith("zh") else "en"))


@lru_cache(maxsize=2)
def _told(language: str) -> Told:
    shown = [row for row in reasons.REASONS.values() if row.picked_by != "staff"]
    causes = reasons.WITHDRAWAL_CAUSES.values()
    return {
        "data": [_reason(row, language) for row in shown],
        "withdrawal_causes": [_words(row, language) for row in causes],
    }


def _words(row: Any, language: str) -> Told:
    return {"code": row.code, "label": row.label(language)}


def _reason(row: Reason, language: str) -> Told:
    return {
        **_words(row, language),
        "family": row.family,
        "family_label": reasons.FAMILIES[row.family].label(language),
        "needs_transaction": not row.against_issuer,
        "questions": [_question(asked, language) for asked in row.answers],
        "evidence_needed": [
            [_evidence(code, language) for code in group] for group in row.evidence_needed
        ],
        "evidence_helpful": [_evidence(code, language) for code in row.evidence_helpful],
    }


def _question(asked: Asked, language: str) -> Told:
    question = QUESTIONS[asked.field]
    return {
        **_words(question, language),
        "type": question.type,
        "choices": [_words(choice, language) for choice in question.choices],
        "needed_for": asked.needed_for,
        "when": {field: list(wanted) for field, wanted in question.when.items()},
    }


def _evidence(code: str, language: str) -> Told:
    row = reasons.EVIDENCE[code]
    why = row.why_zh if language == "zh-hans" else row.why_en
    return {**_words(row, language), "why": why}
