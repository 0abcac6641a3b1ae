"""Plans and payments in mainland China: arithmetic that loses no cent and no day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.cn import plans, repayment
from law.deadlines import BadFact, Facts, apply, deadlines, rule

AMOUNT = st.integers(0, 10**12)


@given(AMOUNT, st.integers(1, 60))
def test_parts_add_up_and_only_the_last_differs(total, count):
    parts = plans.split(total, count)

    assert sum(parts) == total
    assert len(set(parts[:-1])) <= 1
    assert parts[-1] - parts[0] in range(count)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_instalments_fall_on_the_first_ones_day_or_the_months_last(first, count):
    dates = plans.instalment_dates(first, count)

    months = [day.year * 12 + day.month for day in dates]
    assert months == list(range(months[0], months[0] + count))
    assert all(
        day.day == first.day or (day.day < first.day and day.replace(day=1) != day) for day in dates
    )


@pytest.mark.parametrize("count", [0, -1])
def test_no_instalments_are_refused(count):
    with pytest.raises(ValueError, match="at least one"):
        plans.split(100, count)
    with pytest.raises(ValueError, match="at least one"):
        plans.instalment_dates(date(2026, 1, 1), count)


def test_negative_amounts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        plans.split(-1, 2)
    with pytest.raises(ValueError, match="negative"):
        repayment.allocate(paid=-1, charges=0, principal=0, days_past_due=1)


@given(AMOUNT, AMOUNT, AMOUNT, st.integers(0, 400))
def test_payment_goes_somewhere_to_the_last_fen(paid, charges, principal, days):
    pays = repayment.allocate(paid=paid, charges=charges, principal=principal, days_past_due=days)

    assert sum(pays) == paid
    assert 0 <= pays.principal <= principal
    assert 0 <= pays.charges <= charges
    assert pays.excess == max(0, paid - charges - principal)
    first_left = charges - pays.charges if days <= 90 else principal - pays.principal
    second = pays.principal if days <= 90 else pays.charges
    assert first_left == 0 or second == 0


@pytest.mark.parametrize(
    ("days", "name"),
    [(-5, "M0"), (0, "M0"), (1, "M1"), (30, "M1"), (31, "M2"), (60, "M2"), (61, "M3"),
     (90, "M3"), (91, "M4"), (120, "M4"), (121, "M5"), (151, "M6"), (180, "M6"), (181, "M7+"),
     (4000, "M7+")],
)  # fmt: skip
def test_buckets(days, name):
    assert repayment.bucket(days) == name


def test_before_its_due_date_nothing_is_past_due():
    assert repayment.days_past_due(date(2026, 3, 10), date(2026, 3, 9)) == 0
    assert repayment.days_past_due(date(2026, 3, 10), date(2026, 3, 11)) == 1


@pytest.mark.parametrize(
    ("paid_on", "short", "overdue"),
    [(date(2026, 3, 13), 10_00, False), (date(2026, 3, 13), 10_01, True),
     (date(2026, 3, 14), 0, True)],
)  # fmt: skip
def test_grace_of_days_and_of_cents(paid_on, short, overdue):
    due_on = date(2026, 3, 10)

    assert repayment.is_overdue(due_on=due_on, paid_on=paid_on, short=short) is overdue


def test_band_of_rates_had_an_end():
    assert not repayment.rate_allowed(date(2020, 12, 31), Decimal("0.0006"))
    assert repayment.rate_allowed(date(2021, 1, 1), Decimal("0.0006"))
    assert repayment.rate_allowed(date(2016, 12, 31), Decimal("0.0006"))


@pytest.mark.parametrize(
    ("rule_id", "values", "name"),
    [
        ("GRACE-3D", {"payment_due_on": date(2026, 3, 10), "grace_days": 2}, "grace_days"),
        ("PLN-MAX-5Y", {"plan_signed": date(2026, 3, 2), "instalments": 0}, "instalments"),
        ("PLN-CONTENT", {"first_on": date(2026, 3, 2), "count": 0}, "count"),
        ("PLN-CONTENT", {"first_on": date(2026, 3, 2), "count": 1, "total_minor": -1},
         "total_minor"),
        ("INT-BAND", {"on": date(2020, 3, 2), "daily_rate": "NaN"}, "daily_rate"),
        ("INT-BAND", {"on": date(2020, 3, 2), "daily_rate": "five"}, "daily_rate"),
        ("ALC-57", {"payment_due_on": date(2026, 3, 2), "days_past_due": 1, "paid_minor": -1,
                    "principal_minor": 1}, "paid_minor"),
        ("ALC-57", {"payment_due_on": date(2026, 3, 2), "days_past_due": 1, "paid_minor": 1,
                    "principal_minor": -1}, "principal_minor"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_named(rule_id, values, name):
    one = rule(rule_id)

    with pytest.raises(BadFact, match=f'"{name}"'):
        apply(one, Facts("cn", one.kinds[0], values))


def test_personal_plans_and_ordinary_instalments_have_their_own_rules():
    values = {"plan_signed": date(2026, 3, 2), "instalments": 24}

    personal, _ = deadlines(Facts("cn", "plan", values))
    product, _ = deadlines(Facts("cn", "plan", {**values, "instalment_product": True}))

    assert {due.rule_id for due in personal} == {"PLN-MAX-5Y", "PLN-CONDITIONS"}
    assert {due.rule_id for due in product} == {"PLN-NO-REINSTALMENT", "N13-INSTALMENT"}
