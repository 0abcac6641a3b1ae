"""Whatever is posted, held and answered, in whatever order: money is neither made nor lost."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.errors import NotNow
from kernel.money import Money
from ledger import services
from ledger.models import Transfer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
ACCOUNTS = ["suspense", "network", "loss", "cardholder:1", "cardholder:2"]
movements = st.tuples(
    st.sampled_from([services.post, services.hold]),
    st.permutations(ACCOUNTS).map(lambda names: tuple(names[:2])),
    st.integers(1, 10**12),
    st.sampled_from(["USD", "JPY"]),
    st.lists(st.sampled_from([services.settle, services.release]), max_size=3),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(movements, max_size=8))
def test_every_currency_sums_to_zero_over_all_accounts(steps):
    case = f"D-{Transfer.objects.count()}"
    for number, (write, (debit, credit), minor, currency, answers) in enumerate(steps):
        key = f"{case}:{number}"
        write(key=key, case=case, debit=debit, credit=credit, amount=Money(minor, currency), at=AT)
        for answer in answers:
            try:
                answer(key, at=AT)
            except NotNow:
                continue

    rows = Transfer.objects.filter(case=case)
    sums = Counter()
    for (_account, currency), minor in services.balances(rows).items():
        sums[currency] += minor
    assert set(sums.values()) <= {0}
    assert rows.count() == len(steps)
    assert all(row.minor == step[2] for row, step in zip(rows, steps, strict=True))
