"""Races commit for real, so the database must be emptied after each, append-only tables too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.emptying import forgetful_history


@pytest.fixture(scope="session", autouse=True)
def history_can_be_emptied() -> Iterator[None]:
    """The triggers stand aside for Django's flush between tests, and for nothing else."""
    with forgetful_history():
        yield
