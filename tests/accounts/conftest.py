"""Facts that others hang on."""

from __future__ import annotations

import pytest

from accounts import services
from tests.accounts.facts import ACCOUNT, CARDHOLDER, STATEMENT


@pytest.fixture
def parents():
    """One of each but a transaction."""
    services.upsert_cardholder(**CARDHOLDER)
    services.upsert_account(**ACCOUNT)
    services.upsert_statement(**STATEMENT)
