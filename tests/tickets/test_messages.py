"""Words of a case: masked before they are stored, refused when nobody could keep them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kernel.errors import NotNow, Unfit
from tests import make
from tests.snapshot import snapshot
from tests.tickets import cases
from tests.tickets.cases import note
from tickets import messages, services
from tickets.models import Event, Message, Ticket

pytestmark = pytest.mark.django_db
CARD = "4111 1111 1111 1111"


def test_a_message_is_kept_with_who_when_and_its_place_in_history():
    ticket = cases.enquiry()

    row = note(ticket, "  Called at noon.\n")

    assert (row.body, row.direction, row.masked, row.actor_kind) == (
        "Called at noon.", "note", 0, "staff",
    )  # fmt: skip
    event = Event.objects.get(ticket=ticket, name="ticket.note")
    assert event.facts == {"message": row.ref, "direction": "note", "masked": 0}


@pytest.mark.parametrize("direction", ["in", "out", "note"])
def test_what_must_not_be_stored_is_masked_before_it_is(direction: str):
    row = note(cases.enquiry(), f"My card is {CARD}, CVV 123.", direction=direction)

    stored = Message.objects.get(pk=row.pk)
    assert stored.body == "My card is [card ••••1111], CVV [removed]."
    assert stored.masked == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "text_empty"), (" \n\t ", "text_empty"), ("x" * 20_001, "text_too_long"),
        ("a\x00b", "text_not_clean"), ("half \ud83d a smile", "text_not_clean"),
    ],
    ids=["empty", "blank", "long", "NUL", "surrogate"],
)  # fmt: skip
def test_text_that_nobody_could_keep_is_refused(body: str, code: str):
    ticket = cases.enquiry()
    before = snapshot()

    with pytest.raises(Unfit) as refusal:
        note(ticket, body)

    assert refusal.value.code == code
    assert snapshot() == before


def test_the_longest_message_is_kept():
    assert len(note(cases.enquiry(), "火" * 20_000).body) == 20_000


def test_a_closed_case_takes_no_message_of_its_cardholder():
    ticket = cases.enquiry("closed")
    before = snapshot()

    with pytest.raises(NotNow) as refusal:
        note(ticket, "Hello?", direction="in", actor=cases.holder_of(ticket))

    assert refusal.value.code == "case_closed"
    assert snapshot() == before


def test_nor_when_it_was_closed_after_it_was_read():
    stale = cases.enquiry("resolved")
    services.close(Ticket.objects.get(pk=stale.pk), at=timezone.now())

    with pytest.raises(NotNow):
        note(stale, "Hello?", direction="in", actor=cases.holder_of(stale))


def test_staff_may_still_write_on_a_closed_case():
    assert note(cases.enquiry("closed"), "Filed.").direction == "note"


def test_a_reply_names_what_it_answers():
    ticket = cases.enquiry()
    asked = note(ticket, "Which shop?", direction=messages.OUT)

    answer = note(
        ticket, "The blue one.", direction=messages.IN, in_reply_to=asked,
        actor=cases.holder_of(ticket),
    )  # fmt: skip

    assert answer.in_reply_to == asked


@pytest.mark.parametrize(
    "press",
    [
        lambda row, at: services.reroute(
            row, actor=make.clerk(), at=at, to="finance", because=f"card {CARD}", summary="Look."
        ),
        lambda row, at: cases.wait(row, actor=make.clerk(), at=at, wanted=f"slip of card {CARD}"),
    ],
    ids=["reroute", "wait"],
)
def test_words_that_stand_on_the_case_itself_are_masked_too(press):
    ticket = press(cases.enquiry(), timezone.now())

    told = ticket.routed_because + ticket.waiting_for
    assert "[card ••••1111]" in told
    assert "4111 1111" not in told


def test_words_that_stand_on_the_case_are_cut_to_their_column():
    ticket = cases.wait(cases.enquiry(), actor=make.clerk(), wanted="x" * 5_000)

    assert len(ticket.waiting_for) == 300
