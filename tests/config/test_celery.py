"""The distributed engine runs the jobs of one machine's worker, and gives back what it drops."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from config import celery
from disputes.models import Draft
from outreach.jobs import JOBS
from tests import make

WITHIN = 60  # seconds: a worker starts slowly on a busy machine

PREPARE = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from accounts.models import Cardholder
from disputes.models import Draft
call_command("migrate", verbosity=0)
long_ago = timezone.now() - timedelta(days=20)
holder = Cardholder.objects.create(external_ref="ch-1", name="Ada Example", jurisdiction="us")
Draft.objects.create(
    reference="D-1", cardholder=holder, created_at=long_ago, updated_at=long_ago,
    expires_at=long_ago + timedelta(days=14),
)
"""


def _expired_draft():
    long_ago = timezone.now() - timedelta(days=20)
    return Draft.objects.create(
        reference="D-1", cardholder=make.cardholder(), created_at=long_ago, updated_at=long_ago,
        expires_at=long_ago + timedelta(days=14),
    )  # fmt: skip


def test_schedule_is_the_table_of_jobs():
    celery.app.finalize()

    planned = celery.app.conf.beat_schedule
    assert set(planned) == set(JOBS)
    assert {name: row["schedule"] for name, row in planned.items()} == {
        name: job.every.total_seconds() for name, job in JOBS.items()
    }


def test_a_task_is_given_back_when_its_worker_dies():
    assert celery.app.conf.task_acks_late
    assert celery.app.conf.task_reject_on_worker_lost


@pytest.mark.django_db
def test_a_job_runs_until_it_finds_nothing_more():
    _expired_draft()

    assert celery.run("clock") == 1
    assert celery.run("clock") == 0
    assert not Draft.objects.exists()


def test_each_process_opens_connections_of_its_own(monkeypatch):
    closed = []
    monkeypatch.setattr("django.db.connections.close_all", lambda: closed.append(1))

    celery.own_connections()

    assert closed == [1]


@pytest.mark.redis
def test_a_worker_takes_a_task_from_redis_and_does_it(tmp_path):
    queue = f"recourse-test-{uuid.uuid4().hex}"
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "RECOURSE_VAR": str(tmp_path),
        "RECOURSE_DATABASE_URL": "",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", PREPARE], env=env, cwd=settings.BASE_DIR, check=True)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo",
         "--without-gossip", "--without-mingle", "-l", "error", "-Q", queue],
        env=env, cwd=settings.BASE_DIR,
    )  # fmt: skip
    try:
        celery.app.send_task("recourse.run", args=["clock"], queue=queue, expires=WITHIN)

        assert _gone(tmp_path / "recourse.sqlite3")
    finally:
        worker.terminate()
        worker.wait(20)


def _gone(path):
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        with closing(sqlite3.connect(path)) as database:
            if database.execute("SELECT count(*) FROM disputes_draft").fetchone() == (0,):
                return True
        time.sleep(0.3)
    return False
