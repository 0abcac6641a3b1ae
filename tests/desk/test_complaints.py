"""Complaints at the desk: which buttons each state shows, the queue, and who sees no draft."""

from __future__ import annotations

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints import services
from complaints.admin.words import ORDER
from complaints.models import Complaint
from complaints.taxonomy import CATEGORIES
from kernel import actors
from tests import make
from tests.desk import pages
from tests.desk.complaints import now
from tickets import tasks
from tickets.desk import words
from tickets.models import Ticket

STATES = [
    "received", "acknowledged", "investigating", "drafted", "responding", "responded",
    "under_review", "referred", "withdrawn",
]  # fmt: skip


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
