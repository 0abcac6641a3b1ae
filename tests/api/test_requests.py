from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from disputes import services
from disputes.models import Dispute
from tests import make
from tests.api.conftest import caller
from tests.api.test_telling import denied
from tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(holder):
    return make.dispute("investigating", holder=holder)


@pytest.fixture
def path(row) -> str:
    return f"/api/v1/cases/{row.ticket.reference}"


def state(row: Dispute) -> str:
    return Dispute.objects.get(pk=row.pk).state


def test_withdrawal_says_what_it_does_and_how_to_undo_it(me, row, path):
    services.grant_credit(row, actor=make.clerk(), at=timezone.now(), item=1)
    version = me.get(path)["ETag"]

    answer = me.post(f"{path}/withdrawal-requests", {"cause": "merchant_refunded"},
                     HTTP_IF_MATCH=version)  # fmt: skip

    told = answer.json()
    assert answer.status_code == 202
    assert (told["status"], told["cause"]) == ("cooling_off", "merchant_refunded")
    assert told["effects"]["provisional_taken_back"] == 12_900
    assert told["undo"] == f"{path}/withdrawal-requests/current"
    assert answer["ETag"] == me.get(path)["ETag"]
    undone = me.delete(told["undo"], HTTP_IF_MATCH=answer["ETag"])
    assert (undone.status_code, undone.json()["status"]) == (200, "in_review")
    assert state(row) == "investigating"


@pytest.mark.parametrize(
    ("if_match", "status", "code"),
    [
        (None, 428, "precondition_required"),
        ('"v1"', 412, "stale_version"),
        ('W/"v4"', 412, "stale_version"),
        ('"of another server"', 412, "stale_version"),
        ("v4", 412, "stale_version"),
        ('"v99999999999999999999"', 412, "stale_version"),
    ],
)
def test_request_on_another_version_moves_nothing(me, row, path, if_match, status, code):
    headers = {"HTTP_IF_MATCH": if_match} if if_match else {}
    answers = [
        me.post(f"{path}/withdrawal-requests", {"cause": "recognised_charge"}, **headers),
    ]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        if status == 412:
            assert answer["ETag"] == f'"v{answer.json()["version"]}"' == me.get(path)["ETag"]
    assert state(row) == "investigating"
    assert not Event.objects.filter(name="dispute.withdraw").exists()


def test_every_state_request_needs_a_version(me, row, path):
    assert me.delete(f"{path}/withdrawal-requests/current").status_code == 428
    assert me.post(f"{path}/reopen-requests", {"what_is_new": "x"}).status_code == 428


def test_second_withdrawal_and_undo_of_none_are_too_late(me, row, path):
    any_version = {"HTTP_IF_MATCH": "*"}
    none = me.delete(f"{path}/withdrawal-requests/current", **any_version)
    me.post(f"{path}/withdrawal-requests", {"cause": "recognised_charge"}, **any_version)
    twice = me.post(f"{path}/withdrawal-requests", {"cause": "recognised_charge"}, **any_version)

    assert (none.status_code, none.json()["code"]) == (409, "not_now")
    assert (twice.status_code, twice.json()["code"]) == (409, "not_now")


def test_unknown_cause_is_refused(me, path):
    answer = me.post(f"{path}/withdrawal-requests", {"cause": "boredom"}, HTTP_IF_MATCH="*")

    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert answer.json()["errors"][0]["pointer"] == "/cause"


def test_another_persons_claim_takes_no_request(path, row):
    stranger = caller(make.cardholder())
    for answer in (
        stranger.post(f"{path}/withdrawal-requests", {"cause": "recognised_charge"},
                      HTTP_IF_MATCH="*"),
        stranger.delete(f"{path}/withdrawal-requests/current", HTTP_IF_MATCH="*"),
        stranger.post(f"{path}/reopen-requests", {"what_is_new": "x"}, HTTP_IF_MATCH="*"),
        stranger.get(f"/api/v1/disputes/{row.ticket.reference}/decision"),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert state(row) == "investigating"


def test_denied_claim_is_opened_again_with_what_is_new(holder, me):
    row = denied(holder=holder)
    path = f"/api/v1/cases/{row.ticket.reference}"

    answer = me.post(f"{path}/reopen-requests", {"what_is_new": "The slip is not mine."},
                     HTTP_IF_MATCH=me.get(path)["ETag"])  # fmt: skip

    case = me.get(path).json()
    assert (answer.status_code, answer.json()["round"]) == (202, 2)
    assert (case["status"], case["round"]) == ("in_review", 2)
    assert case["hold"]["text"] == (
        "You objected in time: $129.00 may be reported only as disputed."
    )
    bodies = [one["body"] for one in me.get(f"{path}/messages").json()["data"]]
    assert bodies[0] == "The slip is not mine."


def test_objection_after_the_window_is_refused(holder):
    row = denied(holder=holder)
    path = f"/api/v1/cases/{row.ticket.reference}"

    with time_machine.travel(timezone.now() + timedelta(days=61)):
        me = caller(holder)
        answer = me.post(f"{path}/reopen-requests", {"what_is_new": "x"}, HTTP_IF_MATCH="*")
        actions = me.get(path).json()["actions"]

    assert (answer.status_code, answer.json()["code"]) == (409, "reopening_window_over")
    assert "reopen" not in actions


def test_decision_is_there_once_its_letter_has_left(holder, me):
    row = make.dispute("investigating", holder=holder)
    url = f"/api/v1/disputes/{row.ticket.reference}/decision"
    undecided = me.get(url)
    row = services.resolve(row, actor=make.clerk(), at=timezone.now(), answer=make.lost(row))
    undelivered = me.get(url)
    services.letter_left(row, at=timezone.now())
    told = me.get(url).json()

    assert (undecided.status_code, undecided.json()["code"]) == (404, "not_decided")
    assert (undelivered.status_code, undelivered.json()["code"]) == (404, "not_decided")
    assert (told["basis"], told["basis_label"]) == ("no_error", "no error occurred")
    assert (told["outcome"], told["explanation"]) == ("lost", "Both charges are yours.")
    item = told["items"][0]
    assert (item["disputed"], item["granted"], item["denied"]) == (12_900, 0, 12_900)
    ground = item["grounds"][0]
    assert (ground["code"], ground["label"]) == ("not_duplicate", "Two separate sales")
    assert ground["finding"]["statement"] == "Two separate sales slips exist."
    exhibit = ground["finding"]["exhibit"]
    assert exhibit["kind"] == "transaction"
    assert me.get(exhibit["path"]).json()["reference"] == exhibit["reference"]
    assert [one["code"] for one in told["you_may_still"]] == [
        "reopen", "ask_documents", "pay", "complain",
    ]  # fmt: skip


def test_earlier_answer_stays_as_it_was_while_a_new_one_is_on_its_way(holder, me):
    row = denied(holder=holder)
    path = f"/api/v1/cases/{row.ticket.reference}"
    me.post(f"{path}/reopen-requests", {"what_is_new": "Not mine."}, HTTP_IF_MATCH="*")
    row = Dispute.objects.get(pk=row.pk)
    services.resolve(row, actor=make.clerk(), at=timezone.now(), answer=make.won(row))

    told = me.get(f"/api/v1/disputes/{row.ticket.reference}/decision").json()

    assert (told["round"], told["outcome"], told["items"][0]["denied"]) == (1, "lost", 12_900)
    services.letter_left(Dispute.objects.get(pk=row.pk), at=timezone.now())
    told = me.get(f"/api/v1/disputes/{row.ticket.reference}/decision").json()
    assert (told["round"], told["outcome"], told["items"][0]["granted"]) == (2, "won", 12_900)
