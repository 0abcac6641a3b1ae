from __future__ import annotations

import base64
import json
import stat
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import tokens
from tests import make
from tests.api.conftest import caller, system

URL = "/api/v1/disputes"
pytestmark = pytest.mark.django_db


def ask(token: str | None, scheme: str = "Bearer") -> Any:
    client = APIClient()
    if token is not None:
        client.credentials(HTTP_AUTHORIZATION=f"{scheme} {token}")
    return client.get(URL)


def claims(holder: Any, **changes: Any) -> dict[str, Any]:
    now = timezone.now()
    found = {
        "iss": "https://recourse.example/", "aud": "recourse", "sub": holder.external_ref,
        "iat": now, "exp": now + timedelta(hours=1), **changes,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def own_key(settings) -> Any:
    tokens.issue("x", at=timezone.now())
    return serialization.load_pem_private_key(settings.TOKEN_KEY_FILE.read_bytes(), None)


def test_own_key_is_made_once_and_nobody_else_may_read_it(settings):
    first = tokens.issue("ch-1", at=timezone.now())
    key = settings.TOKEN_KEY_FILE.read_bytes()
    tokens.issue("ch-2", at=timezone.now())

    assert settings.TOKEN_KEY_FILE.read_bytes() == key
    assert stat.S_IMODE(settings.TOKEN_KEY_FILE.stat().st_mode) == 0o600
    assert [path.name for path in settings.TOKEN_KEY_FILE.parent.glob("token_key*")] == [
        "token_key.pem"
    ]
    assert jwt.get_unverified_header(first) == {"alg": "EdDSA", "typ": "JWT"}
    assert tokens.read(first) == tokens.Claims("ch-1", "cardholder")


def test_missing_token_is_asked_for():
    for answer in (ask(None), ask("dXNlcjpwYXNz", scheme="Basic")):
        assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")
        assert answer["WWW-Authenticate"].startswith('Bearer realm="recourse"')
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1}, {"exp": None}, {"iss": "https://elsewhere.example/"}, {"iss": None},
        {"aud": "another"}, {"aud": None}, {"sub": "nobody-here"}, {"sub": None}, {"sub": ""},
        {"sub": 7}, {"sub": "a\x00b"}, {"nbf": 9_999_999_999}, {"scope": ["facts:write"]},
    ],
)  # fmt: skip
def test_token_that_proves_nothing_is_refused(settings, changes):
    holder = make.cardholder()
    token = jwt.encode(claims(holder, **changes), own_key(settings), "EdDSA")

    answer = ask(token)

    assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")
    assert answer["WWW-Authenticate"] == 'Bearer realm="recourse", error="invalid_token"'


def unsigned(holder: Any) -> str:
    body = {name: int(value.timestamp()) if hasattr(value, "timestamp") else value
            for name, value in claims(holder).items()}  # fmt: skip
    parts = [{"alg": "none", "typ": "JWT"}, body]
    packed = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*packed, b""]).decode()


def secret_of_the_public_key(holder: Any, key: Any) -> str:
    """HS256 with our public key as the secret: the oldest trick."""
    public = key.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )  # fmt: skip
    return jwt.encode(claims(holder), public, "HS256")


def test_unsigned_and_foreign_and_garbled_tokens_are_refused(settings):
    holder = make.cardholder()
    good = tokens.issue(holder.external_ref, at=timezone.now())
    head, body, signature = good.split(".")

    forged = [
        unsigned(holder),
        jwt.encode(claims(holder), Ed25519PrivateKey.generate(), "EdDSA"),
        secret_of_the_public_key(holder, own_key(settings)),
        jwt.encode(claims(holder), ec.generate_private_key(ec.SECP256R1()), "ES256"),
        f"{head}.{body}.{signature[::-1]}",
        f"{head}.{body}x.{signature}",
        "garbled", "", "a.b.c", "x" * 9_000, "käse",
    ]  # fmt: skip
    for token in forged:
        answer = ask(token)
        assert answer.status_code == 401, token
        assert answer.json()["code"] == "token_refused", token
    assert ask(good).status_code == 200


def test_each_kind_of_caller_keeps_to_its_own_paths():
    person, machine = caller(make.cardholder()), system("facts:write", "cases:read")

    for path in (URL, "/api/v1/cases", "/api/v1/transactions", "/api/v1/statements"):
        assert machine.get(path).status_code == 403
    assert person.put("/api/v1/facts/cardholders/x", {}).status_code == 403
    assert person.get("/api/v1/accounts/x/restrictions").status_code == 403
    assert person.get("/api/v1/accounts/x/acts/collect").status_code == 403


def test_scope_of_one_path_opens_no_other():
    assert system("cases:read").put("/api/v1/facts/cardholders/x", {}).status_code == 403
    assert system("facts:write").get("/api/v1/accounts/x/restrictions").status_code == 403
    assert system("facts:write").get("/api/v1/accounts/x/acts/report").status_code == 403
    assert system().put("/api/v1/facts/cardholders/x", {}).status_code == 403


def test_cardholder_with_a_scope_of_systems_stays_a_cardholder(settings):
    holder = make.cardholder()
    token = jwt.encode(claims(holder, scope="facts:write"), own_key(settings), "EdDSA")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    assert client.put("/api/v1/facts/cardholders/x", {}).status_code == 403
    assert client.get(URL).status_code == 200


def test_command_prints_a_token_that_works(capsys):
    holder = make.cardholder()

    call_command("issue_token", holder.external_ref)
    person = capsys.readouterr().out.strip()
    call_command("issue_token", integrator="core", scope=["facts:write"])
    machine = tokens.read(capsys.readouterr().out.strip())

    assert ask(person).status_code == 200
    assert machine == tokens.Claims("core", "integrator", frozenset({"facts:write"}))


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        ([], {}, "Name a cardholder"),
        (["ch"], {"integrator": "core"}, "Name a cardholder"),
        (["nobody"], {}, "There is no cardholder 'nobody'"),
        (["nobody"], {"scope": ["facts:write"]}, "--scope belongs to --integrator"),
        ([], {"integrator": "core", "hours": 0}, "--hours must be 1 or more"),
    ],
)
def test_command_says_what_is_wrong(arguments, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("issue_token", *arguments, **options)


class Provider:
    """An identity provider: a key set behind HTTP, and how often it was fetched."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {}
        self.fetched = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.fetched += 1
                body = json.dumps({"keys": [provider.public(kid) for kid in provider.keys]})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jwks"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def public(self, kid: str) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.keys[kid].public_key(), as_dict=True)
        return {**key, "kid": kid, "use": "sig", "alg": "RS256"}

    def add(self, kid: str) -> None:
        self.keys[kid] = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, kid: str, holder: Any, key: Any = None, algorithm: str = "RS256") -> str:
        return jwt.encode(
            claims(holder), key or self.keys[kid], algorithm, headers={"kid": kid}
        )  # fmt: skip


@pytest.fixture
def provider(settings):
    found = Provider()
    found.add("one")
    settings.TOKEN_JWKS_URL = found.url
    yield found
    found.server.shutdown()


def test_provider_signs_in_and_its_keys_are_fetched_once(provider):
    holder = make.cardholder()

    answers = [ask(provider.sign("one", holder)).status_code for _time in range(5)]

    assert answers == [200] * 5
    assert provider.fetched == 1


def test_with_a_provider_our_own_signature_is_worth_nothing(provider, settings):
    holder = make.cardholder()
    own = jwt.encode(claims(holder), own_key(settings), "EdDSA", headers={"kid": "one"})
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert ask(own).status_code == 401
    assert ask(provider.sign("one", holder, key=other)).status_code == 401
    assert ask(unsigned(holder)).status_code == 401
    with pytest.raises(CommandError, match="identity provider"):
        call_command("issue_token", holder.external_ref)


def test_new_key_of_the_provider_is_found_within_half_a_minute(provider):
    holder = make.cardholder()
    ask(provider.sign("one", holder))
    provider.add("two")
    too_soon = ask(provider.sign("two", holder)).status_code

    tokens._key_set(provider.url)._last_successful_fetch -= 30
    in_time = ask(provider.sign("two", holder)).status_code

    assert (too_soon, in_time, provider.fetched) == (401, 200, 2)


def test_silent_provider_is_not_the_callers_fault(settings):
    settings.TOKEN_JWKS_URL = "http://127.0.0.1:9/jwks"
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    token = jwt.encode(claims(make.cardholder()), other, "RS256", headers={"kid": "one"})

    answer = ask(token)

    assert (answer.status_code, answer.json()["code"]) == (503, "identity_provider_silent")
    assert answer.json()["retryable"] is True
