"""Complaints over HTTP: make one, follow it, read the answer, object, end it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints import services
from complaints.models import Complaint
from kernel import actors
from tests import make
from tests.api.conftest import caller, system
from tests.api.test_costs import statements
from tickets.api import cases
from tickets.machine import allowed
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db
URL = "/api/v1/complaints"
INNER = {"investigating", "drafted", "responding", "under_review", "customer_service", "lead"}


def told(row: Complaint) -> dict[str, Any]:
    ticket = Ticket.objects.select_related("cardholder").get(pk=row.ticket_id)
    return caller(ticket.cardholder).get(f"{URL}/{ticket.reference}").json()


def tag(me: Any, reference: str) -> str:
    return me.get(f"{URL}/{reference}")["ETag"]


def test_words_are_enough_to_complain(me, holder):
    answer = me.post(URL, {"story": "Your collector called at midnight."})

    assert answer.status_code == 201
    made = answer.json()
    assert (made["kind"], made["status"], made["version"]) == ("complaint", "received", 3)
    assert answer["Location"].endswith(f"{URL}/{made['reference']}")
    assert me.get(f"{URL}/{made['reference']}").json()["actions"] == [
        "add_message", "add_attachment", "withdraw",
    ]  # fmt: skip
    thread = me.get(f"/api/v1/cases/{made['reference']}/messages").json()["data"]
    assert [one["body"] for one in thread] == ["Your collector called at midnight."]


def test_the_same_key_is_one_complaint(me):
    body = {"story": "You did not call back."}

    first = me.post(URL, body, HTTP_IDEMPOTENCY_KEY="k-1")
    again = me.post(URL, body, HTTP_IDEMPOTENCY_KEY="k-1")

    assert first.json()["reference"] == again.json()["reference"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "required"),
        ({"story": 5}, 422, None),
        ({"story": "x", "category": "weather"}, 422, "unknown_category"),
        ({"story": "x", "account": "acc-of-another"}, 422, "unknown_account"),
        ({"story": "x", "joins": "C-00000-00000-0"}, 422, "unknown_case"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(me, body, status, code):
    answer = me.post(URL, body)

    assert answer.status_code == status
    if code not in {None, "required"}:
        assert answer.json()["code"] == code
    assert Complaint.objects.count() == 0


def test_nobody_complains_as_an_issuers_system():
    assert system("facts:write").post(URL, {"story": "x"}).status_code == 403


def test_another_cardholder_finds_nothing(me):
    row = make.complaint()
    reference = row.ticket.reference

    for path in ("", "/decision"):
        assert me.get(f"{URL}/{reference}{path}").status_code == 404
    for path in ("withdrawal-requests", "review-requests", "reopen-requests"):
        answer = me.post(f"{URL}/{reference}/{path}", {"because": "x"}, HTTP_IF_MATCH='"1"')
        assert answer.status_code == 404
    assert me.get(URL).json()["data"] == []


def test_a_dispute_is_no_complaint(me, holder):
    row = make.dispute("filed", holder=holder)

    assert me.get(f"{URL}/{row.ticket.reference}").status_code == 404


@pytest.mark.parametrize(
    ("state", "status", "more", "who"),
    [
        ("received", "received", ["withdraw"], "us"),
        ("acknowledged", "received", ["withdraw"], "us"),
        ("investigating", "in_review", ["withdraw"], "us"),
        ("drafted", "in_review", ["withdraw"], "us"),
        ("responding", "finishing", [], "us"),
        ("responded", "decided", ["request_review", "reopen"], "nobody"),
        ("under_review", "in_review", [], "us"),
        ("referred", "with_ombudsman", [], "nobody"),
        ("withdrawn", "decided", ["reopen"], "nobody"),
    ],
)
def test_state_is_told_in_public_words(state, status, more, who):
    row = make.complaint(state, category="collect_hours")

    case = told(row)

    assert (case["status"], case["next_step"]["who"]) == (status, who)
    assert case["actions"] == ["add_message", "add_attachment", *more]
    assert case["category_label"] == "Contact at forbidden hours"
    assert INNER & set(str(case).replace("'", " ").split()) == set()
    me = caller(Ticket.objects.get(pk=row.ticket_id).cardholder)
    for one in cases.STATUSES:
        found = me.get("/api/v1/cases", {"status": one}).json()["data"]
        assert [row["reference"] for row in found] == [case["reference"]] * (one == status)


@pytest.mark.parametrize(
    "state",
    ["received", "investigating", "drafted", "responding", "responded", "under_review",
     "referred", "withdrawn"],
)  # fmt: skip
def test_actions_are_what_the_machine_allows(state):
    row = make.complaint(state)
    row = Complaint.objects.select_related("ticket__cardholder").get(pk=row.pk)

    offered = set(told(row)["actions"]) - {"add_message", "add_attachment"}

    assert offered == set(allowed(row, actors.cardholder(row.ticket.cardholder)))


@pytest.mark.parametrize(
    ("state", "outcome"), [("drafted", ""), ("responding", ""), ("responded", "upheld")]
)
def test_the_outcome_is_told_when_its_letter_has_left(state, outcome):
    row = make.complaint(state)

    case = told(row)

    assert case["outcome"] == outcome
    assert (case["redress"] is not None) == bool(outcome)
    me = caller(row.ticket.cardholder)
    answer = me.get(f"{URL}/{row.ticket.reference}/decision")
    assert answer.status_code == (200 if outcome else 404)


def test_the_answer_has_its_money_in_figures_and_what_is_left():
    row = make.complaint("responded")

    answer = caller(row.ticket.cardholder).get(f"{URL}/{row.ticket.reference}/decision").json()

    assert (answer["refunded"], answer["amount"], answer["currency"]) == (True, 2_500, "USD")
    assert answer["points"] == [
        {"words": "A call at midnight", "outcome": "upheld", "outcome_label": "upheld"}
    ]
    assert [one["code"] for one in answer["you_may_still"]] == ["review", "us_cfpb", "court"]
    last = (timezone.now() + timedelta(days=60)).astimezone(row.ticket.cardholder.zone).date()
    assert answer["you_may_still"][0]["by"] == last.isoformat()
    assert told(row)["redress"]["amount"] == 2_500


def test_a_complaint_is_ended_and_taken_up_again(me, holder):
    reference = me.post(URL, {"story": "Too slow."}).json()["reference"]

    ended = me.post(f"{URL}/{reference}/withdrawal-requests", HTTP_IF_MATCH=tag(me, reference))
    again = me.post(
        f"{URL}/{reference}/reopen-requests", {"because": "It happened again."},
        HTTP_IF_MATCH=ended["ETag"],
    )  # fmt: skip

    assert (ended.status_code, ended.json()["status"]) == (200, "decided")
    assert (again.status_code, again.json()["round"]) == (202, 2)
    shown = me.get(f"/api/v1/cases/{reference}/timeline").json()["data"]
    assert [one["code"] for one in shown] == ["message_posted", "reopened", "withdrawn", "received"]


def test_a_review_is_asked_for_once():
    row = make.complaint("responded")
    me, reference = caller(row.ticket.cardholder), row.ticket.reference

    asked = me.post(
        f"{URL}/{reference}/review-requests", {"because": "You did not listen."},
        HTTP_IF_MATCH=tag(me, reference),
    )  # fmt: skip
    again = me.post(
        f"{URL}/{reference}/review-requests", {"because": "Again."}, HTTP_IF_MATCH=asked["ETag"]
    )

    assert (asked.status_code, asked.json()["status"]) == (202, "in_review")
    assert (again.status_code, again.json()["code"]) == (409, "not_now")


def test_who_has_not_seen_the_latest_changes_nothing(me):
    reference = me.post(URL, {"story": "Too slow."}).json()["reference"]

    none = me.post(f"{URL}/{reference}/withdrawal-requests")
    old = me.post(f"{URL}/{reference}/withdrawal-requests", HTTP_IF_MATCH='"1"')

    assert (none.status_code, old.status_code) == (428, 412)


def test_after_the_window_nothing_is_offered():
    row = make.complaint("responded")
    Complaint.objects.filter(pk=row.pk).update(told_at=timezone.now() - timedelta(days=61))

    assert told(row)["actions"] == ["add_message", "add_attachment"]


def test_reading_again_costs_nothing_while_nothing_has_changed(me):
    reference = me.post(URL, {"story": "Too slow."}).json()["reference"]

    answer = me.get(f"{URL}/{reference}", HTTP_IF_NONE_MATCH=tag(me, reference))

    assert answer.status_code == 304


def test_categories_speak_the_readers_language(me):
    english = me.get(f"{URL}/categories").json()["data"]
    chinese = me.get(f"{URL}/categories", HTTP_ACCEPT_LANGUAGE="zh-hans").json()["data"]

    assert [one["code"] for one in english] == [one["code"] for one in chinese]
    assert (len(english), chinese[0]["label"]) == (51, "争议处理不当")


def many(like: Complaint, count: int) -> None:
    """Copy a case row by row: a thousand walks would take minutes."""
    ticket, answer = like.ticket, like.decisions.get()
    dates = list(ticket.deadlines.all())
    for number in range(count):
        copy = Ticket.objects.get(pk=ticket.pk)
        copy.pk, copy.reference = None, f"C-{number:05d}-00000-0"
        copy.received_at = ticket.received_at - timedelta(minutes=number + 1)
        copy.save(force_insert=True)
        twin = Complaint.objects.get(pk=like.pk)
        twin.pk, twin.ticket = None, copy
        twin.save(force_insert=True)
        answer.pk, answer.complaint = None, twin
        answer.save(force_insert=True)
        for date in dates:
            date.pk, date.ticket = None, copy
        Deadline.objects.bulk_create(dates)


@pytest.mark.parametrize("count", [10, 1000])
def test_list_and_case_cost_the_same_with_ten_and_with_a_thousand(me, holder, count):
    first = make.complaint("responded", holder=holder)
    many(first, count - 1)

    whole = statements(lambda: me.get(f"{URL}/{first.ticket.reference}"))
    page = statements(lambda: me.get(f"{URL}?limit=100"))
    kinds = statements(lambda: me.get("/api/v1/cases?limit=100"))

    assert Ticket.objects.count() == count
    assert (len(whole), len(page), len(kinds)) == (4, 3, 3)


def test_staff_words_about_a_draft_never_reach_the_cardholder():
    row = make.complaint("drafted")
    services.send_back(
        row, actor=make.clerk("lead"), at=timezone.now(), because="Secret doubts about it."
    )
    me, reference = caller(row.ticket.cardholder), row.ticket.reference

    for path in ("", "/messages", "/timeline"):
        assert "Secret" not in me.get(f"/api/v1/cases/{reference}{path}").content.decode()
