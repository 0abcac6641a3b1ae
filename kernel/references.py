"""Case references: unguessable, readable on the phone, with a check character."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O, U, so nothing is misread or spells a word.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_SEPARATORS = str.maketrans("", "", "- ")
_LENGTH = 10  # 50 bits: a guess hits one of a million cases once in a thousand million tries


def new(prefix: str) -> str:
    """Make a reference such as ``D-7KQ4M-19XZ2-4``: prefix, ten random characters, a check."""
    bits = secrets.randbits(5 * _LENGTH)
    body = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(_LENGTH))
    return f"{prefix}-{body[:5]}-{body[5:]}-{_check(body)}"


def tidy(text: str) -> str | None:
    """Read a reference as people type it; ``None`` when it cannot be one.

    Case, spaces, hyphens and the usual misreadings (O for 0, I for 1) are mended; a wrong check
    character is refused, so a slip of one character never opens another case.
    """
    typed = "".join(text.split()).upper().translate(_SEPARATORS)
    prefix, body = typed[: -_LENGTH - 1], typed[-_LENGTH - 1 :].translate(_MISREAD)
    if not (prefix.isascii() and prefix.isalpha()) or set(body) - set(_ALPHABET):
        return None
    if _check(body[:-1]) != body[-1]:
        return None
    return f"{prefix}-{body[:5]}-{body[5:10]}-{body[10]}"


def _check(body: str) -> str:
    # A checksum over the field of 32 elements: each place weighs another power of two, so every
    # single slip and every swap of two characters shows. No sum modulo 31 does that for an
    # alphabet of 32: it cannot tell 0 from Z.
    total = 0
    for char in body:
        total = _doubled(total ^ _ALPHABET.index(char))
    return _ALPHABET[total]


def _doubled(element: int) -> int:
    """Twice ``element`` in the field of 32 elements (polynomial x⁵ + x² + 1)."""
    return (element << 1) ^ (0b100101 if element & 0b10000 else 0)
