from __future__ import annotations

from typing import Any

import pytest

from disputes.models import Dispute
from tests import make
from tests.api.conftest import caller, claim
from tickets.models import Event, Idempotency, Ticket

pytestmark = pytest.mark.django_db

URL = "/api/v1/disputes"


def item(row: Any, **fields: Any) -> dict[str, Any]:
    return {
        "transaction": row.external_ref, "amount": row.amount_minor, "currency": row.currency,
        **fields,
    }  # fmt: skip


def nothing_was_filed() -> bool:
    return not (
        Dispute.objects.exists() or Ticket.objects.exists() or Event.objects.exists()
        or Idempotency.objects.exists()
    )  # fmt: skip


def test_filed_dispute_says_where_it_is_and_what_happens_next(me, charge):
    answer = me.post(URL, claim(charge))

    case = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver{URL}/{case['reference']}"
    assert answer["ETag"] == '"v3"'
    assert case["status"] == "received"
    assert case["actions"] == ["add_message", "add_attachment", "withdraw"]
    assert case["next_step"]["who"] == "us"
    assert case["next_step"]["action"] == "acknowledge"
    assert [row["citation"] for row in case["dates"]] == [
        "12 CFR 1026.13(c)(1)",
        "12 CFR 1026.13(c)(2), comment 13(c)(2)-1",
    ]
    assert (case["money"]["disputed"], case["money"]["currency"]) == (12_900, "USD")
    assert case["hold"]["on"] is True


def test_read_and_list_show_the_same_case(me, charge):
    filed = me.post(URL, claim(charge)).json()

    whole = me.get(f"{URL}/{filed['reference']}").json()
    line = me.get(URL).json()["data"][0]
    any_kind = me.get("/api/v1/cases").json()["data"][0]

    assert whole.pop("turns") == [{"party": "us", "seconds": 0}]
    assert whole == {**line, "answers": {"twin_posting": "tx-twin"}, "evidence": filed["evidence"]}
    assert any_kind == line


def test_anothers_case_is_not_there(me, charge):
    reference = me.post(URL, claim(charge)).json()["reference"]
    stranger = caller(make.cardholder())

    for path in (f"{URL}/{reference}", f"/api/v1/cases/{reference}"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert stranger.get(URL).json()["data"] == []


def test_unchanged_case_is_not_sent_again(me, charge, django_assert_num_queries):
    filed = me.post(URL, claim(charge))
    path = f"{URL}/{filed.json()['reference']}"

    with django_assert_num_queries(2):  # whose token it is, and the version
        answer = me.get(path, HTTP_IF_NONE_MATCH=filed["ETag"])

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", '"v3"')
    assert me.get(path, HTTP_IF_NONE_MATCH='"v2"').status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"transaction": "tx-none"}, "unknown_transaction"),
        ({"amount": 12_901}, "amount_exceeds_transaction"),
        ({"amount": 0}, "amount_not_above_zero"),
        ({"amount": -1}, "amount_not_above_zero"),
        ({"currency": "EUR"}, "wrong_currency"),
    ],
)
def test_item_that_does_not_fit_is_refused_by_name(me, charge, change, code):
    answer = me.post(URL, claim(charge, items=[item(charge, **change)]))

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, code)
    assert answer["Content-Type"] == "application/problem+json"
    field = "transaction" if "transaction" in change else "amount"
    assert problem["errors"] == [
        {"pointer": f"/items/0/{field}", "code": code, "detail": problem["detail"]}
    ]
    assert nothing_was_filed()


def test_somebody_elses_transaction_reads_like_one_that_is_not_there(me, charge):
    foreign = make.transaction(external_ref="tx-of-another")

    theirs = me.post(URL, claim(charge, items=[item(foreign)])).json()
    none = me.post(URL, claim(charge, items=[item(foreign, transaction="tx-of-anothem")])).json()

    assert theirs["code"] == none["code"] == "unknown_transaction"
    assert theirs["detail"].replace("another", "") == none["detail"].replace("anothem", "")


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("12900", "invalid"), (12.5, "invalid"), (129.0, "invalid"), (True, "invalid"),
        (None, "null"), (10**13 + 1, "max_value"), (10**400, "max_value"),
    ],
)  # fmt: skip
def test_amount_is_a_whole_number_of_minor_units(me, charge, amount, code):
    answer = me.post(URL, claim(charge, items=[item(charge, amount=amount)]))

    assert answer.status_code == 422
    assert [
        (row["pointer"], row["code"]) for row in answer.json()["errors"]
    ] == [("/items/0/amount", code)]  # fmt: skip
    assert nothing_was_filed()


def test_second_dispute_of_a_transaction_names_the_first(me, charge):
    first = me.post(URL, claim(charge)).json()["reference"]

    answer = me.post(URL, claim(charge))

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "duplicate_dispute")
    assert problem["existing"] == first
    assert problem["choices"] == ["open_existing", "add_information"]
    assert Dispute.objects.count() == 1


def test_one_transaction_twice_in_one_dispute_is_refused(me, charge):
    answer = me.post(URL, claim(charge, items=[item(charge), item(charge)]))

    assert (answer.status_code, answer.json()["code"]) == (422, "same_transaction_twice")


def test_missing_answers_are_named(me, charge):
    answer = me.post(URL, claim(charge, answers={}))

    assert (answer.status_code, answer.json()["code"]) == (422, "answers_missing")
    assert [row["pointer"] for row in answer.json()["errors"]] == ["/answers/twin_posting"]


def test_unknown_reason_is_refused(me, charge):
    answer = me.post(URL, claim(charge, reason="because"))

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_reason")
