"""Decode a file line by line, so that a wrong encoding is reported where it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from kernel.errors import Unfit

_LONGEST_BYTES = 1_048_576
_MARK = b"\xef\xbb\xbf"


class Lines(Iterator[str]):
    """The lines of ``handle``, decoded; ``number`` is that of the last one given out.

    Neither UTF-8 nor GB18030 has a line feed inside a character, so lines may be cut first.
    """

    def __init__(self, handle: BinaryIO, encoding: str, advance: Callable[[int], object]) -> None:
        self.number = 0
        self._handle = handle
        self._encoding = encoding
        self._advance = advance

    def __next__(self) -> str:
        raw = self._handle.readline(_LONGEST_BYTES + 1)
        if not raw:
            raise StopIteration
        self.number += 1
        self._advance(len(raw))
        if len(raw) > _LONGEST_BYTES:
            raise Unfit("line_too_long", _("The line is longer than a megabyte."))
        return decode(raw.removeprefix(_MARK) if self.number == 1 else raw, self._encoding)


def decode(raw: bytes, encoding: str) -> str:
    """Decode, or say which encoding would be the right one.

    Raises:
        Unfit: the bytes are not in ``encoding``.
    """
    if encoding != "utf-8" and _is_utf8(raw):
        raise Unfit(
            "encoding_wrong",
            _("This is UTF-8, not %(encoding)s: leave --encoding out.") % {"encoding": encoding},
        )
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        sentence = _(
            "This is not %(encoding)s. Say --encoding gb18030 if the file is Chinese text."
        )
        raise Unfit("encoding_wrong", sentence % {"encoding": encoding}) from None


def _is_utf8(raw: bytes) -> bool:
    """Text in another encoding is hardly ever valid UTF-8 with characters of three bytes."""
    try:
        return sum(char >= "\u0800" for char in raw.decode("utf-8")) >= 2
    except UnicodeDecodeError:
        return False
