"""Migration operations that make the database itself refuse to change history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.migrations import RunPython

_REFUSAL = "{table} is append-only"


def append_only(table: str, *, mutable: Iterable[str] = (), when: str = "FALSE") -> RunPython:
    """Refuse DELETE on ``table``, and UPDATE except of ``mutable`` columns while ``when`` holds.

    ``when`` is SQL over OLD and NEW that both databases understand. TRUNCATE is refused on
    PostgreSQL; SQLite has none. Whoever owns the table can still drop the trigger: production
    runs the desk under a role that does not (``docs/operating.md``).
    """
    columns = tuple(mutable)

    def forward(apps: Any, schema_editor: Any) -> None:
        build = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in build(table, _kept_columns(schema_editor, table, columns), when):
            schema_editor.execute(statement)

    def backward(apps: Any, schema_editor: Any) -> None:
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {table}_no_delete" + _on(schema_editor, table)
        )
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {table}_no_update" + _on(schema_editor, table)
        )
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")

    return RunPython(forward, backward)


def _on(schema_editor: Any, table: str) -> str:
    return f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""


def _kept_columns(schema_editor: Any, table: str, mutable: tuple[str, ...]) -> list[str]:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in found if column.name not in mutable]


def _postgresql(table: str, kept: list[str], when: str) -> list[str]:
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in kept)
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL.format(table=table)}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN (NOT ({when}) OR {changed}) EXECUTE FUNCTION {table}_refuse()",
    ]


def _sqlite(table: str, kept: list[str], when: str) -> list[str]:
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    raise_ = f"SELECT RAISE(ABORT, '{_REFUSAL.format(table=table)}');"
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {raise_} END",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"WHEN NOT ({when}) OR {changed} BEGIN {raise_} END",
    ]
