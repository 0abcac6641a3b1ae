"""Complaints at the desk: buttons, forms, and who never sees a draft."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints import services
from complaints.admin.words import ORDER
from complaints.models import Complaint, Decision, Extension, Referral
from complaints.taxonomy import CATEGORIES
from kernel import actors
from ledger.models import Transfer
from tests import make
from tests.desk import pages
from tickets import tasks
from tickets.desk import words
from tickets.models import Ticket

STATES = [
    "received", "acknowledged", "investigating", "drafted", "responding", "responded",
    "under_review", "referred", "withdrawn",
]  # fmt: skip
MINE = {
    "category": "collect_hours", "root_cause": "third_party.agency",
    "found": "The log shows a call at 00:14.", "basis": "No call at night.",
    "point_1": "A call at midnight", "outcome_1": "upheld",
    "remedies": ["review", "us_cfpb", "court"],
}  # fmt: skip


def press(client, row, verb, **inputs):
    """Send a verb's form as its page would."""
    return client.post(pages.do(row, verb), {"version": pages.version(row), **inputs}, follow=True)


def now(row):
    return Complaint.objects.get(pk=row.pk)


def soon(days: int = 5) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()


def test_every_verb_and_event_has_words():
    verbs = {name for name in vars(Complaint) if hasattr(getattr(Complaint, name), "_django_fsm")}

    named = verbs | {"receive", "join"}

    assert {name for name in named if not words.known(f"complaint.{name}")} == set()
    assert verbs - set(ORDER) == {"conclude"}


@pytest.mark.parametrize(
    ("state", "leads", "buttons"),
    [
        (
            "received",
            "acknowledge",
            {"acknowledge", "investigate", "classify", "recuse", "withdraw"},
        ),
        ("acknowledged", "investigate", {"investigate", "classify", "recuse", "withdraw"}),
        ("investigating", "draft_decision", {"draft_decision", "classify", "recuse", "withdraw"}),
        ("drafted", "respond", {"respond", "send_back", "classify", "recuse", "withdraw"}),
        ("responding", None, set()),
        ("responded", None, {"request_review", "refer_out", "reopen"}),
        ("under_review", "decide_review", {"decide_review", "recuse"}),
        ("referred", "record_ruling", {"record_ruling"}),
        ("withdrawn", None, {"reopen"}),
    ],
)
def test_customer_service_finds_the_verbs_of_each_state(sign_in, state, leads, buttons):
    row, client = make.complaint(state), sign_in("customer_service")

    answer = client.get(pages.case(row))

    shown = set(pages.buttons(answer)) & set(ORDER)
    assert answer.status_code == 200
    assert buttons <= shown | {"reopen", "withdraw"}
    part = answer.context["part"]
    assert {button.verb for button in part.lead} == buttons
    assert (part.next.verb if part.next else None) == leads


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_stands_in_each_state_and_language(sign_in, state, language):
    row, client = make.complaint(state, category="fee"), sign_in("lead", "customer_service")

    # An answer says what it was about once more, in its own words.
    about = (
        "fee"
        if state in {"received", "acknowledged", "investigating", "withdrawn"}
        else ("collect_hours")
    )
    answer = client.get(pages.case(row), HTTP_ACCEPT_LANGUAGE=language)

    assert answer.status_code == 200
    assert html.escape(CATEGORIES[about].label(language)) in answer.content.decode()


def test_who_drafted_it_is_not_offered_to_send_it(sign_in):
    client = sign_in("customer_service")
    row = make.complaint("investigating")
    actor = actors.staff(client.user)
    services.draft_decision(row, actor=actor, at=timezone.now(), draft=make.drafted(row))

    assert "respond" not in pages.buttons(client.get(pages.case(row)))


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
    holder = make.cardholder(jurisdiction="cn", time_zone="Asia/Shanghai")
    row = make.complaint(
        "investigating", of=make.account(holder, currency="CNY"), source="regulator", body="pboc"
    )
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
    holder = make.cardholder(jurisdiction="gb", time_zone="Europe/London")
    row = make.complaint("received", of=make.account(holder, currency="GBP"))
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


@pytest.mark.parametrize("department", ["collections", "finance"])
def test_who_gives_evidence_sees_the_question_and_never_the_draft(sign_in, department):
    row = make.complaint("drafted", draft={"found": "Secret finding."},
                         complained_of_department="collections")  # fmt: skip
    tasks.ask(
        row.ticket, actor=make.clerk("customer_service"), at=timezone.now(),
        department=department, question="Please send the recording.",
    )  # fmt: skip
    client = sign_in(department)

    answer = client.get(pages.case(row))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Please send the recording." in page
    assert "Secret finding." not in page
    assert set(pages.buttons(answer)) & set(ORDER) == set()
    for verb in ORDER:
        assert client.get(pages.do(row, verb)).status_code == 302
        refused = client.post(pages.do(row, verb), follow=True)
        assert "Secret finding." not in refused.content.decode()
    assert now(row).state == "drafted"


def test_a_department_that_was_not_asked_finds_nothing(sign_in):
    row, client = make.complaint("drafted"), sign_in("finance")

    assert client.get(pages.case(row)).status_code == 404
    assert client.get(pages.do(row, "respond")).status_code == 404


def test_who_is_complained_of_is_offered_nothing(sign_in):
    client = sign_in("customer_service")
    row = make.complaint("received", complained_of_user=client.user)

    shown = {button.verb for button in client.get(pages.case(row)).context["part"].lead}

    assert shown & {"investigate", "classify", "draft_decision", "summary_resolve"} == set()


def test_hostile_words_stay_words(sign_in):
    hostile = "<script>alert(1)</script>"
    row = make.complaint("drafted", draft={"found": hostile, "points": [(hostile, "upheld")]})

    page = sign_in("customer_service").get(pages.case(row)).content.decode()

    assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_queue_shows_complaints_in_words_at_the_same_cost(sign_in):
    client = sign_in("customer_service")
    make.complaint(category="fee")
    with CaptureQueriesContext(connection) as one:
        page = client.get(pages.QUEUE).content.decode()
    for _number in range(9):
        make.complaint(category="interest")

    with CaptureQueriesContext(connection) as ten:
        client.get(pages.QUEUE)

    assert len(one) == len(ten)
    assert Ticket.objects.count() == 10
    assert "received" in page


def test_a_lead_finds_drafts_among_what_waits_for_a_second_person(sign_in):
    drafted, _other = make.complaint("drafted"), make.complaint("investigating")

    page = sign_in("lead", "customer_service").get(f"{pages.QUEUE}?tab=approve").content.decode()

    assert drafted.ticket.reference in page
    assert _other.ticket.reference not in page


def test_the_list_of_complaints_is_the_queue(sign_in):
    answer = sign_in("customer_service").get("/admin/complaints/complaint/")

    assert answer["Location"] == f"{pages.QUEUE}?kind__exact=complaint"


def test_a_case_that_has_changed_since_is_not_answered(sign_in):
    row, client = make.complaint("drafted"), sign_in("customer_service")
    seen = pages.version(row)
    services.send_back(row, actor=make.clerk("lead"), at=timezone.now(), because="No.")

    client.post(pages.do(row, "respond"), {"version": seen}, follow=True)

    assert now(row).state == "investigating"
