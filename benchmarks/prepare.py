"""What a run needs of the product itself: a seed, or a plan. Each in a process of its own.

``python -m benchmarks.prepare seed 10000`` fills the database in RECOURSE_DATABASE_URL;
``python -m benchmarks.prepare plan FILE`` writes the requests of a run against it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.utils import timezone


def main() -> None:
    """Do what the arguments say."""
    django.setup()
    task, argument = sys.argv[1:]
    if task == "seed":
        from benchmarks.seed import fill

        call_command("migrate", verbosity=0)
        fill(int(argument), now=timezone.now())
    else:
        from benchmarks.plan import Plan

        call_command("collectstatic", verbosity=0, interactive=False)
        Path(argument).write_text(json.dumps(Plan(timezone.now()).plain()), encoding="utf-8")


if __name__ == "__main__":
    main()
