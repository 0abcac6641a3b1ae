"""Where the demo's cardholders live: law, region, zone, money and addresses of each place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class Place:
    """A town: whose law counts there, in which zone and money; ``per_dollar`` scales amounts."""

    jurisdiction: str
    region: str
    zone: str
    currency: str
    per_dollar: float
    town: str

    @property
    def country(self) -> str:
        """The ISO 3166 code of the country."""
        return self.region[:2] if self.jurisdiction == "eu" else self.jurisdiction.upper()

    def lives(self, street: str) -> Mapping[str, Any]:
        """The facts of somebody who lives in a street here."""
        return {
            "jurisdiction": self.jurisdiction, "region": self.region, "time_zone": self.zone,
            "postal_address": f"{street}\n{self.town}",
        }  # fmt: skip


AMERICA = (
    Place("us", "NY", "America/New_York", "USD", 1, "Albany, NY 12207"),
    Place("us", "OH", "America/New_York", "USD", 1, "Columbus, OH 43215"),
    Place("us", "TX", "America/Chicago", "USD", 1, "Austin, TX 78701"),
    Place("us", "CO", "America/Denver", "USD", 1, "Denver, CO 80202"),
    Place("us", "CA", "America/Los_Angeles", "USD", 1, "Oakland, CA 94612"),
)
CHINA = (
    Place("cn", "SH", "Asia/Shanghai", "CNY", 7, "上海市静安区 200041"),
    Place("cn", "BJ", "Asia/Shanghai", "CNY", 7, "北京市朝阳区 100022"),
    Place("cn", "GD", "Asia/Shanghai", "CNY", 7, "广州市天河区 510620"),
    Place("cn", "SC", "Asia/Shanghai", "CNY", 7, "成都市武侯区 610041"),
    Place("cn", "ZJ", "Asia/Shanghai", "CNY", 7, "杭州市西湖区 310012"),
)
ELSEWHERE = (
    Place("gb", "ENG", "Europe/London", "GBP", 0.8, "Leeds LS1 4DY"),
    Place("gb", "SCT", "Europe/London", "GBP", 0.8, "Edinburgh EH1 2NG"),
    Place("eu", "IE", "Europe/Dublin", "EUR", 0.9, "Cork T12 X8N6"),
    Place("eu", "DE-BY", "Europe/Berlin", "EUR", 0.9, "80331 München"),
    Place("au", "NSW", "Australia/Sydney", "AUD", 1.5, "Newtown NSW 2042"),
    Place("ca", "ON", "America/Toronto", "CAD", 1.4, "Hamilton ON L8P 4R5"),
    Place("sg", "", "Asia/Singapore", "SGD", 1.3, "Singapore 239693"),
    Place("hk", "", "Asia/Hong_Kong", "HKD", 7.8, "Sheung Wan, Hong Kong"),
    Place("in", "MH", "Asia/Kolkata", "INR", 84, "Mumbai 400050"),
)
_ALL = (*AMERICA, *CHINA, *ELSEWHERE)
_BY_CURRENCY = {one.currency: one for one in _ALL}
_BY_LAW = {one.jurisdiction: one for one in _ALL}


def of_money(currency: str) -> Place:
    """A place with this currency: what an amount and a shop look like there."""
    return _BY_CURRENCY[currency]


def of_law(jurisdiction: str) -> Place:
    """A place where this law holds."""
    return _BY_LAW[jurisdiction]


def pick(number: int, chance: Random) -> Place:
    """Where the ``number``-th cardholder lives: half in America, two in five in China."""
    if number % 10 == 7:
        return ELSEWHERE[number // 10 % len(ELSEWHERE)]
    return chance.choice(CHINA if number % 5 in {0, 3} else AMERICA)
