"""Each form, filled in and sent, does what its service does; filled in wrongly, nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disputes import services
from disputes.models import Chargeback, Decision, Dispute, Finding
from ledger.models import Transfer
from tests import make
from tests.desk import pages
from tickets import tasks
from tickets.models import Approval, Link, Message, Task, Ticket


def press(client, row, verb, **inputs):
    """Send a verb's form as its page would."""
    return client.post(pages.do(row, verb), {"version": pages.version(row), **inputs}, follow=True)


def test_decide_for_the_cardholder(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    press(client, claim, "resolve", basis="error_as_asserted", outcome_1="won")

    claim = Dispute.objects.get(pk=claim.pk)
    assert (claim.state, claim.outcome) == ("resolving", "won")
    assert claim.items.get().credited_minor == make.AMOUNT


def test_decide_in_part_with_charges_and_ground(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    press(
        client, claim, "find", statement="Two slips exist.",
        exhibit=f"transaction:{claim.items.get().transaction.external_ref}",
    )  # fmt: skip

    press(
        client, claim, "resolve", basis="different_error", outcome_1="partly_won",
        granted_1="100.00", charges_1="1.50", reason_1_1="not_duplicate", finding_1_1="1",
        explanation="One of the two charges is yours.",
    )  # fmt: skip

    item = Dispute.objects.get(pk=claim.pk).items.get()
    assert (item.credited_minor, item.charges_minor, item.denied_minor) == (10_000, 150, 2_900)
    assert Decision.objects.get().grounds.get().finding.statement == "Two slips exist."


def test_denial_without_finding_is_refused_on_the_form(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    answer = press(
        client, claim, "resolve", basis="no_error", outcome_1="lost", explanation="Yours."
    )

    assert answer.status_code == 409
    assert "at least one reason" in answer.content.decode()
    assert Dispute.objects.get(pk=claim.pk).state == "investigating"


@pytest.mark.parametrize("amount", ["12.345", "twelve", "1e3", "NaN", "-5"])
def test_bad_amount_lends_nothing(sign_in, amount):
    claim, client = make.dispute("investigating"), sign_in("finance")

    answer = press(client, claim, "grant_credit", item="1", minor=amount)

    assert answer.status_code in {409, 422}
    assert not Transfer.objects.exists()


def test_second_person_approves_what_was_proposed(sign_in):
    claim = make.dispute("investigating", minor=90_000)
    proposer, lead = sign_in("finance", "lead"), sign_in("finance", "lead")

    press(proposer, claim, "grant_credit", item="1")
    own = pages.buttons(proposer.get(pages.case(claim)))
    others = lead.get(pages.case(claim))
    press(lead, claim, "approve")

    assert "recall" in own
    assert "approve" not in own
    assert "approve" in pages.buttons(others)
    assert "$900.00" in others.content.decode()
    assert Approval.objects.get().state == "approved"
    assert Transfer.objects.get().minor == 90_000


def test_ask_the_cardholder_for_evidence(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    press(client, claim, "ask_cardholder", evidence=["receipt"], text="Please send the slip.")

    ticket = Ticket.objects.get(pk=claim.ticket_id)
    assert (ticket.state, ticket.waiting_on) == ("waiting", "cardholder")
    page = client.get(pages.case(claim)).content.decode()
    assert "Sales slip or receipt" in page
    assert "Please send the slip." in page


def test_withdraw_on_behalf_and_undo(sign_in):
    claim, client = make.dispute("investigating"), sign_in("customer_service", "lead")

    press(client, claim, "withdraw", cause="recognised_charge")
    went = Dispute.objects.get(pk=claim.pk).state
    press(client, claim, "undo_withdrawal")

    assert went == "withdrawing"
    assert Dispute.objects.get(pk=claim.pk).state == "investigating"


def test_prepare_and_send_and_win_a_chargeback(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    press(client, claim, "prepare", item="1", code="12.6.1")
    leg = Chargeback.objects.get()

    bare = press(client, leg, "submit", network_reference="N-1")
    press(client, leg, "submit", network_reference="N-1", holds=leg.evidence)
    press(client, leg, "record_win", minor="129.00")

    assert bare.status_code == 409 or not leg.evidence
    leg = Chargeback.objects.get()
    assert (leg.state, leg.recovered_minor) == ("won", make.AMOUNT)


def test_code_of_another_reason_is_not_on_the_form(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    answer = press(client, claim, "prepare", item="1", code="10.4")

    assert answer.status_code == 422
    assert not Chargeback.objects.exists()


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("go_pre_arbitration", "in_pre_arbitration"),
        ("accept", "lost"),
        ("record_loss", "lost"),
        ("ask_back", "withdrawing"),
    ],
)
def test_leg_s_verbs(sign_in, verb, state):
    leg, client = make.leg("represented"), sign_in("finance")

    press(client, leg, verb)

    assert Chargeback.objects.get().state == state


def test_network_refuses_the_form(sign_in):
    leg, client = make.leg("submitted"), sign_in("finance")

    press(client, leg, "record_rejection", words="Field 32 is missing")

    assert Chargeback.objects.get().rejection == "Field 32 is missing"
    assert "Field 32 is missing" in client.get(pages.case(leg)).content.decode()


def test_hand_over_and_wait_and_go_on(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance", "lead")
    day = timezone.localdate() + timedelta(days=10)

    press(client, claim.ticket, "wait", on="merchant", wanted="a slip", until=day.isoformat())
    waiting = Ticket.objects.get(pk=claim.ticket_id)
    press(client, claim.ticket, "resume")
    press(client, claim.ticket, "reroute", to="collections", because="arrears", summary="All done.")

    ticket = Ticket.objects.get(pk=claim.ticket_id)
    assert (waiting.state, waiting.waiting_for) == ("waiting", "a slip")
    assert (ticket.state, ticket.department) == ("open", "collections")


def test_take_release_assign(sign_in):
    claim, client = make.dispute("filed"), sign_in("finance", "lead")
    colleague = make.staff("finance")

    press(client, claim.ticket, "take")
    mine = Ticket.objects.get(pk=claim.ticket_id).assignee
    press(client, claim.ticket, "release")
    press(client, claim.ticket, "assign", to=colleague.pk)

    assert mine == client.user
    assert Ticket.objects.get(pk=claim.ticket_id).assignee == colleague


def test_duplicate_is_named_by_its_reference_and_must_be_visible(sign_in):
    holder = make.cardholder()
    first, second = make.filed(holder), make.filed(holder)
    client = sign_in("finance")

    wrong = press(client, second.ticket, "mark_duplicate", of="D-00000-00000-0")
    press(client, second.ticket, "mark_duplicate", of=first.ticket.reference.lower())

    assert wrong.status_code == 422
    assert Link.objects.get().other == first.ticket


def test_ask_answer_and_return(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    press(client, claim.ticket, "ask", department="collections", question="In arrears?")
    task, other = Task.objects.get(), sign_in("collections")

    by_asker = press(client, task, "answer", text="No.")
    press(other, task, "answer", text="Not in arrears.")

    assert "You may not" in pages.told(by_asker)
    assert Task.objects.get().answer_text.body == "Not in arrears."
    assert "Not in arrears." in client.get(pages.case(claim)).content.decode()


def test_write_and_note(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    press(client, claim.ticket, "write", text="Your card 4111 1111 1111 1111 is safe.")
    press(client, claim.ticket, "note", text="Called twice.")

    out, note = Message.objects.order_by("pk")[1:]
    assert out.direction == "out"
    assert "4111 1111" not in out.body
    assert (note.direction, note.body) == ("note", "Called twice.")


def test_finding_needs_an_exhibit_of_this_case(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")

    answer = press(client, claim, "find", statement="It is so.", exhibit="transaction:tx-other")

    assert answer.status_code == 422
    assert not Finding.objects.exists()


def bulk(client, action, *claims, **more):
    """Run an action over rows of the queue."""
    chosen = {"_selected_action": [claim.ticket_id for claim in claims]}
    return client.post(pages.QUEUE, {"action": action, **chosen, **more}, follow=True)


def test_take_several_reports_each_that_was_refused(sign_in):
    first, second, client = make.dispute("filed"), make.dispute("investigating"), sign_in("finance")

    answer = bulk(client, "take_selected", first, second)

    said = pages.told(answer)
    assert "1 case done." in said
    assert second.ticket.reference in said
    assert Ticket.objects.get(pk=first.ticket_id).assignee == client.user


def test_lead_assigns_several_and_others_cannot(sign_in):
    claims, colleague = [make.dispute("filed"), make.dispute("filed")], make.staff("finance")

    asked = bulk(sign_in("finance", "lead"), "assign_selected", *claims)
    bulk(sign_in("finance"), "assign_selected", *claims, to=colleague.pk)
    before = Ticket.objects.filter(assignee=colleague).count()
    bulk(sign_in("finance", "lead"), "assign_selected", *claims, to=colleague.pk)

    assert claims[0].ticket.reference in asked.content.decode()
    assert before == 0
    assert Ticket.objects.filter(assignee=colleague).count() == 2


def file_page(holder, reason="duplicate"):
    """The filing page for a cardholder and a reason."""
    return (
        f"{reverse('admin:disputes_dispute_file')}?customer={holder.external_ref}&reason={reason}"
    )


def test_file_for_a_cardholder_who_wrote_last_week(sign_in):
    charge = make.transaction()
    client, day = sign_in("customer_service"), timezone.now() - timedelta(days=7)

    answer = client.post(
        file_page(charge.account.cardholder),
        {"source": "letter", f"pick_{charge.pk}": "on", f"amount_{charge.pk}": "20.00",
         "received_at": f"{day:%Y-%m-%dT%H:%M}", "story": "I was charged twice.",
         "answer_twin_posting": charge.external_ref},
        follow=True,
    )  # fmt: skip

    claim = Dispute.objects.get()
    assert claim.ticket.source == "letter"
    assert claim.items.get().disputed_minor == 2_000
    assert claim.answers == {"twin_posting": charge.external_ref}
    assert claim.ticket.received_at < timezone.now() - timedelta(days=6)
    # It lies with finance now, where customer service cannot follow it.
    assert answer.redirect_chain == [(pages.QUEUE, 302)]
    assert claim.ticket.reference in pages.told(answer)


def test_filing_more_than_was_charged_is_refused_on_the_form(sign_in):
    charge = make.transaction()

    answer = sign_in("customer_service").post(
        file_page(charge.account.cardholder),
        {"source": "phone", f"pick_{charge.pk}": "on", f"amount_{charge.pk}": "999.00"},
    )

    assert answer.status_code == 422
    assert "you cannot dispute more" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_unknown_customer_and_missing_right(sign_in):
    page = reverse("admin:disputes_dispute_file")

    unknown = sign_in("customer_service").get(f"{page}?customer=nobody&reason=duplicate")

    assert "There is no such customer." in unknown.content.decode()
    assert sign_in("collections").get(page).status_code == 403


@pytest.mark.parametrize(
    "reason", ["goods_not_received", "wrong_amount", "fee_or_interest", "fraud_lost_stolen"]
)
def test_each_reason_asks_its_own_questions(sign_in, reason):
    charge = make.transaction()

    answer = sign_in("customer_service").get(file_page(charge.account.cardholder, reason))

    assert answer.status_code == 200
    assert answer.context["form"].questions()


def test_stop_a_decision_whose_letter_has_not_left(sign_in):
    claim = make.dispute("investigating")
    services.resolve(claim, actor=make.clerk(), at=timezone.now(), answer=make.lost(claim))
    client = sign_in("finance", "lead")

    press(client, claim, "stop", because="The slip came in.")

    assert Dispute.objects.get(pk=claim.pk).state == "investigating"


def test_late_question_is_cancelled_by_who_asked(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    task = tasks.ask(
        claim.ticket, actor=make.clerk(), at=timezone.now(), department="collections",
        question="In arrears?",
    )  # fmt: skip

    press(client, task, "cancel")

    assert Task.objects.get().state == "cancelled"
