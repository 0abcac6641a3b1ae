from datetime import date, timedelta

import pytest

from accounts.models import CardAccount, Cardholder, Statement
from accounts.services import bills, cycle_closings

pytestmark = pytest.mark.django_db


def account(cycle_day, *closings):
    holder = Cardholder.objects.create(external_ref="C-1", name="Ann", jurisdiction="us")
    row = CardAccount.objects.create(
        external_ref="A-1", cardholder=holder, token="tok_1", last_four="0004",
        network="visa", currency="USD", cycle_day=cycle_day,
    )  # fmt: skip
    for closing in closings:
        Statement.objects.create(
            account=row, external_ref=f"S-{closing}", closing_on=closing, balance_minor=0,
            currency="USD",
        )  # fmt: skip
    return row


def days(*written):
    return tuple(date.fromisoformat(f"2026-{day}") for day in written)


@pytest.mark.parametrize(
    ("_case", "cycle_day", "known", "closings"),
    [
        (
            "a new account",
            5,
            (),
            days("03-05", "04-05", "05-05", "06-05", "07-05", "08-05"),
        ),
        (
            "after the statements",
            5,
            days("02-05", "03-05"),
            days("02-05", "03-05", "04-05", "05-05", "06-05", "07-05", "08-05"),
        ),
        (
            "the last one closed a day early",
            5,
            days("02-05", "03-04"),
            days("02-05", "03-04", "04-05", "05-05", "06-05", "07-05", "08-05"),
        ),
        (
            "the last one closed two days late",
            31,
            days("02-28", "04-02"),
            days("02-28", "04-02", "04-30", "05-31", "06-30", "07-31"),
        ),
        (
            "no day, so the last length again",
            None,
            days("02-01", "03-01"),
            days("02-01", "03-01", "03-29", "04-26", "05-24", "06-21", "07-19", "08-16"),
        ),
        ("no day and one statement", None, days("03-05"), days("03-05")),
        ("nothing known", None, (), ()),
    ],
)
def test_cycle_closings(_case, cycle_day, known, closings):
    row = account(cycle_day, *known)

    assert cycle_closings(row, bills(row), around=date(2026, 3, 31)) == closings


def test_the_projection_reaches_120_days_even_over_a_gap():
    row = account(5, date(2025, 1, 5), date(2025, 2, 5))

    closings = cycle_closings(row, bills(row), around=date(2026, 3, 31))

    assert closings[-1] == date(2026, 8, 5)
    assert closings[-1] >= date(2026, 3, 31) + timedelta(days=120)
    assert len(closings) == 20


def test_nothing_is_projected_where_statements_reach_far_enough():
    known = [date(2026, month, 5) for month in range(1, 10)]

    row = account(5, *known)

    assert cycle_closings(row, bills(row), around=date(2026, 3, 31)) == tuple(known)


def test_bills_cost_one_query(django_assert_num_queries):
    row = account(5, *(date(2026, month, 5) for month in range(1, 4)))

    with django_assert_num_queries(1):
        found = bills(row)

    assert [bill.closing_on.month for bill in found] == [1, 2, 3]
