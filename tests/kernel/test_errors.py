"""Refusals: a stable code, a sentence, details; no HTTP."""

from __future__ import annotations

import pytest

from kernel import errors
from kernel.errors import Missing, NotAllowed, NotNow, Refusal, Stale, Unfit


@pytest.mark.parametrize("kind", [NotNow, NotAllowed, Unfit, Stale, Missing])
def test_a_refusal_carries_code_sentence_and_details(kind: type[Refusal]):
    refusal = kind("too_late", "The time is over.", due_on="2026-03-03")

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.sentence, str(refusal)) == (
        "too_late", "The time is over.", "The time is over.",
    )  # fmt: skip
    assert refusal.details == {"due_on": "2026-03-03"}


def test_details_may_be_called_code_and_sentence():
    assert Unfit("bad", "Bad.", code=1, sentence=2).details == {"code": 1, "sentence": 2}


def test_refusals_know_nothing_of_http():
    names = " ".join(vars(errors)).lower()

    assert ("http" in names, "status" in names) == (False, False)
