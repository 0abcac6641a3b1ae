"""What people dispute: merchants, amounts, answers and words, read from one table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from accounts.models import CardAccount
from config.demo import places
from disputes import facts, reasons
from kernel.money import Money

TABLE: Mapping[str, Any] = json.loads(
    Path(__file__).with_name("matters.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Matter:
    """One thing that goes wrong, as its reason's row in the table says."""

    reason: str

    @property
    def row(self) -> Mapping[str, Any]:
        """The row of the table."""
        found: Mapping[str, Any] = TABLE[self.reason]
        return found

    @property
    def about_charges(self) -> bool:
        """A transaction is disputed, and not the bank's own books."""
        return not self.row.get("no_item")

    def merchant(self, account: CardAccount, chance: Random) -> tuple[str, str, str]:
        """A merchant's name, category and country."""
        home = places.of_money(account.currency).jurisdiction
        return tuple(chance.choice(self.row["cn" if home == "cn" else "us"]))

    def minor(self, account: CardAccount, chance: Random, span: tuple[float, float]) -> int:
        """An amount in minor units from ``span``, a part of the range; (0, 1) is all of it."""
        low, high = self.row["low"], self.row["high"]
        dollars = chance.randint(*(int(low + (high - low) * part) for part in span))
        # A matter of ten dollars is one of seventy yuan.
        return int(dollars * places.of_money(account.currency).per_dollar)

    def story(self, language: str, chance: Random) -> str:
        """What the cardholder writes, in their own language."""
        found: str = chance.choice(self.row[_tongue(language)])
        return found

    def answers(
        self, language: str, posted_on: date, amount: Money, twin: str = ""
    ) -> dict[str, Any]:
        """The answers to the reason's questions, dated from the day of posting."""
        words = {
            "@problem": self.row.get("problem", {}).get(_tongue(language), ""),
            "@place": {"en": "Main Street 5", "zh": "人民路5号"}[_tongue(language)],
            "@bureau": {"en": "TransUnion", "zh": "人民银行征信中心"}[_tongue(language)],
            "@twin": twin,
            "@amount": _money(amount.minor, amount.currency),
            "@part": _money(amount.minor * 2 // 5, amount.currency),
            "@nothing": _money(0, amount.currency),
        }
        return {
            name: _answer(value, posted_on, words) for name, value in self.row["answers"].items()
        }


def network_code(reason: str, account: CardAccount) -> str:
    """The code under which this reason goes to the account's network; empty where none is on."""
    return facts.likeliest_code(reasons.get(reason), account.network)


def _answer(value: Any, posted_on: date, words: Mapping[str, Any]) -> Any:
    if not isinstance(value, str):
        return value
    if value.startswith("posted"):
        return (posted_on + timedelta(days=int(value.removeprefix("posted")))).isoformat()
    return words.get(value, value)


def _money(minor: int, currency: str) -> dict[str, Any]:
    return {"minor": minor, "currency": currency}


def _tongue(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
