"""Rows in bulk: numbered here, sent to PostgreSQL by COPY."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

SPAN = 100_000  # numbers that each batch has of each model; far more than it needs


class Bulk:
    """Unsaved rows of any model: each gets its number when it comes, all leave at a flush.

    The database must be empty of these models before: the numbers of ``batch`` are its own.
    """

    def __init__(self, batch: int) -> None:
        self._numbers: dict[type[models.Model], itertools.count[int]] = defaultdict(
            lambda: itertools.count(batch * SPAN + 1)
        )
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)

    def add(self, row: Any) -> Any:
        """Number ``row`` and keep it for the flush; it may still be changed until then."""
        kind = type(row)
        row.pk = next(self._numbers[kind])
        self._rows[kind].append(row)
        return row

    def rows(self, kind: type[models.Model]) -> list[Any]:
        """The rows of one model that wait for the flush."""
        return self._rows[kind]

    def flush(self) -> None:
        """Send everything in one transaction; foreign keys are checked at its end."""
        with transaction.atomic():
            for kind, rows in self._rows.items():
                _copy(kind, rows)
        self._rows.clear()


def finish() -> None:
    """Let the sequences go on after the last number, and tell the planner what there is."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if isinstance(model._meta.pk, models.AutoField):
                table = model._meta.db_table
                cursor.execute(
                    sql.SQL(
                        "SELECT setval(pg_get_serial_sequence({name}, 'id'), max(id)) FROM {table}"
                    ).format(name=sql.Literal(table), table=sql.Identifier(table))
                )
        cursor.execute("VACUUM (ANALYZE, FREEZE)")
        cursor.execute("CHECKPOINT")


def _copy(kind: type[models.Model], rows: list[Any]) -> None:
    fields = kind._meta.concrete_fields
    names = [field.attname for field in fields]
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(kind._meta.db_table), columns)
    json = [isinstance(field, models.JSONField) for field in fields]
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row(
                [
                    Jsonb(values[name]) if is_json else _bare(values[name])
                    for name, is_json in zip(names, json, strict=True)
                ]
            )


def _bare(value: Any) -> Any:
    """Choices are enumerations in Python and plain values in the database."""
    return getattr(value, "value", value)
