"""Cardholders with their accounts, statements and everyday purchases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from accounts.models import CardAccount
from accounts.upserts import upsert_many
from config.demo import places
from config.demo.places import Place
from kernel.errors import Unfit

FIRST = (
    "Ada", "Marcus", "Priya", "Elena", "Tomás", "Naomi", "Omar", "Hannah", "Diego", "Ruth",
    "Kwame", "Ingrid", "Liam", "Sofia", "Jonas", "Maya", "Victor", "Amara",
    "Noah", "Beatriz", "Caleb",
)  # fmt: skip
LAST = (
    "Whitfield", "Nguyen", "Okonkwo", "Delgado", "Larsen", "Petrov", "Goldberg", "Iyer", "Moreau",
    "Sullivan", "Tanaka", "Abebe", "Kline", "Ferreira", "Novak", "Hughes", "Santos", "Bauer",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄周吴徐孙马朱胡郭何林高罗郑"
GIVEN = (
    "秀英", "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "军", "杰", "涛",
    "明", "超", "秀兰", "霞", "平", "刚", "桂英", "浩然", "子涵", "雨桐", "思远", "嘉怡", "志强",
)  # fmt: skip
STREETS = ("Maple Avenue", "Orchard Street", "Harbor Road", "5th Avenue", "Lincoln Way")
ROADS = ("南京西路", "建国路", "体育东路", "人民南路", "文三路")
EVERYDAY = {
    "us": (
        ("Whole Harvest Market", "5411"), ("Blue Line Transit", "4111"),
        ("Riverside Coffee", "5814"), ("Papyrus Books", "5942"),
        ("City Water & Power", "4900"), ("Alpine Pharmacy", "5912"),
    ),
    "cn": (
        ("盒里鲜生超市", "5411"), ("城市轨道交通", "4111"), ("小满咖啡", "5814"),
        ("见山书店", "5942"), ("国网电力缴费", "4900"), ("康民大药房", "5912"),
    ),
}  # fmt: skip
DEBIT = 9  # each ninth account is a debit card's: other law holds there
STATEMENTS = 15  # months of statements behind an account


def settle(number: int, chance: Random, today: date) -> list[CardAccount]:
    """Bring in ``number`` cardholders, two in five of them in China; returns their accounts."""
    people = [_person(place, chance) for place in range(1, number + 1)]
    accounts = [_account(place, person, chance) for place, person in enumerate(people, 1)]
    statements = [row for account in accounts for row in _statements(account, chance, today)]
    purchases = [row for account in accounts for row in _purchases(account, chance, today)]
    _bring("cardholder", people)
    found = _bring("account", accounts)
    _bring("statement", statements)
    _bring("transaction", purchases)
    return found


def bring(kind: str, **fields: Any) -> Any:
    """Bring one fact in."""
    return _bring(kind, [fields])[0]


def _bring(kind: str, rows: list[dict[str, Any]]) -> list[Any]:
    found = []
    for outcome in upsert_many(kind, rows):
        if isinstance(outcome, Unfit):
            raise outcome
        found.append(outcome.row)
    return found


def _person(place: int, chance: Random) -> dict[str, Any]:
    home = places.pick(place, chance)
    # Languages and laws do not follow each other: some of either kind live abroad.
    speaks_chinese = chance.random() < (0.85 if home.jurisdiction == "cn" else 0.15)
    if speaks_chinese:
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    else:
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return {
        "external_ref": f"cust-{10_000 + place}",
        "name": name,
        "language": "zh-hans" if speaks_chinese else "en",
        "email": f"cardholder{place}@mail.example",
        "preferred_channel": "post" if chance.random() < 0.2 else "email",
        "vulnerable": chance.random() < 0.06,
        **home.lives(_street(home, chance)),
    }


def _street(home: Place, chance: Random) -> str:
    if home.jurisdiction == "cn":
        return f"{chance.choice(ROADS)}{chance.randint(2, 980)}号"
    return f"{chance.randint(2, 980)} {chance.choice(STREETS)}"


def _account(place: int, person: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    china = person["jurisdiction"] == "cn"
    networks = ("unionpay", "visa", "mastercard") if china else ("visa", "mastercard")
    return {
        "external_ref": f"acct-{20_000 + place}", "cardholder": person["external_ref"],
        "token": f"tok-{place:05d}", "last_four": f"{chance.randint(0, 9999):04d}",
        "kind": "debit" if place % DEBIT == 0 else "credit", "network": chance.choice(networks),
        "currency": places.of_law(person["jurisdiction"]).currency,
        "product": chance.choice(("Everyday", "Travel", "Platinum")),
        "cycle_day": chance.randint(1, 28), "opened_on": date(2021, 1 + place % 12, 15),
    }  # fmt: skip


def _statements(
    account: Mapping[str, Any], chance: Random, today: date
) -> Iterator[dict[str, Any]]:
    year, month = today.year, today.month
    for _back in range(STATEMENTS):
        closing_on = date(year, month, account["cycle_day"])
        if closing_on <= today:
            balance = chance.randint(20_000, 320_000)
            yield {
                "external_ref": f"{account['external_ref']}-{closing_on:%Y%m}",
                "account": account["external_ref"], "currency": account["currency"],
                "closing_on": closing_on, "transmitted_on": closing_on + timedelta(days=2),
                "due_on": closing_on + timedelta(days=25),
                "balance_minor": balance, "minimum_minor": balance // 20,
            }  # fmt: skip
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)


def _purchases(account: Mapping[str, Any], chance: Random, today: date) -> Iterator[dict[str, Any]]:
    home = places.of_money(account["currency"])
    for count in range(1, 7):
        merchant, mcc = chance.choice(EVERYDAY["cn" if home.jurisdiction == "cn" else "us"])
        day = today - timedelta(days=chance.randint(2, 50))
        yield purchase(
            account, f"{account['external_ref']}-e{count}", day,
            merchant=(merchant, mcc, home.country), minor=chance.randint(400, 14_000),
        )  # fmt: skip


def purchase(
    account: Mapping[str, Any], ref: str, day: date, *, merchant: tuple[str, str, str], minor: int
) -> dict[str, Any]:
    """A posted charge as the issuer's systems would send it."""
    name, mcc, country = merchant
    return {
        "external_ref": ref, "account": account["external_ref"],
        "network_reference": f"arn-{ref}", "posted_on": day, "processing_on": day,
        "transacted_on": day - timedelta(days=1), "amount_minor": minor,
        "currency": account["currency"], "merchant_name": name, "mcc": mcc, "country": country,
    }  # fmt: skip
