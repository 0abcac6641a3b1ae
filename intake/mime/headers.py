"""Header lines as they arrived, decoded without trusting any of them.

The parser's own header objects raise on real mail, so the lines are read as they came.
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from intake.mime.charsets import REFUSED, CharsetRefused, decode
from intake.mime.clean import line

# In one header line; longer ones are an attack on the reader.
_LONGEST = 10_000
_ID = re.compile(r"<([^<>\s]{1,250})>")
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[a-z0-9.-]{1,253}")
_ENCODED = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?]*)?\?[bq]\?", re.IGNORECASE)


def every(message: Message, name: str) -> list[str]:
    """Each line of this name, unfolded, with its raw bytes decoded; encoded words still stand."""
    wanted = name.lower()
    return [
        _unfolded(str(value)) for key, value in message.raw_items() if key.lower() == wanted
    ]  # fmt: skip


def first(message: Message, name: str) -> str:
    """The first line of this name, or empty."""
    return next(iter(every(message, name)), "")


def words(message: Message, name: str, longest: int = 200) -> str:
    """What a person would read in a header (a subject, a name).

    Raises:
        CharsetRefused: part of it is UTF-7.
    """
    return line(decoded(first(message, name)), longest)


def ids(message: Message, *names: str) -> list[str]:
    """The message ids that stand in these headers, without their brackets."""
    return [found for name in names for one in every(message, name) for found in _ID.findall(one)]


def addresses(message: Message, *names: str) -> list[str]:
    """The plain addresses in these headers, small letters; what is no address is left out."""
    lines = [one for name in names for one in every(message, name)]
    try:
        pairs = getaddresses(lines)
    except (MessageError, ValueError, IndexError, RecursionError):
        return []
    found = [address.strip().lower() for _name, address in pairs]
    return list(dict.fromkeys(one for one in found if _ADDRESS.fullmatch(one)))


def _unfolded(value: str) -> str:
    raw = value[:_LONGEST].encode("utf-8", "surrogateescape")
    return " ".join(decode(raw).split())


def decoded(text: str) -> str:
    """Resolve encoded words (RFC 2047), also where they should not stand, as in file names.

    Raises:
        CharsetRefused: one of them is UTF-7.
    """
    if any(label.lower() in REFUSED for label in _ENCODED.findall(text)):
        raise CharsetRefused("utf-7")
    try:
        pairs = decode_header(text)
    except (MessageError, ValueError, IndexError):  # an encoded word that is none
        return text
    # Encoded words of one label may divide a character between them; the library has joined them.
    return "".join(
        part if isinstance(part, str) else decode(part, label or "") for part, label in pairs
    )
