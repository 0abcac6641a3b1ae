"""More time: the law's steps, who may take them, and what a letter that leaves changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from complaints import services
from complaints.models import Extension
from kernel import actors
from kernel.errors import NotAllowed, NotNow, Unfit
from tests import make
from tests.complaints.places import NOON, dates, extend, of
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db


def test_china_steps_from_15_to_30_to_60():
    case = of("cn", "investigating")

    case = extend(case, NOON + timedelta(days=10), date(2026, 3, 28))
    assert dates(case) == {"CMP-15": date(2026, 3, 17)}
    case = services.extension_left(case, at=NOON + timedelta(days=10))
    assert dates(case) == {"CMP-30": date(2026, 4, 1)}
    case = extend(
        case, NOON + timedelta(days=25), date(2026, 4, 30), approver="Head office, deputy president"
    )
    case = services.extension_left(case, at=NOON + timedelta(days=25))

    assert dates(case) == {"CMP-60": date(2026, 5, 1)}
    assert dates(case, "ended") == {"CMP-15": date(2026, 3, 17), "CMP-30": date(2026, 4, 1)}
    assert Ticket.objects.get(pk=case.ticket_id).next_due_rule == "CMP-60"
    old = Deadline.objects.get(ticket=case.ticket, rule="CMP-15")
    assert (old.due_on, old.breached_at) == (date(2026, 3, 17), None)
    assert old.trace[-1][0] == "closed on 2026-03-12: the law's next step applies"


def test_china_has_no_third_step():
    case = of("cn", "investigating")
    for days, day in ((5, 20), (6, 40)):
        at = NOON + timedelta(days=days)
        case = extend(case, at, NOON.date() + timedelta(days=day), approver="Head office")
        case = services.extension_left(case, at=at)

    with pytest.raises(NotNow) as refusal:
        extend(case, NOON + timedelta(days=7), date(2026, 4, 30), approver="Head office")

    assert refusal.value.code == "no_extension"


@pytest.mark.parametrize(
    ("who", "approver", "refusal"),
    [
        ("customer_service", "Head office", NotAllowed),
        ("lead", " ", Unfit),
    ],
)
def test_china_step_to_60_needs_a_lead_and_the_name_of_who_approved(who, approver, refusal):
    case = of("cn", "investigating")
    at = NOON + timedelta(days=5)
    case = services.extension_left(extend(case, at, date(2026, 3, 20)), at=at)

    with pytest.raises(refusal):
        extend(case, at, date(2026, 4, 20), approver=approver, who=make.clerk(who))

    assert Extension.objects.count() == 1


def test_who_handles_it_does_not_approve_the_step():
    lead = make.staff("customer_service", "lead")
    case = of("cn", body="pboc", source="regulator")
    case = services.investigate(case, actor=actors.staff(lead), at=NOON)

    with pytest.raises(NotAllowed) as refusal:
        extend(case, NOON, date(2026, 4, 20), approver="Head", who=actors.staff(lead))

    assert refusal.value.code == "same_person"


def test_central_bank_steps_from_15_to_60():
    case = of("cn", "investigating", body="pboc", source="regulator")
    at = NOON + timedelta(days=10)

    case = extend(case, at, date(2026, 4, 28), approver="Head of complaint handling")
    case = services.extension_left(case, at=at)

    assert dates(case) == {"PBC-60": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        ("gb", "UK-DISP-1.6.2A-15BD", ("UK-DISP-1.6.2A-35BD", date(2026, 4, 22))),
        ("eu", "EU-PSD2-101-15BD", ("EU-PSD2-101-35BD", date(2026, 4, 22))),
    ],
)
def test_a_holding_response_gives_the_outer_limit(place, before, after):
    case = of(place, "investigating", payment_services=True)
    at = NOON + timedelta(days=14)

    case = extend(case, at, date(2026, 4, 10), who=make.clerk("customer_service"))
    case = services.extension_left(case, at=at)

    rule, day = after
    found = dates(case)
    assert found[rule] == day or place == "eu"
    assert set(found) == {rule}
    assert set(dates(case, "ended")) == {before}


def test_a_letter_that_leaves_too_late_extends_nothing():
    case = of("cn", "investigating")

    case = extend(case, NOON + timedelta(days=14), date(2026, 3, 28))
    case = services.extension_left(case, at=NOON + timedelta(days=17))

    assert dates(case) == {"CMP-15": date(2026, 3, 17)}


@pytest.mark.parametrize(
    ("at", "day", "refusal"),
    [
        (NOON + timedelta(days=20), date(2026, 4, 1), NotNow),
        (NOON + timedelta(days=5), date(2026, 3, 7), Unfit),
        (NOON + timedelta(days=5), date(2026, 4, 2), Unfit),
    ],
)
def test_no_extension_after_the_date_nor_to_a_day_that_the_law_does_not_allow(at, day, refusal):
    case = of("cn", "investigating")

    with pytest.raises(refusal):
        extend(case, at, day)

    assert Extension.objects.count() == 0


def test_a_limit_is_extended_once_even_before_its_letter_leaves():
    case = extend(of("cn", "investigating"), NOON, date(2026, 3, 20))

    with pytest.raises(NotNow) as refusal:
        extend(case, NOON, date(2026, 3, 21))

    assert refusal.value.code == "no_extension"


def test_in_progress_answers_the_first_date_of_the_bureau_and_the_final_one_stands():
    case = of("us", "investigating", source="regulator", body="cfpb")
    at = NOON + timedelta(days=14)

    case = extend(case, at, date(2026, 4, 20), who=make.clerk("customer_service"))
    case = services.extension_left(case, at=at)

    assert dates(case, "met") == {"US-CFPB-15D": date(2026, 3, 17)}
    assert dates(case) == {"US-CFPB-60D": date(2026, 5, 1)}
