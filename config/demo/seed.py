"""Play the programme: people, accounts, and some months of cases up to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.db import transaction

from accounts.models import CardAccount
from config.demo import people
from config.demo.case import Case
from config.demo.matters import Matter, network_code
from config.demo.programme import Act
from config.demo.staff import Staff
from config.demo.timeline import Timeline
from disputes import services
from outreach import services as outreach

SEED = 20260301
FEWEST_PEOPLE = 20
MOST_CASES = 4  # of one account, so that nobody looks like a plaintiff by trade


@transaction.atomic
def seed(acts: list[Act], *, now: datetime, ended: Callable[[], object] = lambda: None) -> None:
    """Fill an empty desk with one case for each act, up to ``now``; all of it or nothing.

    ``ended`` is called once for each case.
    """
    call_command("sync_departments", verbosity=0)
    chance = Random(SEED)  # noqa: S311  the same story each time is the point
    staff = Staff(chance)
    accounts = people.settle(max(FEWEST_PEOPLE, len(acts) * 4 // 9), chance, now.date())
    timeline = Timeline(now=now, chance=chance, tick=tick)
    for act, account, reason in _cast(acts, accounts, chance):
        case = Case(account, Matter(reason), staff, chance, act.span)
        starts = now - timedelta(days=chance.randint(*act.ago), hours=chance.randint(4, 20))
        timeline.add(case, act.story(case), starts)
    timeline.play(ended)


def tick(at: datetime) -> None:
    """What the worker does all day: dates, reversals, closings, letters."""
    services.sweep(at)
    outreach.deliver(at)


def _cast(
    acts: list[Act], accounts: list[CardAccount], chance: Random
) -> list[tuple[Act, CardAccount, str]]:
    """Find an account and a matter for each act."""
    cases = dict.fromkeys((account.pk for account in accounts), 0)
    found = []
    for act in acts:
        free = [one for one in accounts if cases[one.pk] < MOST_CASES] or accounts
        account, reason = _fit(act, free, chance)
        cases[account.pk] += MOST_CASES if act.story.__name__ == "unreachable" else 1
        found.append((act, account, reason))
    return found


def _fit(act: Act, accounts: list[CardAccount], chance: Random) -> tuple[CardAccount, str]:
    while True:
        account, reason = chance.choice(accounts), chance.choice(act.about)
        known = account.network in act.networks and network_code(reason, account)
        if known or not act.networks:
            return account, reason
