"""Post, hold, settle and release: the only hands that write transfers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from kernel.errors import NotNow
from kernel.money import Money
from ledger.models import Transfer


def post(*, key: str, case: str, debit: str, credit: str, amount: Money, at: datetime) -> Transfer:
    """Move money for good.

    ``key`` names the cause ("D-…:item:1:won"); the same key with the same terms returns the
    first transfer, so a service that runs twice pays once.

    Raises:
        ValueError: ``key`` was already used with other terms.
    """
    return _write(Transfer.State.SETTLED, key, case, debit, credit, amount, at)


def hold(*, key: str, case: str, debit: str, credit: str, amount: Money, at: datetime) -> Transfer:
    """Reserve money until it is settled or released, once. Terms as for :func:`post`.

    Raises:
        ValueError: ``key`` was already used with other terms.
    """
    return _write(Transfer.State.HELD, key, case, debit, credit, amount, at)


def settle(key: str, *, at: datetime) -> Transfer:
    """Make a hold final.

    Raises:
        NotNow: the hold was answered the other way.
    """
    return _answer(key, Transfer.State.SETTLED, at)


def release(key: str, *, at: datetime) -> Transfer:
    """Give a hold back.

    Raises:
        NotNow: the hold was answered the other way.
    """
    return _answer(key, Transfer.State.RELEASED, at)


def balances(transfers: QuerySet[Transfer] | None = None) -> dict[tuple[str, str], int]:
    """What each account holds, in minor units by (account, currency): credits less debits.

    Released transfers count for nothing; held ones count as long as they are held.
    """
    found: dict[tuple[str, str], int] = {}
    living = (Transfer.objects.all() if transfers is None else transfers).exclude(
        state=Transfer.State.RELEASED
    )
    for side, sign in (("debit", -1), ("credit", 1)):
        for row in living.order_by().values(side, "currency").annotate(total=Sum("minor")):
            account = (row[side], row["currency"])
            found[account] = found.get(account, 0) + sign * row["total"]
    return found


def balance(case: str, account: str, *, held: bool = False) -> int:
    """What ``account`` has received less paid in one case, settled (and ``held``), in minor units.

    ``account`` may end in ``*`` to mean every account that begins so.
    """
    states = [Transfer.State.SETTLED, *([Transfer.State.HELD] if held else [])]
    total = Transfer.objects.filter(case=case, state__in=states).aggregate(
        total=Sum(
            Case(When(_is(account, "credit"), then=F("minor")), default=Value(0))
            - Case(When(_is(account, "debit"), then=F("minor")), default=Value(0))
        )
    )["total"]
    return total or 0


def held_key(prefix: str) -> str:
    """The key of the one transfer that is held under ``prefix``.

    Raises:
        Transfer.DoesNotExist: nothing is held there.
    """
    return Transfer.objects.get(key__startswith=prefix, state=Transfer.State.HELD).key


def has_holds(case: str) -> bool:
    """Say whether money of the case is still lent."""
    return Transfer.objects.filter(case=case, state=Transfer.State.HELD).exists()


def _is(account: str, side: str) -> Q:
    if account.endswith("*"):
        return Q(**{f"{side}__startswith": account[:-1]})
    return Q(**{side: account})


def _write(
    state: str, key: str, case: str, debit: str, credit: str, amount: Money, at: datetime
) -> Transfer:
    terms = {
        "case": case,
        "debit": debit,
        "credit": credit,
        "minor": amount.minor,
        "currency": amount.currency,
    }
    transfer, fresh = Transfer.objects.get_or_create(
        key=key, defaults={**terms, "state": state, "at": at}
    )
    # A hold that was settled carries the instant of its answer; what was posted has none.
    posted = transfer.state == Transfer.State.SETTLED and transfer.answered_at is None
    other = posted != (state == Transfer.State.SETTLED) or any(
        getattr(transfer, name) != value for name, value in terms.items()
    )
    if not fresh and other:
        raise ValueError(f"The key {key!r} was already used with other terms.")
    return transfer


@transaction.atomic
def _answer(key: str, answer: str, at: datetime) -> Transfer:
    transfer = Transfer.objects.select_for_update().get(key=key)
    if transfer.state == answer:
        return transfer
    if transfer.state != Transfer.State.HELD:
        raise NotNow("hold_already_answered", f"The hold {key} is already {transfer.state}.")
    transfer.state, transfer.answered_at = answer, at
    transfer.save(update_fields=["state", "answered_at"])
    return transfer
