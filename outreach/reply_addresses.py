"""Addresses that lead an answer to its case: ``case+D-7KQ4M-19XZ2-4.<token>@bank.example``.

The token is an HMAC of the reference under the secret key: whoever has seen a reference cannot
make the address, and nothing is stored. A mail server that knows no ``+`` needs a catch-all.
"""

from __future__ import annotations

import base64
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from kernel import references

_SALT = "outreach.reply_addresses"
_TOKEN_LENGTH = 26  # 130 bits in base 32: small letters survive servers that fold their case


def of(reference: str) -> str:
    """The address of a case; empty when no address for answers is set."""
    name, _at, domain = settings.MAIL_ADDRESS.partition("@")
    if not domain:
        return ""
    return f"{name}+{reference.lower()}.{_token(reference, settings.SECRET_KEY)}@{domain}"


def read(address: str) -> str | None:
    """The reference that an address names, ``""`` when its token is false, ``None`` for others."""
    name, _at, domain = settings.MAIL_ADDRESS.lower().partition("@")
    local, _at, where = address.lower().partition("@")
    if not domain or where != domain or not local.startswith(f"{name}+"):
        return None
    typed, _dot, token = local.removeprefix(f"{name}+").rpartition(".")
    reference = references.tidy(typed)
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if reference and any(constant_time_compare(token, _token(reference, str(key))) for key in keys):
        return reference
    return ""


def own_domain() -> str:
    """The domain of our letters' message ids, in small letters."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower() or "localhost"


def _token(reference: str, key: str) -> str:
    mac = salted_hmac(_SALT, reference, secret=key, algorithm="sha256")
    return base64.b32encode(mac.digest()).decode().lower()[:_TOKEN_LENGTH]
