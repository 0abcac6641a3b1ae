"""Mail of a test: a store and a mail address of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def mail_door(settings, tmp_path: Path) -> None:
    """Keep raw mail in a private folder; answers go to ``case@recourse.example``."""
    settings.STORAGES = {
        **settings.STORAGES,
        "mail": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "received", "file_permissions_mode": 0o600},
        },
    }
    settings.MAIL_ADDRESS = "case@recourse.example"
    settings.DEFAULT_FROM_EMAIL = "Example Bank <disputes@recourse.example>"
