"""References: readable, unguessable, and no slip opens another case."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import references

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
bodies = st.text(ALPHABET, min_size=10, max_size=10)


def written(body: str) -> str:
    """The whole reference of a body: its check character is the one that is accepted."""
    (found,) = {tidy for char in ALPHABET if (tidy := references.tidy(f"D-{body}{char}"))}
    return found


def test_new_reference_has_its_shape_and_is_its_own_tidy_form():
    made = references.new("D")

    assert re.fullmatch(f"D-[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}-[{ALPHABET}]", made)
    assert references.tidy(made) == made


def test_no_two_of_ten_thousand_are_the_same():
    assert len({references.new("C") for _number in range(10_000)}) == 10_000


@given(bodies)
def test_every_body_has_exactly_one_check_character(body: str):
    assert written(body).replace("-", "")[1:-1] == body


@given(bodies)
def test_every_slip_of_one_character_is_refused(body: str):
    right = written(body).replace("-", "")

    slips = [
        right[:place] + char + right[place + 1 :]
        for place in range(1, len(right))
        for char in ALPHABET
        if char != right[place]
    ]

    assert len(slips) == 11 * 31
    assert [slip for slip in slips if references.tidy(slip)] == []


@given(bodies)
def test_every_swap_of_two_different_characters_is_refused(body: str):
    right = written(body).replace("-", "")

    swaps = [
        right[:one] + right[two] + right[one + 1 : two] + right[one] + right[two + 1 :]
        for one in range(1, len(right))
        for two in range(one + 1, len(right))
        if right[one] != right[two]
    ]

    assert [swap for swap in swaps if references.tidy(swap)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "D-7KQ4M-19XZ2-4", "d-7kq4m-19xz2-4", "  D 7KQ4M 19XZ2 4 ", "D7KQ4M19XZ24",
        "D-7KQ4M-I9XZ2-4", "D-7KQ4M-l9xz2-4", "D-7KQ4M\t19XZ2-4",
    ],
)  # fmt: skip
def test_what_people_type_is_mended(typed: str):
    assert references.tidy(typed) == written("7KQ4M19XZ2")


@pytest.mark.parametrize(
    "typed",
    ["", "D", "D-", "7KQ4M-19XZ2-4", "D-7KQ4M-19XZ2", "D-7KQ4M-19XZ2-44", "1-7KQ4M-19XZ2-4",
     "D-7KQ4!-19XZ2-4", "É-7KQ4M-19XZ2-4", "D-７KQ4M-19XZ2-4"],
)  # fmt: skip
def test_what_cannot_be_a_reference_is_refused(typed: str):
    assert references.tidy(typed) is None


@given(st.text(max_size=40))
def test_tidying_anything_gives_a_reference_or_none(text: str):
    found = references.tidy(text)

    assert found is None or references.tidy(found) == found
