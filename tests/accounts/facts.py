"""One fact of each kind, and what brings it in."""

from __future__ import annotations

from accounts import services
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement

CARDHOLDER = {"external_ref": "C-1", "name": "Zoë 😀 Müller", "jurisdiction": "us"}
ACCOUNT = {
    "external_ref": "A-1", "cardholder": "C-1", "token": "tok_1", "last_four": "0004",
    "network": "visa", "currency": "USD", "cycle_day": 5,
}  # fmt: skip
STATEMENT = {
    "external_ref": "S-1", "account": "A-1", "closing_on": "2026-03-05", "due_on": "2026-03-30",
    "transmitted_on": "2026-03-06", "balance_minor": 125050, "minimum_minor": 3500,
    "currency": "USD",
}  # fmt: skip
TRANSACTION = {
    "external_ref": "T-1", "account": "A-1", "posted_on": "2026-03-01", "amount_minor": 4999,
    "currency": "USD", "merchant_name": "BLUE PINE CAFE", "mcc": "5812", "country": "US",
    "statement": "S-1",
}  # fmt: skip
UPSERTS = {
    "cardholder": (services.upsert_cardholder, CARDHOLDER, Cardholder),
    "account": (services.upsert_account, ACCOUNT, CardAccount),
    "statement": (services.upsert_statement, STATEMENT, Statement),
    "transaction": (services.upsert_transaction, TRANSACTION, CardTransaction),
}
