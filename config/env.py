"""Read settings from the environment, or fail with a sentence that says what to set."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Read a string."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Read yes or no: 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """Read a list divided by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """Read names by names: ``us=OWN-US,gb-SCT=UK-SCT``."""
    found = {}
    for pair in words(name):
        key, divided, value = pair.partition("=")
        if not (key and divided and value):
            raise ImproperlyConfigured(f"{name}: write us=OWN-US,gb-SCT=UK-SCT, not {pair!r}")
        found[key.strip()] = value.strip()
    return found


def amounts(name: str, default: str = "") -> dict[str, int]:
    """Read amounts in minor units by currency: ``USD=50000,CNY=300000``."""
    found = {}
    for pair in words(name, default):
        currency, _, minor = pair.partition("=")
        if len(currency) != 3 or not minor.strip().isdigit():
            raise ImproperlyConfigured(
                f"{name} must look like USD=50000,CNY=300000 (minor units), not {pair!r}."
            )
        found[currency.upper()] = int(minor)
    return found


def secret(name: str, *, kept_in: Path | None) -> str:
    """Read a secret from the environment, or from a file that is made on first use.

    ``kept_in`` is that file, for the embedded default; ``None`` in production, where the secret
    must be set so that every machine shares it.
    """
    value = os.environ.get(name, "")
    if value:
        return value
    if kept_in is None:
        raise ImproperlyConfigured(f"Set {name} to a long random string: every machine shares it.")
    if not kept_in.exists():
        _make_secret(kept_in)
    return kept_in.read_text().strip()


def _make_secret(path: Path) -> None:
    """Write a new secret; of two processes that do so at once, one wins and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    mine.touch(mode=0o600)
    mine.write_text(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        path.hardlink_to(mine)
    mine.unlink()


def database(name: str, default: str) -> dict[str, object]:
    """Read a database URL: ``postgresql://user:pass@host:5432/name`` or ``sqlite:///path``."""
    url = urlsplit(text(name) or default)
    if url.scheme == "sqlite":
        # WAL lets readers read while one writes; IMMEDIATE takes the write lock at BEGIN, so two
        # writers queue instead of failing half-way with "database is locked".
        # Only with recursive triggers does REPLACE meet the ones that refuse a deletion.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    " PRAGMA recursive_triggers=ON;"
                ),
            },
        }
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.removeprefix("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": number("RECOURSE_DATABASE_KEEP_SECONDS", 600),
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"{name} must begin with postgresql:// or sqlite:///.")
