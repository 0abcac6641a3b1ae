"""What a load balancer, a browser and `manage.py check` are told."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db


def test_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_not_ready_while_a_migration_waits(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "migrations missing", "count": 1}


def test_home_is_the_desk(client):
    assert client.get("/")["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("path", "allowed", "forbidden"),
    [
        ("/admin/login/", "'unsafe-eval'", "http"),
        ("/api/v1/docs", "script-src 'self'", "'unsafe-eval'"),
        ("/healthz", "default-src 'none'", "'self'"),
    ],
)
def test_each_page_says_what_it_may_load(client, path, allowed, forbidden):
    policy = client.get(path)["Content-Security-Policy"]

    assert allowed in policy
    assert forbidden not in policy


def test_request_id_is_kept_when_it_is_one_and_made_otherwise(client):
    kept = client.get("/healthz", headers={"X-Request-ID": "abcdefgh-1"})["X-Request-ID"]
    made = client.get("/healthz", headers={"X-Request-ID": "<script>"})["X-Request-ID"]

    assert kept == "abcdefgh-1"
    assert made.startswith("req_")


def test_another_zone_than_utc_is_an_error(settings):
    settings.TIME_ZONE = "Asia/Shanghai"

    assert "recourse.E001" in {one.id for one in run_checks()}


@pytest.mark.parametrize(("scanner", "said"), [("", True), ("127.0.0.1:3310", False)])
def test_a_missing_scanner_is_said_before_deploying(settings, scanner, said):
    settings.SCANNER = scanner

    found = {one.id for one in run_checks(include_deployment_checks=True)}

    assert ("recourse.W001" in found) is said
