"""What a case tells in each state: public words, money, hold, next step, actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from disputes import services
from disputes.services import recovery
from kernel import actors
from tests import make
from tests.api.conftest import caller
from tickets.api import cases
from tickets.machine import allowed
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db

INNER = {"filed", "acknowledged", "investigating", "resolving", "withdrawing", "finance", "lead"}


def told(row: Any) -> dict[str, Any]:
    ticket = Ticket.objects.select_related("cardholder").get(pk=row.ticket_id)
    return caller(ticket.cardholder).get(f"/api/v1/cases/{ticket.reference}").json()


def denied(**fields: Any) -> Any:
    row = make.dispute("investigating", **fields)
    services.grant_credit(row, actor=make.clerk(), at=timezone.now(), item=1)
    row = services.resolve(row, actor=make.clerk(), at=timezone.now(), answer=make.lost(row))
    return services.letter_left(row, at=timezone.now())


@pytest.mark.parametrize(
    ("state", "status", "actions", "who"),
    [
        ("filed", "received", ["add_message", "add_attachment", "withdraw"], "us"),
        ("acknowledged", "received", ["add_message", "add_attachment", "withdraw"], "us"),
        ("investigating", "in_review", ["add_message", "add_attachment", "withdraw"], "us"),
        ("withdrawing", "withdrawal_pending",
         ["add_message", "add_attachment", "undo_withdrawal"], "you"),
        ("withdrawn", "decided", ["add_message", "add_attachment", "reopen"], "nobody"),
        ("resolving", "finishing", ["add_message", "add_attachment"], "us"),
        ("resolved", "decided", ["add_message", "add_attachment"], "nobody"),
    ],
)  # fmt: skip
def test_state_is_told_in_public_words(state, status, actions, who):
    row = make.dispute(state)

    case = told(row)

    assert (case["status"], case["actions"], case["next_step"]["who"]) == (status, actions, who)
    holder = Ticket.objects.get(pk=row.ticket_id).cardholder
    found = caller(holder).get("/api/v1/cases", {"status": status}).json()["data"]
    assert [one["reference"] for one in found] == [case["reference"]]
    others = [one for one in cases.STATUSES if one != status]
    for other in others:
        assert caller(holder).get("/api/v1/cases", {"status": other}).json()["data"] == []


@pytest.mark.parametrize(
    "state",
    ["filed", "acknowledged", "investigating", "withdrawing", "withdrawn", "resolving", "resolved"],
)
def test_actions_are_what_the_machine_allows(state):
    row = make.dispute(state)
    row = type(row).objects.select_related("ticket__cardholder").get(pk=row.pk)
    verbs = {"withdraw": "withdraw", "undo_withdrawal": "undo_withdrawal", "reopen": "reassert"}

    offered = {verbs[name] for name in told(row)["actions"] if name in verbs}

    machine = set(allowed(row, actors.cardholder(row.ticket.cardholder)))
    if state == "resolved":  # in full: the machine would, the service finds nothing to look at
        machine -= {"reassert"}
    assert offered == machine & set(verbs.values())


def test_no_inner_name_and_no_member_of_staff_leaves(holder):
    row = make.dispute("investigating", holder=holder)
    services.grant_credit(row, actor=make.clerk(), at=timezone.now(), item=1)

    case = caller(holder).get(f"/api/v1/cases/{row.ticket.reference}").content.decode()
    line = caller(holder).get(f"/api/v1/cases/{row.ticket.reference}/timeline").content.decode()

    assert "user:" not in case + line
    for name in INNER:
        assert f'"{name}"' not in case
    # That it was acknowledged is an event that the person is told of, not a state.
    for name in INNER - {"acknowledged"}:
        assert f'"{name}"' not in line


def test_lent_money_may_be_taken_back():
    row = make.dispute("investigating")
    services.grant_credit(row, actor=make.clerk(), at=timezone.now(), item=1)

    case = told(row)

    assert (case["money"]["provisional"], case["money"]["final"]) == (12_900, 0)
    assert case["money"]["may_be_taken_back"] is True
    assert case["items"][0]["credit"] == "provisional"


def test_granted_money_is_final():
    case = told(make.dispute("resolved"))

    assert (case["money"]["provisional"], case["money"]["final"]) == (0, 12_900)
    assert case["money"]["may_be_taken_back"] is False
    assert (case["outcome"], case["items"][0]["outcome"]) == ("won", "won")
    assert case["hold"]["on"] is False


def test_outcome_is_not_told_before_the_letter_has_left():
    case = told(make.dispute("resolving"))

    assert (case["outcome"], case["items"][0]["outcome"]) == ("", "")
    assert case["next_step"]["text"] == "It is decided. Our answer is on its way to you."


def test_denied_claim_says_what_is_owed_and_until_when_to_object():
    case = told(denied())

    assert case["hold"]["on"] is True
    assert case["next_step"]["action"] == "pay_or_object"
    assert case["next_step"]["by"] == case["hold"]["until"]
    assert case["actions"] == ["add_message", "add_attachment", "reopen"]
    assert {"redispute", "object_by"} <= {row["code"] for row in case["dates"]}
    assert case["items"][0]["taken_back_on"] is not None


def test_taken_back_money_is_counted():
    row = denied()
    services.reverse_credit(row, at=timezone.now() + timedelta(days=8), item=1)

    assert told(row)["money"]["charged_back_to_you"] == 12_900


def test_question_to_the_cardholder_is_theirs_to_answer():
    row = make.dispute("investigating")
    services.ask_cardholder(
        row, actor=make.clerk(), at=timezone.now(), evidence=["receipt"], text="Your receipt?"
    )

    case = told(row)

    assert (case["status"], case["next_step"]["who"]) == ("action_needed", "you")
    assert case["next_step"]["text"] == (
        "Please send us: Sales slip or receipt. If you have nothing more, tell us so."
    )
    reply = next(date for date in case["dates"] if date["code"] == "reply_by")
    assert (reply["for"], reply["severity"], reply["days_left"]) == ("you", "terms", 14)
    caller(row.ticket.cardholder).post(f"/api/v1/cases/{case['reference']}/messages",
                                       {"body": "Here."})  # fmt: skip
    assert told(row)["status"] == "in_review"


def test_merchants_bank_has_the_move():
    leg = make.leg("submitted")

    case = told(leg)

    assert (case["status"], case["next_step"]["who"]) == ("with_merchant_bank", "merchant_bank")
    recovery.record_win(leg, actor=make.clerk(), at=timezone.now())
    assert told(leg)["status"] == "in_review"


def test_time_is_counted_by_party(holder):
    at = timezone.now()
    row = make.dispute("investigating", holder=holder, at=at)
    services.ask_cardholder(
        row, actor=make.clerk(), at=at + timedelta(hours=2), evidence=["receipt"], text="Please."
    )

    turns = cases.tell(holder, row.ticket.reference, at=at + timedelta(hours=5))[0]["turns"]

    assert {one["party"]: one["seconds"] // 3600 for one in turns} == {"us": 2, "you": 3}


def test_chinese_is_spoken_to_who_asks_for_it(me, holder):
    row = make.dispute("investigating", holder=holder)

    case = me.get(f"/api/v1/cases/{row.ticket.reference}", HTTP_ACCEPT_LANGUAGE="zh-CN").json()

    assert (case["reason"], case["reason_label"]) == ("duplicate", "重复扣款")
    assert [date["name"] for date in case["dates"]] == ["书面确认收到通知", "处理完毕账单错误"]
    assert case["evidence"]["items"][0]["label"] == "两笔中哪一笔是正确的?"


def test_late_deadline_is_told_as_late(me, holder):
    row = make.dispute("investigating", holder=holder)

    told_later = cases.tell(
        holder, row.ticket.reference, at=timezone.now() + timedelta(days=40)
    )[0]  # fmt: skip

    assert told_later["dates"][0]["days_left"] == -10
    assert told_later["next_step"]["text"].startswith("We should have written to you by")


def test_small_claim_is_answered_in_the_same_breath(me, holder):
    from tests.api.conftest import claim

    charge = make.transaction(make.account(holder), amount_minor=1_500)

    filed = me.post("/api/v1/disputes", claim(charge))

    assert filed.json()["status"] == "finishing"
    case = me.get(f"/api/v1/disputes/{filed.json()['reference']}")
    assert case["ETag"] == filed["ETag"]
    assert case.json()["money"]["final"] == 1_500


def test_a_window_of_the_cardholder_that_ends_on_a_closed_day_is_accepted_until_the_next():
    holder = make.cardholder(jurisdiction="cn")
    row = make.filed(holder)
    Deadline.objects.create(
        ticket=row.ticket, rule="CMP-REVIEW-APPLY", key="request_review", name_en="Ask",
        severity="statutory", binds="customer", nature="window", version="1", citation="art. 1",
        time_zone="Asia/Shanghai", due_on=date(2026, 2, 15), rolled_on=date(2026, 2, 24),
    )  # fmt: skip

    (found,) = [one for one in told(row)["dates"] if one["code"] == "request_review"]

    assert (found["date"], found["accepted_until"]) == ("2026-02-15", "2026-02-24")
    assert found["confirmed"] is True
