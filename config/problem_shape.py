"""The shape of a kind of problem."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class ProblemType:
    """One kind of problem. The title is the same each time; the answer's detail is not."""

    code: str
    status: int
    title: Words
    advice: Words
