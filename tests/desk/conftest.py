"""Signing in at the desk, and what every page of it is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import make


@pytest.fixture
def sign_in(db) -> Callable[..., Client]:
    """Sign in a new colleague of these departments; the client carries them as ``user``."""

    def enter(*departments: str, user: User | None = None, **fields: object) -> Client:
        client = Client()
        client.user = user or make.staff(*departments, **fields)
        client.force_login(client.user)
        return client

    return enter
