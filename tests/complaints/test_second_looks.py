"""Reviews by another person, and bodies outside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints import balance, services
from complaints.models import Referral, Review
from kernel import actors
from kernel.errors import NotAllowed, NotNow, Unfit
from ledger.models import Transfer
from tests import make
from tests.snapshot import snapshot
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
NONE = [("none", 0)]


def decide(case, actor=None, **fields):
    return services.decide_review(
        case, actor=actor or make.clerk("lead"), at=timezone.now(),
        draft=make.drafted(case, **fields),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "result", "outcome"),
    [
        ({"redress": NONE}, "confirmed", "upheld"),
        ({}, "changed", "upheld"),
        ({"redress": NONE, "points": [("It rang", "not_upheld")]}, "changed", "not_upheld"),
    ],
)
def test_a_review_confirms_or_changes(fields, result, outcome):
    case = decide(make.complaint("under_review"), **fields)

    review = Review.objects.get(complaint=case)

    assert (review.result, case.outcome, case.state) == (result, outcome, "responding")


def test_what_a_review_gives_comes_on_top():
    case = services.letter_left(decide(make.complaint("under_review")), at=timezone.now())

    assert list(Transfer.objects.values_list("minor", flat=True)) == [2_500, 2_500]
    assert case.state == "responded"
    assert Ticket.objects.get(pk=case.ticket_id).state == "resolved"
    assert list(balance.disagreements()) == []


@pytest.mark.parametrize("hand", ["drafted_by", "sent_by"])
def test_who_had_a_hand_in_the_answer_does_not_review_it(hand):
    case = make.complaint("under_review")
    ref = getattr(case.decisions.get(), hand)
    user = make.staff().__class__.objects.get(pk=ref.partition(":")[2])
    before = snapshot()

    with pytest.raises(NotAllowed) as refusal:
        decide(case, actors.staff(user))

    assert refusal.value.code == "same_person"
    assert snapshot() == before


def test_a_review_offers_no_second_review():
    case = make.complaint("under_review")

    with pytest.raises(Unfit):
        decide(case, remedies=["review", "us_cfpb", "court"])


def test_one_round_has_one_review():
    case = services.letter_left(decide(make.complaint("under_review")), at=timezone.now())
    holder = actors.cardholder(case.ticket.cardholder)

    with pytest.raises(NotNow) as refusal:
        services.request_review(case, actor=holder, at=timezone.now(), because="Again.")

    assert refusal.value.code == "reviewed_already"


def test_the_cardholder_is_late_for_a_review_and_staff_is_not():
    case = make.complaint("responded")
    late = timezone.now() + timedelta(days=61)
    holder = actors.cardholder(case.ticket.cardholder)

    with pytest.raises(NotNow) as refusal:
        services.request_review(case, actor=holder, at=late, because="I was ill.")

    assert refusal.value.code == "reopening_window_over"
    clerk = make.clerk("customer_service")
    moved = services.request_review(case, actor=clerk, at=late, because="They were ill.")
    assert moved.state == "under_review"


def test_a_ruling_pays_what_it_awards():
    case = make.complaint("referred")

    case = services.record_ruling(
        case, actor=make.clerk("lead"), at=timezone.now(), ruling=make.ruling(case)
    )

    assert (case.state, case.outcome) == ("responded", "upheld")
    assert sorted(Transfer.objects.values_list("minor", flat=True)) == [2_500, 4_000]
    assert Referral.objects.get().ruling_ref == "R-1"
    assert list(balance.disagreements()) == []


def test_closed_without_a_ruling_leaves_our_answer():
    case = make.complaint("referred")
    closed = make.ruling(case, outcome="none", redress=[])

    case = services.record_ruling(case, actor=make.clerk("lead"), at=timezone.now(), ruling=closed)

    assert (case.state, case.outcome) == ("responded", "upheld")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"outcome": "won"}, "bad_ruling"),
        ({"on": timezone.now().date() + timedelta(days=3)}, "bad_day"),
        ({"on": timezone.now().date() - timedelta(days=30)}, "bad_day"),
        ({"redress": [("goodwill", 0)]}, "bad_amount"),
    ],
)
def test_a_ruling_that_cannot_be(fields, code):
    case = make.complaint("referred")
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        services.record_ruling(
            case, actor=make.clerk("lead"), at=timezone.now(), ruling=make.ruling(case, **fields)
        )

    assert refusal.value.code == code
    assert snapshot() == before


def test_an_award_above_the_limit_is_a_leads():
    case = make.complaint("referred")
    dear = make.ruling(case, redress=[("goodwill", 90_000)])

    with pytest.raises(NotAllowed, match="limit"):
        services.record_ruling(
            case, actor=make.clerk("customer_service"), at=timezone.now(), ruling=dear
        )


@pytest.mark.parametrize(("body", "reference"), [("king", "1"), ("court", " ")])
def test_a_referral_names_the_body_and_its_reference(body, reference):
    case = make.complaint("responded")

    with pytest.raises(Unfit):
        services.refer_out(
            case, actor=make.clerk("lead"), at=timezone.now(), body=body, reference=reference
        )


def test_it_may_be_referred_and_reopened_again_and_again():
    case, at, lead = make.complaint("responded"), timezone.now(), make.clerk("lead")

    for number in range(2):
        case = services.refer_out(
            case, actor=lead, at=at, body="court", reference=f"Court {number}"
        )
        case = services.record_ruling(case, actor=lead, at=at, ruling=make.ruling(case, redress=[]))
    case = services.reopen(case, actor=lead, at=at, because="A new recording was found.")

    assert (case.state, case.round) == ("investigating", 2)
    assert Ticket.objects.get(pk=case.ticket_id).state == "open"
