"""Rows in bulk: numbered here, sent to PostgreSQL by COPY."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb


class Bulk:
    """Unsaved rows of any model: each gets its number when it comes, all leave at a flush.

    The database must be empty of these models before: numbers begin at one.
    """

    def __init__(self) -> None:
        self._numbers: dict[type[models.Model], itertools.count[int]] = defaultdict(
            lambda: itertools.count(1)
        )
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.written: dict[type[models.Model], int] = defaultdict(int)

    def add(self, row: Any) -> Any:
        """Number ``row`` and keep it for the next flush; it may still be changed until then."""
        kind = type(row)
        row.pk = next(self._numbers[kind])
        self._rows[kind].append(row)
        return row

    def flush(self) -> None:
        """Send everything in one transaction; foreign keys are checked at its end."""
        with transaction.atomic():
            for kind, rows in self._rows.items():
                _copy(kind, rows)
                self.written[kind] += len(rows)
        self._rows.clear()

    def finish(self) -> None:
        """Let the sequences go on after the last number, and tell the planner what there is."""
        with connection.cursor() as cursor:
            for kind, written in self.written.items():
                table = kind._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {written})")
            cursor.execute("VACUUM (ANALYZE, FREEZE)")
            cursor.execute("CHECKPOINT")


def _copy(kind: type[models.Model], rows: list[Any]) -> None:
    fields = kind._meta.concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    plain = [isinstance(field, models.JSONField) for field in fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{kind._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            values = row.__dict__
            copy.write_row(
                [
                    Jsonb(values[name]) if json else _bare(values[name])
                    for name, json in zip(names, plain, strict=True)
                ]
            )


def _bare(value: Any) -> Any:
    """Choices are enumerations in Python and plain values in the database."""
    return getattr(value, "value", value)
