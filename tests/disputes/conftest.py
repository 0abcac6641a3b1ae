"""A clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.disputes.moment import NOW


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """Let it be ``NOW`` for the whole test."""
    with time_machine.travel(NOW, tick=False):
        yield
