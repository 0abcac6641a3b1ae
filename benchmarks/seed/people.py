"""Cardholders with several accounts, their statements and everyday purchases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from benchmarks.seed.bulk import Bulk

MONTHS = 14  # of statements behind each account
AHEAD = 5  # months of closings to come, which a notice's dates may need
PURCHASES = 24  # of each account over those months, beside what is disputed
NAMES = (
    "Ada Whitfield",
    "Marcus Nguyen",
    "Priya Iyer",
    "Elena Petrov",
    "王秀英",
    "李伟",
    "张敏",
    "陈浩然",
)
MERCHANTS = (
    ("Harbor Street Bistro", "5812", "US"), ("Pixel Depot Direct", "5732", "GB"),
    ("Trailhead Outfitters", "5941", "US"), ("CloudKeep Storage", "4816", "IE"),
    ("Grand Pier Hotel", "7011", "US"), ("青禾家居旗舰店", "5712", "CN"),
)  # fmt: skip
ZONES = {
    "us": ("America/New_York", "America/Chicago", "America/Los_Angeles"),
    "cn": ("Asia/Shanghai",),
}


@dataclass
class Held:
    """An account with what was billed on it, oldest statement first."""

    account: CardAccount
    closings: list[date]  # also those to come
    statements: list[Statement] = field(default_factory=list)

    def statement_of(self, day: date) -> Statement | None:
        """The first statement that closes on or after ``day``."""
        place = bisect_left(self.closings, day)
        return self.statements[place] if place < len(self.statements) else None


def settle(bulk: Bulk, chance: Random, number: int, now: datetime) -> tuple[Cardholder, list[Held]]:
    """Bring in one cardholder with one to three accounts and a year of facts."""
    holder = bulk.add(_holder(number, chance, now))
    held = []
    for _count in range(chance.choices((1, 2, 3), (55, 30, 15))[0]):
        account = bulk.add(_account(holder, chance, now))
        one = Held(account, _closings(account, now.date()))
        for statement in _statements(one, chance, now):
            one.statements.append(bulk.add(statement))
        for _bought in range(PURCHASES):
            days = chance.randint(1, 400)
            purchase(bulk, chance, one, (now - timedelta(days=days)).date(), now)
        held.append(one)
    return holder, held


def purchase(bulk: Bulk, chance: Random, held: Held, day: date, now: datetime) -> CardTransaction:
    """Post one charge on ``day``, on the statement that shows it first where there is one."""
    name, mcc, country = chance.choice(MERCHANTS)
    shown = held.statement_of(day)
    account = held.account
    row = CardTransaction(
        account=account, statement_id=shown.pk if shown else None, posted_on=day,
        processing_on=day, transacted_on=day - timedelta(days=1),
        amount_minor=chance.randint(11_000, 45_000), currency=account.currency,
        merchant_name=name, mcc=mcc, country=country, created_at=now, updated_at=now,
    )  # fmt: skip
    bulk.add(row)
    row.external_ref, row.network_reference = f"tx-{row.pk:09d}", f"{row.pk:023d}"
    return row


def _holder(number: int, chance: Random, now: datetime) -> Cardholder:
    jurisdiction = "cn" if number % 10 < 3 else "us"
    chinese = chance.random() < (0.85 if jurisdiction == "cn" else 0.1)
    return Cardholder(
        external_ref=f"cust-{number:07d}", name=chance.choice(NAMES),
        language="zh-hans" if chinese else "en", time_zone=chance.choice(ZONES[jurisdiction]),
        jurisdiction=jurisdiction, email=f"cardholder{number}@mail.example",
        postal_address=f"{number} Maple Avenue", vulnerable=number % 17 == 0,
        preferred_channel="post" if number % 5 == 0 else "email", created_at=now, updated_at=now,
    )  # fmt: skip


def _account(holder: Cardholder, chance: Random, now: datetime) -> CardAccount:
    token = f"{chance.getrandbits(64):016x}"
    return CardAccount(
        cardholder=holder, external_ref=f"acct-{token}", token=f"tok-{token}",
        last_four=f"{chance.randint(0, 9999):04d}", network=chance.choice(("visa", "mastercard")),
        currency="CNY" if holder.jurisdiction == "cn" else "USD", product="Everyday",
        cycle_day=chance.randint(1, 28), opened_on=date(2021, 3, 15),
        created_at=now, updated_at=now,
    )  # fmt: skip


def _closings(account: CardAccount, today: date) -> list[date]:
    months = range(
        today.year * 12 + today.month - 1 - MONTHS, today.year * 12 + today.month + AHEAD
    )
    return [date(month // 12, month % 12 + 1, account.cycle_day or 1) for month in months]


def _statements(held: Held, chance: Random, now: datetime) -> Iterator[Statement]:
    for closing_on in held.closings:
        if closing_on <= now.date():
            balance = chance.randint(20_000, 320_000)
            yield Statement(
                account=held.account, external_ref=f"st-{closing_on:%Y%m}", closing_on=closing_on,
                transmitted_on=closing_on + timedelta(days=2),
                due_on=closing_on + timedelta(days=25), balance_minor=balance,
                minimum_minor=balance // 20, currency=held.account.currency,
                created_at=now, updated_at=now,
            )  # fmt: skip
