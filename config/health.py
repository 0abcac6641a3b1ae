"""Is the server there, and can it do its work? For the load balancer, without secrets."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect


def home(_request: HttpRequest) -> HttpResponseRedirect:
    """Send people to the desk."""
    return redirect("admin:index")


def alive(_request: HttpRequest) -> JsonResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer that the database is there and migrated."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return JsonResponse({"status": "migrations missing", "count": len(waiting)}, status=503)
    return JsonResponse({"status": "ready"})
