"""Migrations are complete and in one line, and the file that says which is last is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOMS = ("ledger", "accounts", "tickets", "disputes", "complaints", "outreach", "intake")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("room", ROOMS)
def test_history_is_one_line(room):
    graph = MigrationLoader(None).graph
    names = [node for node in graph.nodes if node[0] == room]

    assert len(graph.leaf_nodes(room)) == 1
    assert len(graph.root_nodes(room)) == 1
    for name in names:
        assert len([one for one in graph.node_map[name].children if one[0] == room]) <= 1


@pytest.mark.parametrize("room", ROOMS)
def test_max_migration_names_the_last(room):
    folder = Path(apps.get_app_config(room).path) / "migrations"
    last = MigrationLoader(None).graph.leaf_nodes(room)[0][1]

    assert (folder / "max_migration.txt").read_text().strip() == last
