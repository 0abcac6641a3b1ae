"""Every English letter is plain enough to be read once."""

from __future__ import annotations

import re

import pytest

from tests.outreach import grievances, letters
from tests.outreach.reading_ease import PLAIN, ease

_NAMES = re.compile(r"\S*\.(?:org|gov|com|ca|sg|hk|in|au|uk|eu|example)\S*|\b[CD]-[0-9A-Z-]+")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("The cat sat. The dog ran.", 119.19),
        ("Notwithstanding any provision hereof, liability is excluded.", -29.9),
    ],
)
def test_the_formula(text, score):
    assert round(ease(text), 2) == score


@pytest.mark.django_db
@pytest.mark.parametrize("letter", letters.WALKS)
def test_letters_about_disputes_are_plain(letter):
    body = letters.WALKS[letter](letters.Case("en")).letter().body

    assert ease(_NAMES.sub("it", body)) >= PLAIN


@pytest.mark.django_db
@pytest.mark.parametrize("letter", grievances.WALKS)
def test_letters_about_complaints_are_plain(letter):
    told = grievances.PLACE.get((letter, "en"), {})

    body = grievances.WALKS[letter](grievances.Grievance("en", **told)).letter().body

    assert ease(_NAMES.sub("it", body)) >= PLAIN
