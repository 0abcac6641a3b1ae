"""Delivery reports (RFC 3464): which of our messages did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message

from intake.mime import headers
from intake.mime.walk import parts


@dataclass(frozen=True)
class Report:
    """What a mail server says became of messages: their ids, and if it has given up."""

    message_ids: tuple[str, ...]
    failed: bool


def report(message: Message) -> Report | None:
    """Read a delivery report; ``None`` when the mail is none."""
    if message.get_content_type() != "multipart/report":
        return None
    failed, found = False, []
    for part in parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failed = failed or _failed(part)
        elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            text = part.get_payload()
            found += _ids_of_text(text if isinstance(text, str) else "")
        elif kind == "message/rfc822":
            inner = part.get_payload()
            found += [one for row in inner if isinstance(row, Message)
                      for one in headers.ids(row, "Message-ID")]  # fmt: skip
    return Report(tuple(dict.fromkeys(found)), failed)


def _failed(part: Message) -> bool:
    blocks = part.get_payload()
    return any(
        headers.first(block, "Action").strip().lower() == "failed"
        for block in blocks if isinstance(block, Message)
    )  # fmt: skip


def _ids_of_text(text: str) -> list[str]:
    lines = text[:20_000].splitlines()
    return [
        row.partition(":")[2].strip().strip("<>")
        for row in lines if row.lower().startswith("message-id:")
    ]  # fmt: skip
