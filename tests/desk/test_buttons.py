import itertools

import pytest

from disputes import services
from disputes.models import Chargeback, Dispute
from kernel import actors
from ledger.models import Transfer
from tests import make
from tests.desk import pages
from tickets import machine, tasks
from tickets.desk import words
from tickets.desk.desk import desk_of
from tickets.models import Event, Task, Ticket

# Verbs of the claim that no other machine of the page has.
_CLAIM = {
    "acknowledge", "investigate", "find", "ask_cardholder", "grant_credit", "resolve", "prepare",
    "withdraw", "undo_withdrawal", "reassert", "stop",
}  # fmt: skip
STATES = ["filed", "acknowledged", "investigating", "withdrawing", "resolving", "resolved"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("department", ["customer_service", "finance", "collections"])
def test_case_shows_the_claim_s_verbs_that_may_be_pressed_and_no_others(sign_in, state, department):
    claim = make.dispute(state)
    client = sign_in(department, "lead")  # a lead sees every case
    actor = actors.staff(client.user)
    row, desk = Dispute.objects.get(pk=claim.pk), desk_of(Dispute)

    shown = [verb for verb in pages.buttons(client.get(pages.case(claim))) if verb in _CLAIM]

    allowed = {*machine.allowed(row, actor), *desk.beside}
    assert set(shown) == set(desk.offered(row, actor)) & _CLAIM
    assert set(shown) <= allowed


def test_finance_works_a_new_claim(sign_in):
    claim = make.dispute("filed")

    shown = pages.buttons(sign_in("finance").get(pages.case(claim)))

    assert shown[:5] == ["acknowledge", "investigate", "ask_cardholder", "grant_credit", "prepare"]
    assert "approve" not in shown


def test_collections_reads_and_presses_nothing_of_the_claim(sign_in):
    claim = make.dispute("filed")
    client = sign_in("collections")
    tasks.ask(
        claim.ticket, actor=make.clerk(), at=claim.ticket.received_at, department="collections",
        question="Is the account in arrears?",
    )  # fmt: skip

    shown = pages.buttons(client.get(pages.case(claim)))

    assert "answer" in shown
    assert not {"acknowledge", "investigate", "resolve", "grant_credit"} & set(shown)


def test_pressing_acknowledges_in_the_presser_s_name(sign_in):
    claim, client = make.dispute("filed"), sign_in("finance")

    answer = client.post(
        pages.do(claim, "acknowledge"), {"version": pages.version(claim)}, follow=True
    )

    assert answer.redirect_chain == [(pages.case(claim), 302)]
    assert Dispute.objects.get(pk=claim.pk).state == "acknowledged"
    event = Event.objects.get(name="dispute.acknowledge")
    assert event.actor_ref == f"user:{client.user.pk}"


def test_wrong_department_is_refused_and_nothing_moves(sign_in):
    claim, client = make.dispute("filed"), sign_in("customer_service", "lead")

    answer = client.post(
        pages.do(claim, "acknowledge"), {"version": pages.version(claim)}, follow=True
    )

    assert "You may not do this" in pages.told(answer)
    assert Dispute.objects.get(pk=claim.pk).state == "filed"
    assert not Event.objects.filter(name="dispute.acknowledge").exists()


def test_wrong_state_says_who_was_quicker(sign_in):
    claim, client = make.dispute("filed"), sign_in("finance")
    quicker = make.staff("finance", first_name="Grace", last_name="Hopper")
    services.acknowledge(claim, actor=actors.staff(quicker), at=claim.ticket.received_at)

    answer = client.post(
        pages.do(claim, "acknowledge"), {"version": pages.version(claim)}, follow=True
    )

    assert "Grace Hopper did it on" in pages.told(answer)
    assert Event.objects.filter(name="dispute.acknowledge").count() == 1


def test_stale_page_says_what_happened_meanwhile(sign_in):
    claim, client = make.dispute("filed"), sign_in("finance")
    read = pages.version(claim)
    quicker = make.staff("finance", first_name="Grace", last_name="Hopper")
    services.acknowledge(claim, actor=actors.staff(quicker), at=claim.ticket.received_at)

    answer = client.post(pages.do(claim, "investigate"), {"version": read}, follow=True)

    assert "Meanwhile: Grace Hopper acknowledged the dispute" in pages.told(answer)
    assert Dispute.objects.get(pk=claim.pk).state == "acknowledged"


def test_a_letter_that_left_meanwhile_disturbs_nobody(sign_in):
    client, claim = sign_in("finance"), make.dispute("acknowledged")
    read = pages.version(claim)
    make.letters_leave()

    client.post(pages.do(claim, "investigate"), {"version": read})

    assert claim.ticket.events.filter(name="notice.sent").exists()
    assert Dispute.objects.get().state == "investigating"


def test_stale_form_keeps_what_was_typed_and_may_be_sent_again(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    read = pages.version(claim)
    services.ask_cardholder(
        claim, actor=make.clerk(), at=claim.ticket.received_at, evidence=["receipt"], text="Please."
    )

    first = client.post(
        pages.do(claim, "grant_credit"), {"version": read, "item": "1", "minor": "12.34"}
    )
    again = first.context["ticket"].seq
    client.post(pages.do(claim, "grant_credit"), {"version": again, "item": "1", "minor": "12.34"})

    assert first.status_code == 409
    assert 'value="12.34"' in first.content.decode()
    assert Transfer.objects.get().minor == 1234


def test_somebody_quicker_between_reading_and_lock_rolls_back(sign_in, monkeypatch):
    claim, client = make.dispute("filed"), sign_in("finance")
    read = pages.version(claim)
    real = services.acknowledge

    def late(row, *, actor, at):
        machine.record(row.ticket_id, "ticket.note", actor=make.clerk(), at=at)
        return real(row, actor=actor, at=at)

    monkeypatch.setattr(services, "acknowledge", late)
    answer = client.post(pages.do(claim, "acknowledge"), {"version": read}, follow=True)

    assert "look again" in pages.told(answer)
    assert Dispute.objects.get(pk=claim.pk).state == "filed"


def test_every_verb_and_event_has_words(db):
    named = {
        f"{model.label}.{move}"
        for model in (Ticket, Dispute, Chargeback, Task)
        for move in vars(model)
        if hasattr(getattr(model, move), "_django_fsm")
    }
    assert {name for name in named if not words.known(name)} == set()


def test_each_offered_verb_has_a_label(sign_in):
    claims = [make.dispute(state) for state in STATES]
    actor = make.clerk("finance", "customer_service", "lead")

    for claim, desk in itertools.product(claims, [desk_of(Dispute)]):
        for verb in desk.offered(Dispute.objects.get(pk=claim.pk), actor):
            assert words.of(f"dispute.{verb}").label
