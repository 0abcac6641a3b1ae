"""Does a proposal wait for a second person? Conditions of the claim's verbs."""

from __future__ import annotations

from typing import Any


def nothing_proposed(dispute: Any) -> bool:
    """No proposal waits for a second person."""
    return not dispute.proposed


def awaits_second_person(dispute: Any) -> bool:
    """A proposal waits for a second person."""
    return bool(dispute.proposed)
