"""The one door: version, who was quicker, what history keeps, which buttons there are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from disputes import services as disputes
from kernel import actors
from kernel.actors import SYSTEM
from kernel.errors import NotNow, Stale
from tests import make
from tests.snapshot import snapshot
from tests.tickets import cases
from tickets import machine, services
from tickets.machine import perform
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


def test_who_saw_this_version_may_act_on_it():
    ticket = cases.enquiry()

    moved = services.take(ticket, actor=make.clerk(), at=timezone.now(), version=ticket.seq)

    assert moved.seq == ticket.seq + 1


@pytest.mark.parametrize("off", [-1, 1])
def test_who_saw_another_version_must_look_again(off: int):
    ticket, actor = cases.enquiry(), make.clerk()
    before = snapshot()

    with pytest.raises(Stale) as refusal:
        services.take(ticket, actor=actor, at=timezone.now(), version=ticket.seq + off)

    assert (refusal.value.code, refusal.value.details) == ("stale_version", {"version": ticket.seq})
    assert snapshot() == before


def test_a_claim_has_the_version_of_its_case():
    case, actor = make.dispute("filed"), make.clerk()
    cases.note(case.ticket, "Somebody was here.")
    before = snapshot()

    with pytest.raises(Stale):
        disputes.acknowledge(case, actor=actor, at=timezone.now(), version=case.ticket.seq)

    case.refresh_from_db(fields=["reason"])
    assert (snapshot(), type(case).objects.get(pk=case.pk).state) == (before, "filed")


def test_staff_are_told_which_colleague_was_quicker_and_when():
    case = make.dispute("filed", at=START)
    quick = make.staff("finance", first_name="Mei", last_name="Chen")
    disputes.acknowledge(case, actor=actors.staff(quick), at=START)

    with pytest.raises(NotNow) as refusal:
        disputes.acknowledge(case, actor=make.clerk(), at=START)

    assert refusal.value.sentence == (
        "This cannot be done now: the case is “acknowledged”. "
        "Mei Chen did it on 2026-03-02 15:30 UTC."
    )
    assert refusal.value.details == {
        "state": "acknowledged", "done_at": "2026-03-02T15:30:00+00:00",
    }  # fmt: skip


def test_a_colleague_without_a_name_is_told_by_the_name_to_sign_in_with():
    case = make.dispute("filed")
    quick = make.staff("finance", first_name="", last_name="")
    disputes.acknowledge(case, actor=actors.staff(quick), at=START)

    with pytest.raises(NotNow, match=f"{quick.username} did it"):
        disputes.acknowledge(case, actor=make.clerk(), at=START)


def test_a_cardholder_never_reads_a_name():
    ticket = cases.enquiry("waiting")
    services.resume(ticket, actor=make.clerk(), at=START)

    with pytest.raises(NotNow) as refusal:
        services.resume(ticket, actor=cases.holder_of(ticket), at=START)

    assert refusal.value.sentence == (
        "This cannot be done now: the case is “open”. Our staff did it on 2026-03-02 15:30 UTC."
    )


def test_staff_read_that_it_was_the_cardholder_not_which():
    case = make.dispute("investigating", at=START)
    disputes.withdraw(case, actor=cases.holder_of(case.ticket), at=START, cause="family_member")

    with pytest.raises(NotNow, match="The cardholder did it on 2026-03-02 15:30 UTC"):
        disputes.withdraw(
            case, actor=make.clerk("customer_service"), at=START, cause="family_member"
        )


def test_what_nobody_has_done_is_refused_by_the_state_alone():
    with pytest.raises(NotNow) as refusal:
        services.resume(cases.enquiry(), actor=make.clerk(), at=START)

    assert refusal.value.sentence == "This cannot be done now: the case is “open”."


def test_the_row_that_was_passed_in_is_not_touched():
    ticket = cases.enquiry()

    cases.wait(ticket, actor=make.clerk())

    assert ticket.state == "open"
    assert Ticket.objects.get(pk=ticket.pk).state == "waiting"


def test_history_keeps_the_plain_inputs_when_nothing_is_said_about_facts():
    ticket = cases.enquiry("new")

    perform(ticket, "triage", actor=SYSTEM, at=START, department="finance", because="code",
            priority=1)  # fmt: skip

    event = Event.objects.get(ticket=ticket)
    assert (event.name, event.before, event.after, event.at) == (
        "ticket.triage", "new", "open", START,
    )  # fmt: skip
    assert event.facts == {"department": "finance", "because": "code", "priority": 1}


@pytest.mark.parametrize(
    ("state", "who", "verbs"),
    [
        ("new", ["lead"], ["triage", "mark_duplicate"]),
        ("open", ["finance"], ["take", "release", "reroute", "wait", "mark_duplicate"]),
        ("waiting", ["customer_service"],
         ["take", "release", "reroute", "resume", "resolve", "mark_duplicate"]),
        ("closed", ["lead"], ["reopen"]),
        ("closed", ["finance"], []),
        ("open", [], []),
    ],
)  # fmt: skip
def test_buttons_are_the_verbs_that_this_person_may_press_now(state, who, verbs):
    actor = actors.staff(make.staff(*who))

    assert machine.allowed(cases.enquiry(state), actor) == verbs


def test_a_cardholder_has_their_own_buttons():
    ticket = cases.enquiry("waiting")

    assert machine.allowed(ticket, cases.holder_of(ticket)) == ["resume", "withdraw"]
    assert machine.allowed(ticket, actors.cardholder(make.cardholder())) == []
