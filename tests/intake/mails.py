"""Mails as a server hands them over, and taking them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from intake import services
from intake.models import RawMessage
from tests import make

CORPUS = Path(__file__).parent / "corpus"
NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
STORY = "Your collector shouted at me at midnight. I want to complain."


def ada(**fields: object):
    """The cardholder whose address most mails bear."""
    return make.cardholder(email="ada@mail.example", **fields)


def eml(text: str = STORY, *, sender: str = "ada@mail.example", **headers: str) -> bytes:
    """A small plain mail; ``in_reply_to=…`` becomes ``In-Reply-To``."""
    given = {"From": sender, "To": "case@recourse.example", "Subject": "Your collector"}
    given |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in given.items()]
    return "\r\n".join([*lines, "", text, ""]).encode()


def take(content: bytes, *, at: datetime = NIGHT) -> RawMessage:
    """Keep and take one mail."""
    return services.take(services.keep(content, door="pipe", received_at=at, at=at), at=at)
