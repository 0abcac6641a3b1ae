"""Bring facts in, one at a time, and answer what the law asks of them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.cycles import bill_showing, bills, cycle_closings
from accounts.upserts import Upserted, upsert_many
from kernel.errors import Unfit

__all__ = [
    "Upserted",
    "bill_showing",
    "bills",
    "cycle_closings",
    "upsert_account",
    "upsert_cardholder",
    "upsert_statement",
    "upsert_transaction",
]


def upsert_cardholder(*, external_ref: str, **fields: Any) -> Upserted:
    """Create or change the cardholder with the issuer's customer id ``external_ref``.

    Fields are those of ``accounts.facts.CARDHOLDER``; one that is left out stays as it is.

    Raises:
        Unfit: a value is missing or wrong, or there is a card number in it.
    """
    return _upsert("cardholder", {"external_ref": external_ref, **fields})


def upsert_account(*, external_ref: str, cardholder: str, **fields: Any) -> Upserted:
    """Create or change a card account; ``cardholder`` is the cardholder's ``external_ref``.

    Raises:
        Unfit: as for cardholders; or the cardholder is unknown, the account belongs to
            another, or its token to another account.
    """
    return _upsert("account", {"external_ref": external_ref, "cardholder": cardholder, **fields})


def upsert_statement(*, account: str, external_ref: str, **fields: Any) -> Upserted:
    """Create or change a statement; ``account`` is the account's ``external_ref``.

    Amounts are minor units of the account's currency; dates are ISO 8601 or ``date``.

    Raises:
        Unfit: as for accounts; or another statement of the account closes on that day.
    """
    return _upsert("statement", {"external_ref": external_ref, "account": account, **fields})


def upsert_transaction(*, external_ref: str, account: str, **fields: Any) -> Upserted:
    """Create or change a transaction; ``statement`` may name one of the account's statements.

    ``amount_minor`` is above zero for a charge and below for a credit, in minor units of the
    account's currency.

    Raises:
        Unfit: as for statements; or the statement is unknown.
    """
    return _upsert("transaction", {"external_ref": external_ref, "account": account, **fields})


def _upsert(kind: str, fields: dict[str, Any]) -> Upserted:
    try:
        outcome = _upsert_once(kind, fields)
    except IntegrityError:
        # Somebody brought the same fact in at the same moment; now it is there to be changed.
        outcome = _upsert_once(kind, fields)
    if isinstance(outcome, Unfit):
        raise outcome
    return outcome


@transaction.atomic
def _upsert_once(kind: str, fields: dict[str, Any]) -> Upserted | Unfit:
    return upsert_many(kind, [fields])[0]
