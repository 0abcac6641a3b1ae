"""The answer: complete or not at all, by two people, and its money posted once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints import balance, services
from complaints.models import Complaint, Decision, Redress
from kernel.errors import NotAllowed, NotNow, Unfit
from ledger.models import Transfer
from tests import make
from tests.snapshot import snapshot
from tests.verbs.complaints import british
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def draft(case: Complaint, **fields) -> Complaint:
    return services.draft_decision(
        case, actor=make.clerk("customer_service"), at=timezone.now(),
        draft=make.drafted(case, **fields),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"found": " \n"}, "found_missing"),
        ({"basis": ""}, "basis_missing"),
        ({"points": []}, "points_missing"),
        ({"points": [("It rang", "")]}, "points_missing"),
        ({"points": [(" ", "upheld")]}, "points_missing"),
        ({"category": ""}, "unknown_category"),
        ({"category": "weather"}, "unknown_category"),
        ({"root_cause": ""}, "unknown_root_cause"),
        ({"root_cause": "people"}, "unknown_root_cause"),
        ({"remedies": []}, "remedies_incomplete"),
        ({"remedies": ["review"]}, "remedies_incomplete"),
        ({"remedies": ["review", "us_cfpb", "gb_ombudsman"]}, "remedies_incomplete"),
        ({"refunded": False}, "money_unclear"),
        ({"refunded": True, "redress": [("apology", 0)]}, "money_unclear"),
        ({"refund_on": None}, "money_unclear"),
        ({"redress": [("apology", 100)]}, "bad_amount"),
        ({"redress": [("goodwill", 0)]}, "bad_amount"),
        ({"redress": [("goodwill", -5)]}, "bad_amount"),
        ({"redress": [("flowers", 5)]}, "unknown_redress"),
    ],
)
def test_nothing_in_a_draft_may_be_empty_or_unclear(fields, code):
    case = make.complaint("investigating")
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        draft(case, **fields)

    assert refusal.value.code == code
    assert snapshot() == before


def test_a_day_that_is_past_is_no_day_for_the_money():
    case = make.complaint("investigating")

    with pytest.raises(Unfit, match="by which day"):
        draft(case, refund_on=timezone.now().date() + 2 * YESTERDAY)


def test_money_needs_an_account():
    holder = make.cardholder()
    case = services.receive(
        holder, make.grievance(), actor=make.clerk("customer_service"), at=timezone.now()
    )
    case = services.investigate(case, actor=make.clerk("customer_service"), at=timezone.now())

    with pytest.raises(Unfit) as refusal:
        draft(case)

    assert refusal.value.code == "account_missing"


@pytest.mark.parametrize(
    ("points", "outcome"),
    [
        (["upheld"], "upheld"),
        (["upheld", "upheld"], "upheld"),
        (["not_upheld", "not_upheld"], "not_upheld"),
        (["upheld", "not_upheld"], "partly_upheld"),
        (["partly_upheld"], "partly_upheld"),
    ],
)
def test_the_outcome_follows_from_the_points(points, outcome):
    case = draft(make.complaint("investigating"), points=[(f"Point {one}", one) for one in points])

    assert Decision.objects.get(complaint=case).outcome == outcome


@pytest.mark.parametrize(
    "fields",
    [
        {"found": ""}, {"basis": ""}, {"remedies": []}, {"amount_minor": 0}, {"refund_on": None},
        {"refunded": False}, {"currency": ""}, {"sent_by": "user:1", "drafted_by": "user:1"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_an_incomplete_decision_too(fields):
    make.complaint("drafted")

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(**fields)


def test_who_drafted_it_does_not_send_it():
    case, writer = make.complaint("investigating"), make.clerk("customer_service")
    case = services.draft_decision(case, actor=writer, at=timezone.now(), draft=make.drafted(case))
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        services.respond(case, actor=writer, at=timezone.now())

    assert refusal.value.code == "same_person"
    assert snapshot() == before


def test_above_the_limit_only_a_lead_sends_it():
    case = make.complaint("drafted", draft={"redress": [("refund_fee", 50_001)]})
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        services.respond(case, actor=make.clerk("customer_service"), at=timezone.now())

    assert refusal.value.code == "above_limit"
    assert snapshot() == before
    moved = services.respond(case, actor=make.clerk("lead"), at=timezone.now())
    assert moved.state == "responding"


def test_at_the_limit_a_colleague_may_send_it():
    case = make.complaint("drafted", draft={"redress": [("refund_fee", 50_000)]})

    moved = services.respond(case, actor=make.clerk("customer_service"), at=timezone.now())

    assert moved.state == "responding"


def test_a_currency_without_a_limit_always_needs_a_lead(settings):
    settings.FOUR_EYES_ABOVE = {}
    case = make.complaint("drafted")

    with pytest.raises(NotAllowed):
        services.respond(case, actor=make.clerk("customer_service"), at=timezone.now())


def test_money_moves_when_the_letter_leaves_and_not_before():
    case = make.complaint(
        "responding", draft={"redress": [("refund_fee", 1_200), ("goodwill", 800), ("apology", 0)]}
    )
    assert Transfer.objects.count() == 0

    services.letter_left(case, at=timezone.now())

    owed = case.ticket.account.external_ref
    posted = set(Transfer.objects.values_list("debit", "credit", "minor", "currency", "state"))
    assert posted == {
        ("corrections", f"cardholder:{owed}", 1_200, "USD", "settled"),
        ("loss", f"cardholder:{owed}", 800, "USD", "settled"),
    }
    assert Redress.objects.filter(posted_at=None).count() == 0
    assert list(balance.disagreements()) == []


def test_a_letter_that_leaves_twice_pays_once():
    case = make.complaint("responding")

    services.letter_left(case, at=timezone.now())
    services.letter_left(case, at=timezone.now())

    assert Transfer.objects.get().minor == 2_500


def test_redress_that_the_ledger_does_not_know_is_named():
    case = make.complaint("responded")
    Redress.objects.filter(amount_minor__gt=0).update(amount_minor=9_900)

    assert list(balance.disagreements()) == [
        f"{case.ticket.reference}: the cardholder has 2500, the redress says 9900"
    ]


def test_the_ticket_follows_the_answer():
    case = make.complaint("responded")

    ticket = Ticket.objects.get(pk=case.ticket_id)

    assert (ticket.state, ticket.resolution) == ("resolved", "upheld")


def test_a_draft_that_was_sent_back_stays_as_it_was_written():
    case = make.complaint("drafted")

    case = services.send_back(
        case, actor=make.clerk("lead"), at=timezone.now(), because="Say who called."
    )
    draft(case)

    assert list(Decision.objects.order_by("id").values_list("state", "returned_because")) == [
        ("returned", "Say who called."), ("drafted", ""),
    ]  # fmt: skip


def test_card_numbers_do_not_get_into_an_answer():
    case = draft(make.complaint("investigating"), found="Card 4111 1111 1111 1111 was read out.")

    assert "4111 1111 1111 1111" not in Decision.objects.get(complaint=case).found


def test_a_settlement_in_time_is_sent_by_one_person_with_the_words_of_acceptance():
    case = british("received")

    case = services.summary_resolve(
        case, actor=make.clerk("customer_service"), at=timezone.now(),
        draft=make.drafted(case), accepted="Yes, 25 pounds are fine with me.",
    )  # fmt: skip

    assert (case.state, case.outcome) == ("responding", "settled")
    assert case.ticket.messages.last().body == "Yes, 25 pounds are fine with me."
    services.letter_left(case, at=timezone.now())
    assert Transfer.objects.get().minor == 2_500


@pytest.mark.parametrize(("days", "where"), [(9, "gb"), (0, "us")])
def test_no_settlement_after_the_window_nor_where_the_law_has_none(days, where):
    case = british("received") if where == "gb" else make.complaint()
    at = timezone.now() + timedelta(days=days)
    draft = make.drafted(case, refund_on=at.date() + timedelta(days=2))

    with pytest.raises(NotNow) as refusal:
        services.summary_resolve(
            case, actor=make.clerk("customer_service"), accepted="Fine.", at=at, draft=draft
        )

    assert refusal.value.code == "no_summary"


def test_no_settlement_without_acceptance_or_above_the_limit():
    case, at, clerk = british("received"), timezone.now(), make.clerk("customer_service")
    dear = make.drafted(case, redress=[("goodwill", 40_001)])

    with pytest.raises(Unfit, match="accepted"):
        services.summary_resolve(case, actor=clerk, at=at, draft=make.drafted(case), accepted=" ")
    with pytest.raises(NotAllowed, match="limit"):
        services.summary_resolve(case, actor=clerk, at=at, draft=dear, accepted="Fine.")

    assert Complaint.objects.get(pk=case.pk).state == "received"
