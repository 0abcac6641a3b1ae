"""Bearer tokens: signed by the issuer's identity provider or, by default, by the desk itself.

Both are the same kind of JSON Web Token, so an app does not notice which one it holds. ``sub`` is
the cardholder's reference at the issuer. A token of the issuer's own systems says in
``client_id`` what it says in ``sub`` (RFC 9068, section 2.2): no person stands behind it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from kernel.errors import NotNow

Kind = Literal["cardholder", "integrator"]
SCOPES = ("facts:write", "cases:read")

_OWN_ALGORITHMS = ["EdDSA"]
# Public keys only: with "none" or a shared secret anybody could sign in the provider's name.
_PROVIDER_ALGORITHMS = ["EdDSA", "ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "PS384"]
_CLOCK_SKEW_SECONDS = 10
_LONGEST = 8_192  # characters; a token that is longer is none of ours


class Refused(Exception):
    """The token proves nothing."""


@dataclass(frozen=True)
class Claims:
    """What a token proves: whose it is, and what it may be used for."""

    subject: str
    kind: Kind
    scopes: frozenset[str] = frozenset()


def issue(
    subject: str,
    *,
    at: datetime,
    kind: Kind = "cardholder",
    scopes: Iterable[str] = (),
    lifetime: timedelta = timedelta(hours=1),
) -> str:
    """Sign a token for ``subject``: a cardholder's reference, or the name of a system."""
    claims: dict[str, Any] = {
        "iss": settings.TOKEN_ISSUER,
        "aud": settings.TOKEN_AUDIENCE,
        "sub": subject,
        "iat": at,
        "exp": at + lifetime,
        "jti": secrets.token_urlsafe(12),
    }
    if kind == "integrator":
        claims |= {"client_id": subject, "scope": " ".join(scopes)}
    return jwt.encode(claims, _own_key(), algorithm="EdDSA")


def read(token: str) -> Claims:
    """Check the signature, the issuer, the audience and the expiry of ``token``.

    Raises:
        Refused: any of them is wrong, or it is no token at all.
        NotNow: the identity provider's keys cannot be read.
    """
    if len(token) > _LONGEST:
        raise Refused
    try:
        key, algorithms = _key_for(token)
        claims = jwt.decode(
            token, key, algorithms=algorithms,
            issuer=settings.TOKEN_ISSUER, audience=settings.TOKEN_AUDIENCE,
            leeway=_CLOCK_SKEW_SECONDS, options={"require": ["exp", "iss", "aud", "sub"]},
        )  # fmt: skip
    except jwt.PyJWKClientConnectionError as error:
        raise NotNow(
            "identity_provider_silent", _("You cannot be signed in just now. Try again in a while.")
        ) from error
    except jwt.PyJWTError as error:
        raise Refused from error
    return _claims(claims)


def _claims(claims: dict[str, Any]) -> Claims:
    subject, scope = claims["sub"], claims.get("scope", "")
    # A subject that no text column can hold would fail in the database, loudly.
    if not subject or not subject.isprintable() or not isinstance(scope, str):
        raise Refused
    kind: Kind = "integrator" if claims.get("client_id") == subject else "cardholder"
    return Claims(subject, kind, frozenset(scope.split()))


def _key_for(token: str) -> tuple[Any, list[str]]:
    if settings.TOKEN_JWKS_URL:
        key_set = _key_set(settings.TOKEN_JWKS_URL)
        return key_set.get_signing_key_from_jwt(token).key, _PROVIDER_ALGORITHMS
    return _own_key().public_key(), _OWN_ALGORITHMS


@cache
def _key_set(url: str) -> jwt.PyJWKClient:
    """The provider's keys: read anew after five minutes, or half a minute for one that is new."""
    return jwt.PyJWKClient(url, timeout=5)


def _own_key() -> Ed25519PrivateKey:
    return _load(Path(settings.TOKEN_KEY_FILE))


@lru_cache(maxsize=4)
def _load(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds another kind of key than Ed25519.")
    return key


def _make(path: Path) -> None:
    """Write a new key. Of two processes that do so at once, one wins and both read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    mine = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        # A link appears whole or not at all, and never in the place of another.
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
