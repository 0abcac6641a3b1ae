"""The benchmark's databases: on this machine only, seeded once, copied for each run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

DEFAULT = "postgresql://postgres@127.0.0.1:5432/recourse_bench"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Dates age: what was filed in time when it was seeded is late some weeks after.
FRESH_FOR = timedelta(days=7)
ROOT = Path(__file__).resolve().parent.parent


class Refused(Exception):
    """The benchmark does not go near this database."""


@dataclass(frozen=True)
class Database:
    """A database by its URL."""

    url: str

    @classmethod
    def chosen(cls) -> Database:
        """The one in the environment, or the default.

        Raises:
            Refused: it is not PostgreSQL on this machine.
        """
        url = os.environ.get("RECOURSE_DATABASE_URL") or DEFAULT
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or parts.hostname not in LOOPBACK:
            raise Refused(
                "The benchmark writes millions of rows: RECOURSE_DATABASE_URL must name PostgreSQL "
                f"on this machine (127.0.0.1), such as {DEFAULT}."
            )
        return cls(url)

    @property
    def name(self) -> str:
        """Its name."""
        return unquote(urlsplit(self.url).path.removeprefix("/"))

    def named(self, name: str) -> Database:
        """Another database of the same server."""
        return replace(self, url=urlunsplit(urlsplit(self.url)._replace(path=f"/{name}")))

    def seed(self, cases: int) -> Database:
        """The database that holds ``cases`` seeded cases; only this program makes and drops it."""
        return self.named(f"{self.name}_{cases}")

    @contextmanager
    def server(self) -> Iterator[psycopg.Connection]:
        """A connection to the server, beside every database of ours."""
        with psycopg.connect(self.named("postgres").url, autocommit=True) as connection:
            yield connection

    def exists(self) -> bool:
        """Say whether there is such a database."""
        with self.server() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return found.fetchone() is not None

    def make(self, template: Database | None = None) -> None:
        """Make it, empty or as a copy."""
        self.drop()
        order = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name))
        if template is not None:
            order += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(template.name)
            )
        with self.server() as connection:
            connection.execute(order)
            connection.execute("CHECKPOINT")

    def drop(self) -> None:
        """Drop it if it is there, and end who is still connected to it."""
        with self.server() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )

    def sign(self) -> None:
        """Write down that the seed is whole, when, and under which schema."""
        words = f"{_schema()} {datetime.now(UTC).isoformat(timespec='seconds')}"
        with self.server() as connection:
            connection.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                    sql.Identifier(self.name), sql.Literal(words)
                )
            )

    def usable(self) -> bool:
        """Say whether a whole seed of this schema is there, not older than its dates allow."""
        with self.server() as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [self.name],
            ).fetchone()
        schema, _, made_at = (found[0] if found and found[0] else "").partition(" ")
        if schema != _schema():
            return False
        return datetime.now(UTC) - datetime.fromisoformat(made_at) < FRESH_FOR


def _schema() -> str:
    """One word for the migrations and the seed's own code."""
    digest = hashlib.sha256()
    found = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("benchmarks/seed/*.py")]
    for path in sorted(found):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
