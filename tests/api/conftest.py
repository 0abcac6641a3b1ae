"""What the API's tests share: clients with real tokens, an empty rate counter."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import Cardholder, CardTransaction
from tests import make

_keys = itertools.count(1)


@pytest.fixture(autouse=True)
def rested() -> None:
    cache.clear()
    # A request in Chinese leaves the thread speaking it.
    translation.activate("en")


class Caller(APIClient):
    """A client with a token, which sends a key of its own with each POST."""

    def post(self, path: str, data: Any = None, **extra: Any) -> Any:
        extra.setdefault("HTTP_IDEMPOTENCY_KEY", f"key-{next(_keys)}")
        return super().post(path, data, **extra)


def caller(holder: Cardholder) -> Caller:
    client = Caller()
    client.credentials(
        HTTP_AUTHORIZATION=f"Bearer {tokens.issue(holder.external_ref, at=timezone.now())}"
    )
    return client


def system(*scopes: str) -> Caller:
    client = Caller()
    token = tokens.issue("core", at=timezone.now(), kind="integrator", scopes=scopes)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def holder(db) -> Cardholder:
    return make.cardholder()


@pytest.fixture
def charge(holder) -> CardTransaction:
    return make.transaction(make.account(holder))


@pytest.fixture
def me(holder) -> Caller:
    return caller(holder)


def claim(row: CardTransaction, **fields: Any) -> dict[str, Any]:
    """A dispute of the whole of ``row``, as an app sends it."""
    item = {"transaction": row.external_ref, "amount": row.amount_minor, "currency": row.currency}
    return {
        "reason": "duplicate", "items": [item], "answers": {"twin_posting": "tx-twin"},
        "story": "Please look at this.", **fields,
    }  # fmt: skip
