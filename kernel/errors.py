"""What the domain refuses, in words a cardholder may read. ``config.problems`` gives HTTP."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A refusal: a stable ``code``, a ``sentence`` that says what to do, and details.

    ``details`` are plain JSON and become members of the API's problem answer.
    """

    def __init__(self, code: str, sentence: str, /, **details: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = str(sentence)
        self.details = details


class NotNow(Refusal):
    """The case is in no state for this; later or elsewhere it may be."""


class NotAllowed(Refusal):
    """This actor may not do this."""


class Unfit(Refusal):
    """The input cannot be used as it is."""


class Stale(Refusal):
    """Somebody changed the case since it was read."""


class Missing(Refusal):
    """There is no such thing, or none that this actor may know of."""
