"""Signing in at the desk, and what every page of it is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import make


@pytest.fixture(autouse=True)
def plain_static_files(settings, private_folders):
    """Pages name the files as they lie in the source; nothing is collected for a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def sign_in(db) -> Callable[..., Client]:
    """Sign in a new colleague of these departments; the client carries them as ``user``."""

    def enter(*departments: str, user: User | None = None, **fields: object) -> Client:
        client = Client()
        client.user = user or make.staff(*departments, **fields)
        client.force_login(client.user)
        return client

    return enter
