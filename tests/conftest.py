"""What every test shares: a private folder for files, mail in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emptying import forgetful_history
from tests.services import pytest_runtest_setup, pytest_terminal_summary

__all__ = [
    "private_folders", "pytest_runtest_setup", "pytest_terminal_summary", "shipped_calendars",
]  # fmt: skip


@pytest.fixture(autouse=True)
def private_folders(settings, tmp_path: Path) -> None:
    """Keep what a test writes in a folder of its own."""
    settings.TOKEN_KEY_FILE = tmp_path / "token_key.pem"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.POST_SPOOL = tmp_path / "post"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
        # Names with a hash need `collectstatic`, which no test waits for.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def shipped_calendars() -> None:
    """No test meets a calendar that another has loaded, nor pays for the look at the table."""
    from tickets import calendars

    calendars.forget()


@pytest.fixture(scope="session", autouse=True)
def history_can_be_emptied() -> Iterator[None]:
    """After a test that commits Django flushes; append-only triggers stand aside for that alone."""
    with forgetful_history():
        yield
