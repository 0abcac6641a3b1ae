"""One mail, read without trust: who, what, which files, and what it answers."""

from __future__ import annotations

import base64
import mimetypes
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from intake.mime import bounces, headers, html_text, robots
from intake.mime.bounces import Report
from intake.mime.charsets import CharsetRefused, decode
from intake.mime.clean import clean, line
from intake.mime.walk import TooManyParts, parts

_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
# What the library raises on mail that nobody meant to send.
_BROKEN = (
    MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip
# Text that needs so many times its plain twin's length holds what the twin leaves out.
_FULLER = 4
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class Unreadable(Exception):
    """No part of it can be relied on; ``why`` is one of the store's reasons."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class File:
    """A file that came along: its name and type as claimed, and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Mail:
    """What a mail says of itself. Every word of it may be a lie."""

    message_id: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    answers: tuple[str, ...]
    subject: str
    text: str
    files: tuple[File, ...]
    automatic: bool
    report: Report | None


def parsed(content: bytes) -> Message:
    """The tree of a mail.

    The older policy is meant: it hands header lines out as they came, where the newer one parses
    each on sight and raises on those of real mail.

    Raises:
        Unreadable: nested so deeply that the parser gives up.
    """
    try:
        return message_from_bytes(content, policy=compat32)
    except _BROKEN as error:
        raise Unreadable("unreadable") from error


def read(content: bytes) -> Mail:
    """Read a mail.

    Raises:
        Unreadable: UTF-7, too many parts, or broken beyond what the parser mends.
    """
    message = parsed(content)
    try:
        return _read(message)
    except CharsetRefused as error:
        raise Unreadable("charset_refused") from error
    except TooManyParts as error:
        raise Unreadable("too_many_parts") from error
    except _BROKEN as error:
        raise Unreadable("unreadable") from error


def identity(content: bytes) -> tuple[str, str]:
    """Message id and sender as claimed; empty where they cannot be read."""
    try:
        message = parsed(content)
    except Unreadable:
        return "", ""
    found = [*headers.ids(message, "Message-ID"), ""]
    return line(found[0], 250), next(iter(headers.addresses(message, "From")), "")[:254]


def _read(message: Message) -> Mail:
    senders = headers.addresses(message, "From")
    report = bounces.report(message)
    body, files = _inside(message)
    return Mail(
        message_id=next(iter(headers.ids(message, "Message-ID")), ""),
        senders=tuple(senders),
        recipients=tuple(headers.addresses(message, *_RECIPIENTS)),
        answers=tuple(headers.ids(message, "In-Reply-To", "References")),
        subject=headers.words(message, "Subject"),
        text=clean(body),
        files=tuple(files),
        automatic=report is not None or robots.automatic(message, next(iter(senders), "")),
        report=report,
    )


def _inside(message: Message) -> tuple[str, list[File]]:
    """The words that its writer meant as the letter, and everything else as files."""
    plain: list[str] = []
    marked: list[str] = []
    files: list[File] = []
    for part in parts(message):
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            if part.is_multipart():
                continue
            # It says that it has parts and has none: its words are what is there.
            kind = "text/plain"
        if kind == "message/rfc822" and part.is_multipart():
            files.append(_enclosed(part, len(files)))
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            (plain if kind == "text/plain" else marked).append(_text(part))
        elif part.get_content_maintype() != "message" or not part.is_multipart():
            files.append(File(_name(part, kind, len(files)), kind, _bytes(part)))
    return _fuller("\n\n".join(plain).strip(), "\n\n".join(map(html_text.to_text, marked))), files


def _fuller(plain: str, seen: str) -> str:
    """Of two twins the plain one, unless it only says that the other should be read."""
    return seen if len(seen) > _FULLER * len(plain) else plain


def _is_file(part: Message) -> bool:
    disposition = headers.first(part, "Content-Disposition").strip().lower()
    return disposition.startswith("attachment") or bool(_given_name(part))


def _text(part: Message) -> str:
    return decode(_bytes(part), str(part.get_content_charset("") or ""))


def _bytes(part: Message) -> bytes:
    if headers.first(part, "Content-Transfer-Encoding").strip().lower() == "base64":
        return _mended(part.get_payload())
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _mended(payload: object) -> bytes:
    """As much of a broken base64 text as can be read; the library gives such a one back unread."""
    text = payload.encode("ascii", "replace") if isinstance(payload, str) else b""
    digits = _NO_BASE64.sub(b"", text)
    whole = len(digits) - (len(digits) % 4 == 1)
    return base64.b64decode(digits[:whole] + b"=" * (-whole % 4))


def _given_name(part: Message) -> str:
    try:
        name = str(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):  # RFC 2231 pieces that fit no word
        name = ""
    return line(headers.decoded(name), 120)


def _name(part: Message, kind: str, number: int) -> str:
    ending = mimetypes.guess_extension(kind) or ".bin"
    return _given_name(part) or f"part-{number + 1}{ending}"


def _enclosed(part: Message, number: int) -> File:
    """A mail inside the mail, as plain text; its own files stay in the raw mail alone."""
    inner = part.get_payload()
    found = inner[0] if isinstance(inner, list) and inner else part
    if not isinstance(found, Message):
        raise TypeError("an enclosed mail that is none")
    head = [f"{name}: {headers.words(found, name)}" for name in ("From", "Date", "Subject")]
    body, _files = _inside(found) if number < 3 else ("", [])
    text = clean("\n".join([*head, "", body]))
    return File(f"mail-{number + 1}.txt", "text/plain", text.encode())
