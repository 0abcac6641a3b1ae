from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from disputes import services
from disputes.models import Dispute, Draft
from disputes.services import drafts
from tests import make
from tests.api.conftest import caller, claim
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db

URL = "/api/v1/disputes/drafts"


def test_draft_starts_no_case_and_says_what_is_missing(me, charge):
    answer = me.post(URL, {"reason": "goods_not_received", "answers": {"what": "goods"}})

    told = answer.json()
    missing = {row["code"] for row in told["evidence"]["items"]
               if (row["status"], row["needed_for"]) == ("missing", "submission")}  # fmt: skip
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver{URL}/{told['reference']}"
    assert (answer["ETag"], told["status"]) == ('"v1"', "draft")
    assert missing == {"expected_by"}
    assert told["next_step"]["action"] == "complete"
    assert not Ticket.objects.exists()


def test_empty_draft_may_be_kept(me):
    told = me.post(URL, {}).json()

    assert (told["reason"], told["evidence"], told["items"]) == (None, None, [])


def test_law_says_until_when_it_can_be_sent(me, charge):
    sent = charge.posted_on + timedelta(days=7)
    charge.statement = make.statement(charge.account, charge.posted_on, transmitted_on=sent)
    charge.save()

    told = me.post(URL, claim(charge)).json()

    assert told["can_submit_until"] == (sent + timedelta(days=60)).isoformat()
    assert told["next_step"] == {
        "who": "you", "action": "submit", "by": told["can_submit_until"],
        "text": "Check it and send it.",
    }  # fmt: skip


def test_sent_draft_becomes_the_case_and_its_receipt_is_the_sending(me, charge, holder):
    with time_machine.travel(timezone.now() - timedelta(days=5), tick=False):
        draft = caller(holder).post(URL, claim(charge))
    reference = draft.json()["reference"]
    now = timezone.now()

    with time_machine.travel(now, tick=False):
        sent = caller(holder).post(f"{URL}/{reference}/submission", HTTP_IF_MATCH=draft["ETag"])

    ticket = Ticket.objects.get()
    assert (sent.status_code, sent.json()["reference"]) == (201, reference)
    assert ticket.received_at == now
    assert ticket.dispute.notice_on == now.astimezone(holder.zone).date()
    assert not Draft.objects.exists()
    assert me.get(f"{URL}/{reference}").status_code == 404
    assert me.get(f"/api/v1/disputes/{reference}").status_code == 200
    assert Message.objects.get().body == "Please look at this."


def test_sending_again_under_the_same_key_repeats_the_answer(me, charge):
    draft = me.post(URL, claim(charge))
    path = f"{URL}/{draft.json()['reference']}/submission"

    first = me.post(path, HTTP_IF_MATCH='"v1"', HTTP_IDEMPOTENCY_KEY="send")
    again = me.post(path, HTTP_IF_MATCH='"v1"', HTTP_IDEMPOTENCY_KEY="send")
    other = me.post(path, HTTP_IF_MATCH='"v1"', HTTP_IDEMPOTENCY_KEY="send-2")

    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (404, "not_found")
    assert Dispute.objects.count() == 1


def test_incomplete_draft_is_refused_and_stays(me, charge):
    path = f"{URL}/{me.post(URL, claim(charge, answers={})).json()['reference']}"
    none = f"{URL}/{me.post(URL, {}).json()['reference']}"

    answer = me.post(f"{path}/submission", HTTP_IF_MATCH='"v1"')
    unchosen = me.post(f"{none}/submission", HTTP_IF_MATCH='"v1"')

    assert (answer.status_code, answer.json()["code"]) == (422, "answers_missing")
    assert (unchosen.status_code, unchosen.json()["code"]) == (422, "unknown_reason")
    assert me.get(path).status_code == 200
    assert not Ticket.objects.exists()


def test_change_needs_the_version_and_replaces_only_what_is_named(me, charge):
    path = f"{URL}/{me.post(URL, claim(charge)).json()['reference']}"

    saved = me.patch(path, {"story": "Another."}, HTTP_IF_MATCH='"v1"')
    stale = me.patch(path, {"story": "Lost."}, HTTP_IF_MATCH='"v1"')
    blind = me.patch(path, {"story": "Lost."})

    assert (saved.status_code, saved["ETag"]) == (200, '"v2"')
    assert (saved.json()["story"], saved.json()["reason"]) == ("Another.", "duplicate")
    assert (stale.status_code, stale["ETag"], stale.json()["version"]) == (412, '"v2"', 2)
    assert (blind.status_code, blind.json()["code"]) == (428, "precondition_required")
    assert me.get(path).json()["story"] == "Another."


def test_other_reason_forgets_answers_that_it_does_not_ask_for(me, charge):
    path = f"{URL}/{me.post(URL, claim(charge)).json()['reference']}"

    told = me.patch(path, {"reason": "goods_not_received"}, HTTP_IF_MATCH="*").json()

    assert (told["reason"], told["answers"]) == ("goods_not_received", {})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"reason": "because"}, "unknown_reason"),
        ({"answers": {"what": "goods"}}, "unknown_reason"),
        ({"reason": "duplicate", "answers": {"what": "goods"}}, "bad_answer"),
        ({"account": "4111111111111111"}, "card_number_refused"),
        ({"items": [{"transaction": "4111111111111111", "amount": 1, "currency": "USD"}]},
         "card_number_refused"),
    ],
)  # fmt: skip
def test_draft_takes_nothing_that_could_never_be_sent(me, body, code):
    answer = me.post(URL, body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Draft.objects.exists()


def test_card_number_in_a_draft_is_masked_before_it_is_stored(me):
    me.post(URL, {"reason": "other", "story": "4111 1111 1111 1111",
                  "answers": {"story": "4111 1111 1111 1111"}})  # fmt: skip

    content = Draft.objects.get().content
    assert (content["story"], content["answers"]["story"]) == ("[card ••••1111]",) * 2


def test_draft_is_thrown_away(me):
    path = f"{URL}/{me.post(URL, {}).json()['reference']}"

    assert me.delete(path).status_code == 428
    assert me.delete(path, HTTP_IF_MATCH='"v9"').status_code == 412
    assert me.delete(path, HTTP_IF_MATCH='"v1"').status_code == 204
    assert not Draft.objects.exists()


def test_unchanged_draft_is_not_sent_again(me):
    draft = me.post(URL, {})
    path = f"{URL}/{draft.json()['reference']}"

    assert me.get(path, HTTP_IF_NONE_MATCH=draft["ETag"]).status_code == 304


def test_another_persons_draft_is_not_there(me, charge):
    path = f"{URL}/{me.post(URL, claim(charge)).json()['reference']}"
    stranger = caller(make.cardholder())

    assert stranger.get(path).status_code == 404
    assert stranger.patch(path, {}, HTTP_IF_MATCH="*").status_code == 404
    assert stranger.delete(path, HTTP_IF_MATCH="*").status_code == 404
    assert stranger.post(f"{path}/submission", HTTP_IF_MATCH="*").status_code == 404
    assert stranger.get(URL).json()["data"] == []


def test_nobody_keeps_drafts_without_end(me):
    for _number in range(drafts.MOST):
        me.post(URL, {})

    answer = me.post(URL, {})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_drafts")


def test_forgotten_draft_goes_after_its_days(me):
    me.post(URL, {})

    services.sweep(timezone.now() + timedelta(days=13))
    kept = Draft.objects.count()
    services.sweep(timezone.now() + timedelta(days=15))

    assert (kept, Draft.objects.count()) == (1, 0)
