"""What the law is told about a claim, as far as the issuer's systems know it."""

from datetime import UTC, date, datetime

import pytest

from accounts import services as accounts
from disputes import facts, reasons
from tests import make

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 3, 11, 3, 30, tzinfo=UTC)  # the evening of the 10th in Chicago


def told(reason="fraud_card_absent", source="app"):
    return facts.Assertion(reasons.get(reason), {}, RECEIVED, 12_900, source)


def notice(account, *rows):
    return facts.of_notice(account, told(), rows, accounts.bills(account)).values


def test_days_are_counted_where_the_cardholder_lives():
    account = make.account(make.cardholder(time_zone="America/Chicago"))

    assert notice(account)["notice_received"] == date(2026, 3, 10)


def test_kind_of_account_and_part_of_the_jurisdiction_choose_the_law():
    holder = make.cardholder(jurisdiction="gb", region="SCT")
    account = make.account(holder, kind="debit", opened_on=date(2026, 2, 1))

    found = notice(account)

    assert (found["account_kind"], found["region"]) == ("debit", "SCT")
    assert found["account_opened_on"] == date(2026, 2, 1)


def test_the_earliest_of_several_charges_dates_the_claim():
    account = make.account()
    late = make.transaction(account, posted_on=date(2026, 3, 5), transacted_on=date(2026, 3, 4))
    early = make.transaction(account, posted_on=date(2026, 3, 2), transacted_on=date(2026, 3, 1))

    found = notice(account, late, early)

    assert (found["posted_on"], found["transaction_on"]) == (date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("jurisdiction", "country", "foreign"),
    [("us", "US", False), ("us", "JP", True), ("eu", "IE", False), ("eu", "GB", True)],
)
def test_a_charge_from_abroad_is_foreign(jurisdiction, country, foreign):
    account = make.account(make.cardholder(jurisdiction=jurisdiction))

    assert notice(account, make.transaction(account, country=country))["foreign"] is foreign


def test_cash_from_a_machine_is_no_point_of_sale():
    account = make.account()

    assert notice(account, make.transaction(account, mcc="6011"))["pos"] is False
    assert notice(account, make.transaction(account, mcc="5411"))["pos"] is True
