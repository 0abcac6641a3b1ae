"""Fill an empty database with a number of cases and everything around them."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connections
from tqdm import tqdm

from accounts.models import Cardholder
from benchmarks.seed import bulk, filing, people, scripts
from benchmarks.seed.bulk import Bulk
from benchmarks.seed.people import Held
from benchmarks.seed.verbs import Verbs
from kernel.actors import Actor, staff

CASES_EACH = (1, 2, 3, 4, 5, 6, 12)  # of one cardholder
HOW_OFTEN = (20, 20, 20, 15, 10, 8, 7)
CLERKS = {"finance": 8, "customer_service": 4, "lead": 2}
BATCH = 500  # cases in one transaction
PROCESSES = 2


@dataclass(frozen=True)
class Batch:
    """Some cases; what they are depends on the batch's number alone."""

    number: int
    cases: int
    now: datetime


def fill(cases: int, *, now: datetime) -> None:
    """Write ``cases`` cases of the last twelve months."""
    _hire()
    batches = [
        Batch(number, min(BATCH, cases - first), now)
        for number, first in enumerate(range(0, cases, BATCH))
    ]
    connections.close_all()  # a connection does not survive a fork
    workers = min(PROCESSES, os.cpu_count() or 1)
    with (
        multiprocessing.get_context("fork").Pool(workers) as pool,
        tqdm(total=cases, desc=f"seeding {cases:,} cases", unit="case") as bar,
    ):
        for written in pool.imap_unordered(_write, batches):
            bar.update(written)
    bulk.finish()


def _write(batch: Batch) -> int:
    """Write one batch. Returns how many cases it has."""
    chance = Random(batch.number)  # noqa: S311  the same cases each time is the point
    rows = Bulk(batch.number)
    clerks = [staff(user) for user in User.objects.filter(groups__name="finance").order_by("pk")]
    gc.disable()
    try:
        for holder, held in _people(rows, chance, batch):
            _live(rows, chance, holder, held, chance.choice(clerks), batch.now)
        rows.flush()
    finally:
        gc.enable()
        gc.collect()
    return batch.cases


def _people(rows: Bulk, chance: Random, batch: Batch) -> Iterator[tuple[Cardholder, Held]]:
    """Yield whose case it is and the account, once for each case."""
    left, number = batch.cases, batch.number * BATCH
    while left:
        number += 1
        holder, held = people.settle(rows, chance, number, batch.now)
        each = min(left, chance.choices(CASES_EACH, HOW_OFTEN)[0])
        left -= each
        for _case in range(each):
            yield holder, chance.choice(held)


def _live(
    rows: Bulk, chance: Random, holder: Cardholder, held: Held, clerk: Actor, now: datetime
) -> None:
    """Live one case from its filing to where it stands now."""
    received_at = now - timedelta(days=scripts.days_ago(chance))
    life = filing.filed(rows, chance, holder, held, received_at)
    verbs = Verbs(life, chance)
    for verb, days in scripts.script(chance):
        if life.at + timedelta(days=days) > now:
            break
        life.at += timedelta(days=days)
        getattr(verbs, verb)(clerk)
    life.settle_down(now)


def _hire() -> None:
    """Staff of the departments; a lead is of finance too."""
    call_command("sync_departments", verbosity=0)
    for department, count in CLERKS.items():
        names = {department, "finance"} if department == "lead" else {department}
        groups = Group.objects.filter(name__in=names)
        for number in range(1, count + 1):
            user = User.objects.create_user(f"{department}-{number}", is_staff=True)
            user.groups.set(groups)
