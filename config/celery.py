"""The same jobs on many machines: Celery carries the schedule, and no truth.

Run ``celery -A config worker`` on as many machines as are needed and ``celery -A config beat`` on
one. What there is to do stands in rows that a worker claims under lock, so a lost broker, a lost
beat or a job that runs twice loses and doubles nothing.
"""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# How many pieces one task takes before it gives the worker back: a kill repeats little.
PIECES = 100

app = Celery("recourse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A task is acknowledged when it is done: a worker that dies gives it back.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 600},
)


@app.task(name="recourse.run")  # type: ignore[untyped-decorator]
def run(name: str) -> int:
    """Run one job of ``outreach.jobs`` until it finds nothing more; returns how much there was."""
    from django.utils import timezone

    from outreach.jobs import JOBS

    total = 0
    for _piece in range(PIECES):
        done = JOBS[name].run(timezone.now())
        total += done
        if not done:
            break
    return total


@app.on_after_finalize.connect  # type: ignore[untyped-decorator]
def schedule(sender: Celery, **_kwargs: object) -> None:
    """Give beat the table of jobs that the worker of one machine reads, too."""
    import django

    django.setup()
    from outreach.jobs import JOBS

    sender.conf.beat_schedule = {
        name: {
            "task": run.name,
            "schedule": job.every.total_seconds(),
            "args": [name],
            # What nobody has taken by the next time is not worth doing twice.
            "options": {"expires": job.every.total_seconds()},
        }
        for name, job in JOBS.items()
    }


@worker_process_init.connect  # type: ignore[untyped-decorator]
def own_connections(**_kwargs: object) -> None:
    """A forked process opens database connections of its own."""
    from django.db import connections

    connections.close_all()
