"""The parts of a mail, in reading order, never deeper or more than a person would send."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

MOST_PARTS = 200
DEEPEST = 20


class TooManyParts(ValueError):
    """More parts, or more deeply nested ones, than any mail program makes."""


def parts(message: Message) -> Iterator[Message]:
    """Every part, the message itself first. What another message holds inside is its own.

    Raises:
        TooManyParts: see ``MOST_PARTS`` and ``DEEPEST``.
    """
    waiting = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEEPEST:
            raise TooManyParts
        yield part
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, Message)]
