from __future__ import annotations

from typing import Any

import pytest

from accounts.models import CardAccount, Cardholder, CardTransaction, Statement
from disputes.models import Chargeback, NetworkEvent
from law.registry import rule
from tests import make
from tests.api.conftest import caller, claim, system

pytestmark = pytest.mark.django_db

PERSON = {"name": "Ada Example", "jurisdiction": "us", "time_zone": "America/New_York"}
ACCOUNT = {"cardholder": "c1", "token": "tok_1", "last_four": "1111", "network": "visa",
           "currency": "USD", "cycle_day": 5}  # fmt: skip
STATEMENT = {"closing_on": "2026-10-05", "transmitted_on": "2026-10-07", "currency": "USD",
             "balance_minor": 50_000}  # fmt: skip
CHARGE = {"account": "a1", "posted_on": "2026-10-01", "amount_minor": 12_900, "currency": "USD",
          "merchant_name": "Shoes & Co"}  # fmt: skip


@pytest.fixture
def core():
    return system("facts:write")


def put_all(core: Any) -> list[tuple[int, str]]:
    answers = [
        core.put("/api/v1/facts/cardholders/c1", PERSON),
        core.put("/api/v1/facts/accounts/a1", ACCOUNT),
        core.put("/api/v1/facts/statements/a1/s1", STATEMENT),
        core.put("/api/v1/facts/transactions/t/1", {**CHARGE, "statement": "s1"}),
    ]
    return [(one.status_code, one.json()["change"]) for one in answers]


def test_facts_come_in_once_and_can_be_disputed_at_once(core):
    first, again = put_all(core), put_all(core)

    assert first == [(201, "created")] * 4
    assert again == [(200, "unchanged")] * 4
    row = CardTransaction.objects.select_related("account__cardholder").get()
    assert (row.external_ref, row.statement) == ("t/1", Statement.objects.get())
    filed = caller(row.account.cardholder).post("/api/v1/disputes", claim(row))
    assert filed.status_code == 201


def test_field_that_is_left_out_stays_and_one_that_is_sent_changes(core):
    put_all(core)

    answer = core.put("/api/v1/facts/cardholders/c1", {"name": "Ada Other"})

    assert (answer.status_code, answer.json()["change"]) == (200, "changed")
    row = Cardholder.objects.get()
    assert (row.name, row.time_zone) == ("Ada Other", "America/New_York")


@pytest.mark.parametrize(
    ("path", "body", "code", "pointer"),
    [
        ("cardholders/c1", {"name": "x"}, "required", "/jurisdiction"),
        ("cardholders/c1", {**PERSON, "colour": "red"}, "field_unknown", "/colour"),
        ("cardholders/c1", {**PERSON, "name": "a\x00b"}, "nul_refused", "/name"),
        ("cardholders/c1", {**PERSON, "name": ["x"]}, "not_text", "/name"),
        ("cardholders/c1", {**PERSON, "name": "4111 1111 1111 1111"}, "card_number_refused",
         "/name"),
        ("cardholders/c1", {**PERSON, "time_zone": "Mars"}, "time_zone_unknown", "/time_zone"),
        ("cardholders/c1", {**PERSON, "external_ref": "c2"}, "contradicts_path",
         "/external_ref"),
        ("accounts/a1", {**ACCOUNT, "cardholder": "nobody"}, "cardholder_unknown",
         "/cardholder"),
        ("accounts/a1", {**ACCOUNT, "token": "4111111111111111"}, "card_number_refused",
         "/token"),
        ("accounts/4111111111111111", ACCOUNT, "card_number_refused", "/external_ref"),
        ("statements/none/s1", STATEMENT, "account_unknown", "/account"),
        ("statements/a1/s1", {**STATEMENT, "account": "a2"}, "contradicts_path", "/account"),
        ("transactions/t1", {**CHARGE, "amount_minor": 12.5}, "amount_unfit", "/amount_minor"),
        ("transactions/t1", {**CHARGE, "amount_minor": 10**20}, "amount_unfit", "/amount_minor"),
    ],
)  # fmt: skip
def test_unfit_fact_is_refused_by_its_field_and_nothing_is_stored(core, path, body, code, pointer):
    core.put("/api/v1/facts/cardholders/c1", PERSON) if path.startswith("accounts") else None
    before = Cardholder.objects.count()

    answer = core.put(f"/api/v1/facts/{path}", body)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, code)
    assert [row["pointer"] for row in problem["errors"]] == [pointer]
    assert "4111111111111111" not in answer.content.decode()
    assert Cardholder.objects.count() == before
    assert not CardAccount.objects.exists()


def news(leg: Chargeback, **changes: Any) -> dict[str, Any]:
    return {
        "network_reference": leg.network_reference, "kind": "represented", "version": 1,
        "occurred_at": "2026-11-24T10:00:00Z", **changes,
    }  # fmt: skip


def test_network_news_is_applied_once(core):
    leg = make.leg("submitted")

    first = core.put("/api/v1/facts/network-events/visa/e1", news(leg))
    again = core.put("/api/v1/facts/network-events/visa/e1", news(leg))
    other = core.put("/api/v1/facts/network-events/visa/e1", news(leg, kind="lost"))

    assert (first.status_code, first.json()["status"]) == (201, "applied")
    assert first.json()["case"] == leg.ticket.reference
    assert (again.status_code, again.json()["change"]) == (200, "unchanged")
    assert (other.status_code, other.json()["code"]) == (422, "event_id_reused")
    assert Chargeback.objects.get(pk=leg.pk).state == "represented"


def test_news_that_cannot_be_applied_is_kept_for_a_person(core):
    leg = make.leg("submitted")

    unknown = core.put("/api/v1/facts/network-events/visa/e1", news(leg, kind="rumour")).json()
    nobody = core.put(
        "/api/v1/facts/network-events/visa/e2", news(leg, network_reference="none")
    ).json()

    assert (unknown["status"], unknown["why"]) == ("quarantined", "unknown kind 'rumour'")
    assert (nobody["status"], nobody["why"]) == ("quarantined", "no such chargeback")
    assert NetworkEvent.objects.filter(status="quarantined").count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0}, {"version": "x"}, {"version": 2**40}, {"occurred_at": "yesterday"},
        {"amount": "12"}, {"amount": 10**20}, {"network_reference": None}, {"kind": ["x"]},
        {"words": "a\x00b"},
    ],
)  # fmt: skip
def test_news_of_another_shape_is_refused(core, changes):
    leg = make.leg("submitted")

    answer = core.put("/api/v1/facts/network-events/visa/e1", news(leg, **changes))

    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert not NetworkEvent.objects.exists()


def test_news_that_is_no_object_is_refused(core):
    answer = core.generic("PUT", "/api/v1/facts/network-events/visa/e1", b"[1]",
                          content_type="application/json")  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (422, "not_an_object")


def test_restrictions_name_amount_law_and_end():
    asker = system("cases:read")
    row = make.dispute("investigating")
    account = row.ticket.account

    found = asker.get(f"/api/v1/accounts/{account.external_ref}/restrictions").json()["data"]

    assert [(one["code"], one["citation"]) for one in found] == [
        ("hold_on", ""),
        ("no_collection", "12 CFR 1026.13(d)(1)"),
        ("no_adverse_report", "12 CFR 1026.13(d)(2); 15 USC 1666a"),
        ("no_acceleration", "12 CFR 1026.13(d)(3)"),
    ]
    assert {(one["case"], one["amount"], one["currency"]) for one in found} == {
        (row.ticket.reference, 12_900, "USD")
    }
    assert found[0]["transactions"] == [row.items.get().transaction.external_ref]


def test_an_act_that_the_law_forbids_is_refused_in_the_laws_words():
    asker = system("cases:read")
    row = make.dispute("investigating")
    path = f"/api/v1/accounts/{row.ticket.account.external_ref}/acts"

    refused = asker.get(f"{path}/report")

    assert (refused.status_code, refused.json()["code"]) == (409, "act_forbidden")
    assert "12 CFR 1026.13(d)(2)" in refused.json()["detail"]
    assert rule("US-REGZ-13D2-NOADVERSE").text in refused.json()["detail"]
    assert {one["rule"] for one in refused.json()["restrictions"]} == {"", "US-REGZ-13D2-NOADVERSE"}
    assert asker.get(f"{path}/enforce").json()["allowed"] is True


def test_an_act_is_free_again_once_the_claim_is_answered_and_unknown_acts_name_the_known():
    asker = system("cases:read")
    account = make.dispute("resolved").ticket.account.external_ref

    assert asker.get(f"/api/v1/accounts/{account}/acts/collect").status_code == 200
    unknown = asker.get(f"/api/v1/accounts/{account}/acts/dance")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_act")
    assert "collect, contact, report" in unknown.json()["detail"]
    assert asker.get("/api/v1/accounts/none/acts/collect").status_code == 404


def test_account_without_an_open_claim_has_no_restriction():
    asker = system("cases:read")
    won = make.dispute("resolved").ticket.account
    quiet = make.account()

    for account in (won, quiet):
        path = f"/api/v1/accounts/{account.external_ref}/restrictions"
        assert asker.get(path).json() == {"data": []}
    assert asker.get("/api/v1/accounts/none/restrictions").status_code == 404
    assert asker.get("/api/v1/accounts/a%00b/restrictions").status_code == 404


def test_restrictions_cost_the_same_for_one_case_and_for_many(django_assert_num_queries):
    asker = system("cases:read")
    account = make.account()
    for _number in range(4):
        make.filed(account=account)

    with django_assert_num_queries(5):  # the account, claims, items, transactions, law
        asker.get(f"/api/v1/accounts/{account.external_ref}/restrictions")
    with django_assert_num_queries(5):
        asker.get(f"/api/v1/accounts/{account.external_ref}/acts/report")
