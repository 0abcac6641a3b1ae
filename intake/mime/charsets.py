"""Bytes of a mail become text. Labels lie, so each is mapped to what real mail means by it."""

from __future__ import annotations

from contextlib import suppress

# By the label as senders write it: Python's codec. A label that is not here is unknown; so are
# Python's own oddities (unicode_escape, punycode, rot13), which are no charsets of mail.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "utf_8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-16"),
    # GB 18030 holds both older sets, whose labels stand on mail that needs the newer one.
    **dict.fromkeys(
        ("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "euc-cn"), "gb18030"
    ),
    **dict.fromkeys(("hz", "hz-gb-2312"), "hz"),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2"), "iso2022_jp_2"),
    "iso-2022-kr": "iso2022_kr",
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    "euc-jp": "euc_jp",
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "cp949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "l1", "us-ascii", "ascii", "ansi"), "cp1252"),
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (*range(2, 12), 13, 14, 15, 16)},
    **{f"windows-125{part}": f"cp125{part}" for part in range(9)},
    **{f"cp125{part}": f"cp125{part}" for part in range(9)},
    **dict.fromkeys(("koi8-r", "koi8-u"), "koi8-u"),
    **dict.fromkeys(("tis-620", "windows-874"), "cp874"),
    "macintosh": "mac-roman",
}
REFUSED = frozenset({"utf-7", "utf7", "unicode-1-1-utf-7", "utf-7-imap", "x-unicode-2-0-utf-7"})


class CharsetRefused(ValueError):
    """UTF-7: no sender needs it, and it hides markup from whoever looks for it."""


def decode(content: bytes, label: str = "") -> str:
    """Return the text of ``content``; what cannot be read becomes U+FFFD, and nothing is lost.

    UTF-8 is tried first where the label says less than it (ASCII, Latin-1, none, unknown): bytes
    that are valid UTF-8 by chance are rare.

    Raises:
        CharsetRefused: the label is UTF-7.
    """
    name = label.strip().strip("\"'").lower()
    if name in REFUSED:
        raise CharsetRefused(name)
    codec = _CODECS.get(name, "")
    if codec in {"", "cp1252"} and name != "windows-1252":
        with suppress(UnicodeDecodeError):
            return content.decode()
    if codec:
        return _tried(content, codec)
    return _guessed(content)


def _tried(content: bytes, codec: str) -> str:
    with suppress(UnicodeDecodeError):
        return content.decode(codec)
    with suppress(UnicodeDecodeError):
        return content.decode()
    return content.decode(codec, errors="replace")


def _guessed(content: bytes) -> str:
    """No label helps: Chinese when it reads as Chinese throughout, else Western."""
    with suppress(UnicodeDecodeError):
        text = content.decode("gb18030")
        far = [char for char in text if ord(char) > 0x7F]
        if far and sum("\u4e00" <= char <= "\u9fff" for char in far) * 2 > len(far):
            return text
    return content.decode("cp1252", errors="replace")
