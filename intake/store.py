"""Where raw mail lies: a storage of its own, readable by the server's own user alone."""

from __future__ import annotations

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


def _storage() -> Storage:
    return storages["mail"]


def put(content: bytes) -> str:
    """Keep bytes under a name by chance. Raises OSError."""
    token = uuid.uuid4().hex
    return _storage().save(f"{token[:2]}/{token}.eml", ContentFile(content))


def get(name: str) -> bytes:
    """The bytes as they came. Raises OSError."""
    with _storage().open(name) as file:
        content: bytes = file.read()
    return content


def drop(name: str) -> None:
    """Erase them for good; a name that is gone already is fine."""
    _storage().delete(name)


def there(name: str) -> bool:
    """Say whether the bytes are still there."""
    return _storage().exists(name)
