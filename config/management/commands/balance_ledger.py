"""Prove that every account adds up, and that the ledger and the claims agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints import balance as redress
from disputes import balance
from kernel.money import Money
from ledger import services as ledger


class Command(BaseCommand):
    help = "Add every account up and compare each case's money with its items."

    def handle(self, *args: Any, **options: Any) -> None:
        totals: dict[tuple[str, str], int] = {}
        for (account, currency), minor in ledger.balances().items():
            key = (account.partition(":")[0], currency)
            totals[key] = totals.get(key, 0) + minor
        for (account, currency), minor in sorted(totals.items()):
            self.stdout.write(f"{account:<14} {Money(minor, currency)}")
        wrong = [*balance.disagreements(), *redress.disagreements()]
        for sentence in wrong[:50]:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"{len(wrong)} disagreements between the ledger and the cases.")
        self.stdout.write(self.style.SUCCESS("Balanced: the ledger and every case agree."))
