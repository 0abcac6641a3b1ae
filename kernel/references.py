"""Case references: unguessable, readable on the phone, with a check character."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O, U, so nothing is misread or spells a word.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_LENGTH = 10  # 50 bits: a guess hits one of a million cases once in a thousand million tries


def new(prefix: str) -> str:
    """Make a reference such as ``D-7KQ4M-19XZ2-4``: prefix, ten random characters, a check."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{prefix}-{body[:5]}-{body[5:]}-{_check(body)}"


def tidy(text: str) -> str | None:
    """Read a reference as people type it; ``None`` when it cannot be one.

    Case, spaces and the usual misreadings (O for 0, I for 1) are mended; a wrong check
    character is refused, so a slip of one character never opens another case.
    """
    prefix, _, rest = text.strip().upper().partition("-")
    body = rest.replace("-", "").replace(" ", "").translate(_MISREAD)
    if not prefix.isalpha() or len(body) != _LENGTH + 1 or set(body) - set(_ALPHABET):
        return None
    if _check(body[:-1]) != body[-1]:
        return None
    return f"{prefix}-{body[:5]}-{body[5:10]}-{body[10]}"


def _check(body: str) -> str:
    # Weights from 2 up, all odd ones coprime to 32 are not needed: prime 31 keeps every
    # single slip and every swap of neighbours visible.
    total = sum((place + 2) * _ALPHABET.index(char) for place, char in enumerate(body))
    return _ALPHABET[total % 31]
