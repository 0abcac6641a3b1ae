"""Money as integer minor units of one currency: no floats, no mixing."""

from __future__ import annotations

import re
from dataclasses import dataclass

# ISO 4217: how many digits stand after the point, where it is not two.
_DIGITS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
_SIGNS = {
    "USD": "$", "GBP": "£", "EUR": "€", "CNY": "¥", "JPY": "JP¥", "HKD": "HK$", "AUD": "A$",
    "CAD": "C$", "SGD": "S$", "INR": "₹", "BRL": "R$", "NZD": "NZ$",
}  # fmt: skip
# A comma only where thousands end: "12,50" may mean twelve and a half, so nobody guesses.
_AMOUNT = re.compile(r"(-?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,12}))?", re.ASCII)


def digits(currency: str) -> int:
    """How many digits the minor unit of ``currency`` has (USD 2, JPY 0, KWD 3)."""
    return _DIGITS.get(currency, 2)


@dataclass(frozen=True, order=False)
class Money:
    """An amount: ``minor`` units (cents, fen, yen) of one ISO 4217 ``currency``."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"Money counts whole minor units, not {self.minor!r}.")
        code = self.currency
        if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError(f"{self.currency!r} is not an ISO 4217 code.")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        """Format with the currency's own digits: ``$1,234.50``, ``JP¥900``, ``KWD 1.250``."""
        places = digits(self.currency)
        major, minor = divmod(abs(self.minor), 10**places)
        sign = "-" if self.minor < 0 else ""
        symbol = _SIGNS.get(self.currency, f"{self.currency} ")
        point = f".{minor:0{places}d}" if places else ""
        return f"{sign}{symbol}{major:,d}{point}"

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix.")
        return other


def parse(text: str, currency: str) -> Money:
    """Read a decimal amount ("12.50", "1,234.50") exactly.

    Raises:
        ValueError: not a number, or finer than the currency's minor unit.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not an amount.")
    sign, whole, rest = found.groups()
    places = digits(currency)
    part = (rest or "").rstrip("0")
    if len(part) > places:
        raise ValueError(f"{text!r} is finer than the smallest unit of {currency}.")
    minor = int(whole.replace(",", "") + part.ljust(places, "0"))
    return Money(-minor if sign else minor, currency)
