"""Post, hold, settle, release: once, with the same terms, answered one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kernel.errors import NotNow
from kernel.money import Money
from ledger import accounts, services
from ledger.models import Transfer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=3)
CARD = accounts.cardholder("acc-1")


def terms(key: str = "D-1:credit", minor: int = 12_900, **fields: Any) -> dict[str, Any]:
    return {
        "key": key, "case": "D-1", "debit": accounts.SUSPENSE, "credit": CARD,
        "amount": Money(minor, "USD"), "at": AT, **fields,
    }  # fmt: skip


def snapshot() -> list[Any]:
    return list(Transfer.objects.values())


def test_what_is_posted_is_final_at_once():
    row = services.post(**terms())

    assert (row.state, row.at, row.answered_at) == ("settled", AT, None)
    assert row.amount == Money(12_900, "USD")
    assert str(row) == "D-1:credit: $129.00 suspense → cardholder:acc-1 (settled)"


def test_what_is_held_waits_for_an_answer():
    row = services.hold(**terms())

    assert (row.state, row.answered_at) == ("held", None)
    assert services.has_holds("D-1") is True
    assert services.has_holds("D-2") is False


@pytest.mark.parametrize("write", [services.post, services.hold])
def test_the_same_key_with_the_same_terms_is_one_transfer(write):
    first = write(**terms())

    again = write(**terms(at=LATER))

    assert again.pk == first.pk
    assert again.at == AT
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("write", [services.post, services.hold])
@pytest.mark.parametrize(
    "other",
    [
        {"case": "D-2"}, {"debit": accounts.LOSS}, {"credit": accounts.cardholder("acc-2")},
        {"amount": Money(12_901, "USD")}, {"amount": Money(12_900, "EUR")},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_the_same_key_with_other_terms_is_a_bug(write, other: dict[str, Any]):
    write(**terms())
    before = snapshot()

    with pytest.raises(ValueError, match="'D-1:credit' was already used with other terms"):
        write(**terms(**other))

    assert snapshot() == before


@pytest.mark.parametrize(
    ("first", "second"), [(services.hold, services.post), (services.post, services.hold)]
)
def test_a_key_that_was_lent_cannot_be_posted_nor_the_other_way_round(first, second):
    first(**terms())

    with pytest.raises(ValueError, match="already used"):
        second(**terms())


@pytest.mark.parametrize("answer", [services.settle, services.release])
def test_a_hold_that_was_answered_may_be_asked_for_again(answer):
    services.hold(**terms())
    answered = answer("D-1:credit", at=LATER)

    again = services.hold(**terms())

    assert (again.pk, again.state) == (answered.pk, answered.state)


@pytest.mark.parametrize(
    ("answer", "state"), [(services.settle, "settled"), (services.release, "released")]
)
def test_a_hold_is_answered_once_and_remembers_when(answer, state: str):
    services.hold(**terms())

    first = answer("D-1:credit", at=LATER)
    again = answer("D-1:credit", at=LATER + timedelta(days=1))

    assert (first.state, first.answered_at) == (state, LATER)
    assert (again.state, again.answered_at) == (state, LATER)
    assert services.has_holds("D-1") is False


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (services.settle, services.release, "settled"),
        (services.release, services.settle, "released"),
    ],
)
def test_the_other_answer_comes_too_late(first, second, state: str):
    services.hold(**terms())
    first("D-1:credit", at=LATER)
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        second("D-1:credit", at=LATER)

    assert refusal.value.code == "hold_already_answered"
    assert state in refusal.value.sentence
    assert snapshot() == before


def test_what_was_posted_cannot_be_released():
    services.post(**terms())

    with pytest.raises(NotNow):
        services.release("D-1:credit", at=LATER)


@pytest.mark.parametrize("answer", [services.settle, services.release])
def test_nobody_answers_what_was_never_held(answer):
    with pytest.raises(Transfer.DoesNotExist):
        answer("D-1:nothing", at=AT)


def test_the_key_of_what_is_held_is_found_by_its_beginning():
    services.hold(**terms("D-1:1:1:credit"))
    services.hold(**terms("D-1:2:1:credit"))
    services.release("D-1:2:1:credit", at=LATER)
    services.hold(**terms("D-1:2:2:credit"))

    assert services.held_key("D-1:2:") == "D-1:2:2:credit"
    with pytest.raises(Transfer.DoesNotExist):
        services.held_key("D-1:3:")


def test_released_money_counts_for_nothing_and_held_money_counts_while_it_is_held():
    services.post(**terms("a", 1_000))
    services.hold(**terms("b", 200))
    services.hold(**terms("c", 30))
    services.release("c", at=LATER)
    services.post(**terms("d", 5, amount=Money(5, "JPY")))

    assert services.balances() == {
        ("suspense", "USD"): -1_200, (CARD, "USD"): 1_200,
        ("suspense", "JPY"): -5, (CARD, "JPY"): 5,
    }  # fmt: skip


def test_balances_of_a_part_of_the_ledger():
    services.post(**terms("a", 1_000))
    services.post(**terms("b", 200, case="D-2"))

    found = services.balances(Transfer.objects.filter(case="D-2"))

    assert found == {("suspense", "USD"): -200, (CARD, "USD"): 200}


def test_the_balance_of_one_account_in_one_case():
    services.post(**terms("a", 1_000))
    services.hold(**terms("b", 200))
    services.post(**terms("c", 300, debit=CARD, credit=accounts.SUSPENSE))
    services.post(**terms("d", 7, case="D-2"))

    assert services.balance("D-1", CARD) == 700
    assert services.balance("D-1", CARD, held=True) == 900
    assert services.balance("D-1", accounts.SUSPENSE) == -700
    assert services.balance("D-1", accounts.LOSS) == 0
    assert services.balance("D-9", CARD) == 0


def test_a_star_means_every_account_that_begins_so():
    services.post(**terms("a", 1_000))
    services.post(**terms("b", 50, credit=accounts.cardholder("acc-2")))
    services.post(**terms("c", 8, debit=CARD, credit=accounts.cardholder("acc-2")))

    assert services.balance("D-1", "cardholder:*") == 1_050
    assert services.balance("D-1", "cardholder:acc-2") == 58
