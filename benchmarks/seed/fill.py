"""Fill an empty database with a number of cases and everything around them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from tqdm import tqdm

from accounts.models import Cardholder
from benchmarks.seed import filing, people, scripts
from benchmarks.seed.bulk import Bulk
from benchmarks.seed.people import Held
from benchmarks.seed.verbs import Verbs
from kernel.actors import Actor, staff

CASES_EACH = (1, 2, 3, 4, 5, 6, 12)  # of one cardholder
HOW_OFTEN = (20, 20, 20, 15, 10, 8, 7)
CLERKS = {"finance": 8, "customer_service": 4, "lead": 2}
BATCH = 1_000  # cases in one transaction


def fill(cases: int, *, now: datetime) -> None:
    """Write ``cases`` cases of the last twelve months."""
    chance, bulk = Random(cases), Bulk()  # noqa: S311  the same cases each time is the point
    clerks = _clerks()
    left, number, unsent = cases, 0, 0
    with tqdm(total=cases, desc=f"seeding {cases:,} cases", unit="case") as bar:
        while left:
            number += 1
            holder, held = people.settle(bulk, chance, number, now)
            each = min(left, chance.choices(CASES_EACH, HOW_OFTEN)[0])
            for _case in range(each):
                _live(bulk, chance, holder, chance.choice(held), chance.choice(clerks), now)
            left -= each
            unsent += each
            if unsent >= BATCH or not left:
                bulk.flush()
                bar.update(unsent)
                unsent = 0
    bulk.finish()


def _clerks() -> list[Actor]:
    """Staff of the departments; whoever works a seeded case is of finance."""
    call_command("sync_departments", verbosity=0)
    people = {
        department: [
            User.objects.create_user(f"{department}-{number}", is_staff=True)
            for number in range(1, count + 1)
        ]
        for department, count in CLERKS.items()
    }
    for department, users in people.items():
        for user in users:
            user.groups.set(Group.objects.filter(name__in={department, *_also(department)}))
    return [staff(user) for user in people["finance"]]


def _also(department: str) -> set[str]:
    return {"finance"} if department == "lead" else set()


def _live(
    bulk: Bulk, chance: Random, holder: Cardholder, held: Held, clerk: Actor, now: datetime
) -> None:
    """Live one case from its filing to where it stands now."""
    received_at = now - timedelta(days=scripts.days_ago(chance))
    life = filing.filed(bulk, chance, holder, held, received_at)
    verbs = Verbs(life, chance)
    for verb, days in scripts.script(chance):
        if life.at + timedelta(days=days) > now:
            break
        life.at += timedelta(days=days)
        getattr(verbs, verb)(clerk)
    life.settle_down(now)
