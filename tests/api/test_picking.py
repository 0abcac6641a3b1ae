from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from disputes import reasons
from tests import make
from tests.api.conftest import caller, claim

pytestmark = pytest.mark.django_db

URL = "/api/v1/transactions"


def test_only_own_transactions_are_listed_newest_first(me, holder):
    account = make.account(holder)
    older = make.transaction(account, posted_on=date(2026, 3, 1))
    newer = make.transaction(account, posted_on=date(2026, 4, 1))
    foreign = make.transaction()

    found = [row["reference"] for row in me.get(URL).json()["data"]]

    assert found == [newer.external_ref, older.external_ref]
    assert me.get(f"{URL}/{foreign.external_ref}").status_code == 404


def test_transaction_can_be_disputed_until_the_laws_last_day(me, charge):
    charge.statement = make.statement(
        charge.account, date(2026, 3, 5), transmitted_on=date(2026, 3, 7)
    )
    charge.posted_on = date(2026, 3, 1)
    charge.save()

    with time_machine.travel("2026-05-06T12:00:00-04:00"):
        on_day_60 = caller(charge.account.cardholder).get(URL).json()["data"][0]["can_dispute"]
    with time_machine.travel("2026-05-07T12:00:00-04:00"):
        on_day_61 = caller(charge.account.cardholder).get(URL).json()["data"][0]["can_dispute"]

    assert on_day_60 == {
        "allowed": True, "most": 12_900, "why_not": None, "why_not_code": None, "case": None,
        "until": "2026-05-06", "late": False,
    }  # fmt: skip
    # Late is late, not too late: the notice is taken and marked.
    assert on_day_61 == {**on_day_60, "late": True}


def test_first_statement_that_closes_after_posting_counts_where_none_is_linked(me, charge):
    account = charge.account
    make.statement(account, charge.posted_on - timedelta(days=1))
    first = make.statement(account, charge.posted_on)
    make.statement(account, charge.posted_on + timedelta(days=30))

    until = me.get(f"{URL}/{charge.external_ref}").json()["can_dispute"]["until"]

    assert until == (first.transmitted_on + timedelta(days=60)).isoformat()


def test_unbilled_transaction_has_no_last_day_yet(me, charge):
    can = me.get(f"{URL}/{charge.external_ref}").json()["can_dispute"]

    assert (can["allowed"], can["until"], can["late"]) == (True, None, False)


def test_disputed_transaction_names_its_case(me, charge):
    reference = me.post("/api/v1/disputes", claim(charge)).json()["reference"]

    can = me.get(f"{URL}/{charge.external_ref}").json()["can_dispute"]

    assert (can["allowed"], can["why_not_code"], can["case"]) == (
        False, "duplicate_dispute", reference,
    )  # fmt: skip


def test_rest_of_a_partly_granted_transaction_can_be_disputed(me, holder):
    row = make.dispute("resolved", holder=holder)
    charge = row.items.get().transaction
    full = me.get(f"{URL}/{charge.external_ref}").json()["can_dispute"]
    charge.amount_minor += 500
    charge.save()

    rest = me.get(f"{URL}/{charge.external_ref}").json()["can_dispute"]

    assert (full["allowed"], full["why_not_code"]) == (False, "amount_exceeds_rest")
    assert (rest["allowed"], rest["most"]) == (True, 500)


def test_credit_cannot_be_disputed(me, holder):
    credit = make.transaction(make.account(holder), amount_minor=-500)

    can = me.get(f"{URL}/{credit.external_ref}").json()["can_dispute"]
    answer = me.post("/api/v1/disputes", claim(credit, items=[
        {"transaction": credit.external_ref, "amount": 500, "currency": "USD"}]))  # fmt: skip

    assert (can["allowed"], can["why_not_code"]) == (False, "not_disputable")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_disputable")


def test_reference_with_a_slash_is_found(me, holder):
    row = make.transaction(make.account(holder), external_ref="2026/11/24 #7")

    assert me.get(f"{URL}/2026/11/24%20%237").json()["reference"] == row.external_ref
    assert me.get(f"{URL}/2026%2F11%2F24%20%237").json()["reference"] == row.external_ref


def test_statements_are_own_and_may_be_narrowed_to_one_account(me, holder):
    one, two = make.account(holder), make.account(holder)
    make.statement(one, date(2026, 3, 5))
    make.statement(two, date(2026, 4, 5))
    make.statement(make.account(), date(2026, 5, 5))

    every = me.get("/api/v1/statements").json()["data"]
    narrowed = me.get("/api/v1/statements", {"account": one.external_ref}).json()["data"]

    assert [row["closing_on"] for row in every] == ["2026-04-05", "2026-03-05"]
    assert narrowed == [
        {
            "reference": "st-2026-03-05", "account": one.external_ref,
            "closing_on": "2026-03-05", "transmitted_on": "2026-03-07", "due_on": "2026-03-30",
            "balance": 50_000, "minimum": 2_500, "currency": "USD",
        }
    ]  # fmt: skip


def test_reasons_keep_their_codes_and_change_their_words(me):
    english = me.get("/api/v1/reasons").json()
    chinese = me.get("/api/v1/reasons", HTTP_ACCEPT_LANGUAGE="zh-Hans-CN,en;q=0.5").json()

    row, other = english["data"][0], chinese["data"][0]
    assert row["code"] == other["code"] == "fraud_card_absent"
    assert (row["label"], other["label"]) == (
        "I did not make this online or phone purchase", "非本人网上或电话交易",
    )  # fmt: skip
    assert [one["code"] for one in english["data"]] == [
        one.code for one in reasons.REASONS.values() if one.picked_by != "staff"
    ]
    assert len(english["withdrawal_causes"]) == len(reasons.WITHDRAWAL_CAUSES)


def test_time_zone_of_the_cardholder_decides_the_day(charge):
    assert timezone.now().tzinfo is not None
    charge.statement = make.statement(
        charge.account, date(2026, 3, 5), transmitted_on=date(2026, 3, 7)
    )
    charge.save()

    with time_machine.travel("2026-05-07T03:30:00+00:00"):  # still the 6th in New York
        can = caller(charge.account.cardholder).get(URL).json()["data"][0]["can_dispute"]

    assert can["late"] is False
