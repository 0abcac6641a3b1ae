"""Which account a matter is about: Regulation Z knows credit, Regulation E debit and prepaid."""

from __future__ import annotations

from law.facts import Facts


def on_credit(facts: Facts) -> bool:
    """Say whether the account is credit; a case that does not say is about a credit card."""
    return facts.text("account_kind", "credit") == "credit"


def on_asset(facts: Facts) -> bool:
    """Say whether the account is a debit or prepaid account, 12 CFR 1005.2(b)."""
    return facts.text("account_kind", "credit") in ("debit", "prepaid")


def on_prepaid(facts: Facts) -> bool:
    """Say whether the account is a prepaid account, 12 CFR 1005.2(b)(3)."""
    return facts.text("account_kind", "credit") == "prepaid"
