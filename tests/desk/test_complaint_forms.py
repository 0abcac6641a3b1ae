"""A complaint's verbs by their forms: what is written, and what is refused and kept."""

from __future__ import annotations

import pytest
from django.utils import timezone

from complaints import services
from complaints.models import Decision, Extension, Referral
from ledger.models import Transfer
from tests import make
from tests.desk import pages
from tests.desk.complaints import MINE, now, press, soon


def test_an_answer_is_drafted_with_money_in_figures(sign_in):
    row, client = make.complaint("investigating"), sign_in("customer_service")

    press(
        client, row, "draft_decision", **MINE, refunded="yes", kind_1="refund_fee",
        amount_1="12.50", kind_2="apology", refund_on=soon(),
    )  # fmt: skip

    decision = Decision.objects.get(complaint=row)
    assert (now(row).state, decision.amount_minor, decision.outcome) == ("drafted", 1_250, "upheld")
    assert list(decision.redress.values_list("kind", "amount_minor")) == [
        ("refund_fee", 1_250), ("apology", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words_"),
    [
        ({"refunded": "yes"}, "Say how much is refunded"),
        ({"refunded": "no", "kind_1": "goodwill", "amount_1": "5.00"}, "Nothing is refunded"),
        ({"refunded": "no", "remedies": ["review"]}, "may still do"),
    ],
)
def test_an_unclear_answer_is_refused_on_the_form_and_kept(sign_in, changed, words_):
    row, client = make.complaint("investigating"), sign_in("customer_service")

    answer = press(client, row, "draft_decision", **{**MINE, **changed})

    assert answer.status_code == 409
    assert words_ in answer.content.decode()
    assert "The log shows a call at 00:14." in answer.content.decode()
    assert now(row).state == "investigating"


def test_an_empty_field_is_shown_at_its_place(sign_in):
    row, client = make.complaint("investigating"), sign_in("customer_service")

    answer = press(client, row, "draft_decision", **{**MINE, "found": " ", "refunded": "no"})

    assert "found" in answer.context["form"].errors
    assert Decision.objects.count() == 0


def test_a_colleague_sends_it_and_the_letter_moves_the_money(sign_in):
    row, client = make.complaint("drafted"), sign_in("customer_service")

    press(client, row, "respond")
    make.letters_leave()

    assert now(row).state == "responded"
    assert Transfer.objects.get().minor == 2_500


def test_above_the_limit_the_page_says_that_a_lead_must(sign_in):
    row = make.complaint("drafted", draft={"redress": [("refund_fee", 90_000)]})
    client = sign_in("customer_service")

    answer = press(client, row, "respond")

    assert "a lead must do it" in pages.told(answer)
    assert now(row).state == "drafted"


def test_time_is_taken_with_an_approver_where_the_law_asks_for_one(sign_in):
    holder = make.cardholder(jurisdiction="cn")
    row = make.complaint("investigating", of=make.account(holder), source="regulator", body="pboc")
    client = sign_in("lead")
    assert "approver" in client.get(pages.do(row, "extend")).content.decode()

    press(
        client, row, "extend", because="The recording is missing.", expected_on=soon(40),
        approver="Head of complaint handling",
    )  # fmt: skip

    assert Extension.objects.get().approver == "Head of complaint handling"


def test_other_verbs_by_their_forms(sign_in):
    row, client = make.complaint("investigating"), sign_in("customer_service", "lead")

    press(client, row, "classify", category="fee", payments="on")
    press(client, row, "recuse", department="collections")

    row = now(row)
    assert (row.category, row.payment_services) == ("fee", True)
    assert row.complained_of_department == "collections"


def test_a_draft_goes_back_with_its_reason(sign_in):
    row, client = make.complaint("drafted"), sign_in("customer_service")

    press(client, row, "send_back", because="Say who called.")

    assert Decision.objects.get().returned_because == "Say who called."
    assert "Say who called." in client.get(pages.case(row)).content.decode()


def test_it_is_settled_at_once_with_the_words_of_acceptance(sign_in):
    holder = make.cardholder(jurisdiction="gb")
    row = make.complaint("received", of=make.account(holder))
    client = sign_in("customer_service")
    given = {**MINE, "remedies": ["review", "gb_ombudsman"], "refunded": "no"}

    press(client, row, "summary_resolve", **given, accepted="Fine with me.")

    assert (now(row).state, now(row).outcome) == ("responding", "settled")


def test_review_and_ruling_by_their_forms(sign_in):
    row, client = make.complaint("under_review"), sign_in("lead", "customer_service")
    outside = {**MINE, "remedies": ["us_cfpb", "court"], "refunded": "no"}

    press(client, row, "decide_review", **outside)
    make.letters_leave()
    press(client, row, "refer_out", body="court", reference="2 O 7/26")
    press(client, row, "record_ruling", outcome="upheld", on=soon(0), award="40.00")

    assert Referral.objects.get().ruling == "upheld"
    assert sorted(Transfer.objects.values_list("minor", flat=True)) == [2_500, 4_000]


def test_it_is_withdrawn_and_taken_up_again(sign_in):
    row, client = make.complaint("acknowledged"), sign_in("customer_service")

    press(client, row, "withdraw")
    press(client, row, "reopen", because="They called again.")

    assert (now(row).state, now(row).round) == ("investigating", 2)


def test_a_case_that_has_changed_since_is_not_answered(sign_in):
    row, client = make.complaint("drafted"), sign_in("customer_service")
    seen = pages.version(row)
    services.send_back(row, actor=make.clerk("lead"), at=timezone.now(), because="No.")

    client.post(pages.do(row, "respond"), {"version": seen}, follow=True)

    assert now(row).state == "investigating"
