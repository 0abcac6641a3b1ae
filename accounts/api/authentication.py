"""The bearer token of each request."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import tokens
from accounts.api.principals import Principal
from accounts.models import Cardholder


class BearerToken(BaseAuthentication):
    """``Authorization: Bearer …``, checked by ``accounts.tokens``."""

    def authenticate(self, request: Request) -> tuple[Principal, str] | None:
        """Name the caller; ``None`` when no token was sent at all."""
        scheme, _space, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        try:
            text = token.decode("ascii").strip()
            return _principal(tokens.read(text)), text
        except (tokens.Refused, UnicodeDecodeError):
            # One sentence for every cause: a forger learns nothing from it.
            raise AuthenticationFailed(
                _("This token is not valid, or not any more. Sign in again.")
            ) from None

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for (RFC 6750)."""
        sent = bool(get_authorization_header(request))
        return 'Bearer realm="recourse"' + (', error="invalid_token"' if sent else "")


def _principal(claims: tokens.Claims) -> Principal:
    if claims.kind == "integrator":
        return Principal("integrator", claims.subject[:80], scopes=claims.scopes)
    try:
        holder = Cardholder.objects.get(external_ref=claims.subject)
    except Cardholder.DoesNotExist:
        raise tokens.Refused from None
    return Principal("cardholder", claims.subject, holder, claims.scopes)
