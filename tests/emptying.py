"""Emptying a database whose history refuses to be deleted, after tests that committed.

Django flushes after such a test; the triggers of append-only tables stand aside meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def forgetful_history() -> Iterator[None]:
    """Let Django flush the database while this lasts."""
    # Of the class: whoever flushes may have another connection object than who asks here.
    operations = type(connection.ops)
    real = operations.execute_sql_flush

    def without_triggers(self: Any, statements: list[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            kept = _triggers(cursor)
            for drop, _again in kept:
                cursor.execute(drop)
        real(self, statements)
        with transaction.atomic(), connection.cursor() as cursor:
            for _drop, again in kept:
                cursor.execute(again)

    operations.execute_sql_flush = without_triggers
    try:
        yield
    finally:
        operations.execute_sql_flush = real


def _triggers(cursor: Any) -> list[tuple[str, str]]:
    """The triggers of the database, each as what drops it and what makes it again."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        return [
            (
                f"ALTER TABLE {table} DISABLE TRIGGER USER",
                f"ALTER TABLE {table} ENABLE TRIGGER USER",
            )
            for (table,) in cursor.fetchall()
        ]
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return [(f"DROP TRIGGER {name}", statement) for name, statement in cursor.fetchall()]
