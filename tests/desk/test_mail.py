"""Mail at the desk: who sees it, what it shows, and its two buttons."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from intake import services
from intake.models import RawMessage
from kernel.errors import NotAllowed
from tests import make
from tests.intake.conftest import mail_door
from tests.intake.mails import CORPUS, NIGHT, ada, eml, take
from tickets.models import Ticket

__all__ = ["mail_door"]
pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/intake/rawmessage/"


def stranger(text: str = "I complain. <script>alert(1)</script> {{ 7 }}") -> RawMessage:
    return take(eml(text, sender="who@nowhere.example", subject="<b>Hello</b>"))


def page(row: RawMessage) -> str:
    return reverse("admin:intake_rawmessage_change", args=[row.pk])


def button(row: RawMessage, verb: str) -> str:
    return reverse("admin:intake_rawmessage_do", args=[row.pk, verb])


def test_the_list_begins_with_what_waits_for_a_person(sign_in):
    ada()
    waits, taken = stranger(), take(eml())
    client = sign_in("customer_service")

    shown = client.get(LIST).content.decode()
    everything = client.get(LIST, {"state": "any"}).content.decode()

    assert waits.ref in shown
    assert taken.ref not in shown
    assert taken.ref in everything
    assert taken.ticket.reference in everything
    assert "unknown sender" in shown


@pytest.mark.parametrize("department", ["finance", "collections"])
def test_other_departments_see_no_mail(sign_in, department):
    row, client = stranger(), sign_in(department)

    for address in (LIST, page(row), button(row, "take")):
        assert client.get(address).status_code in {302, 403}


def test_mail_of_a_case_that_is_not_ones_own_is_not_there(sign_in):
    ada()
    row = take(eml())
    Ticket.objects.filter(pk=row.ticket_id).update(department="finance")

    assert sign_in("customer_service").get(page(row)).status_code == 404


def test_a_mail_is_shown_masked_and_escaped(sign_in):
    row = stranger("My card is 4111 1111 1111 1111. <script>alert(1)</script> {{ 7 }}")

    shown = sign_in("customer_service").get(page(row)).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in shown
    assert "&lt;b&gt;Hello&lt;/b&gt;" in shown
    assert "4111 1111" not in shown


def test_a_mail_that_cannot_be_read_says_so(sign_in):
    row = take((CORPUS / "utf7_body.eml").read_bytes())

    assert "cannot be shown" in sign_in("customer_service").get(page(row)).content.decode()


def test_taking_opens_a_case_of_the_night_for_the_chosen_person(sign_in):
    row, holder, client = stranger(), make.cardholder(), sign_in("customer_service")
    given = {"holder": holder.external_ref, "because": "He rang from his number on file"}

    assert client.get(button(row, "take")).status_code == 200
    answer = client.post(button(row, "take"), given)

    row = RawMessage.objects.get()
    assert answer.url == page(row)
    assert (row.state, row.outcome, row.because) == ("taken", "case", given["because"])
    assert (row.ticket.cardholder, row.ticket.received_at) == (holder, NIGHT)
    assert row.settled_by == f"user:{client.user.pk}"
    assert row.message.body.startswith("<b>Hello</b>")


def test_an_unreadable_mail_can_be_taken_too(sign_in):
    row, holder = take((CORPUS / "utf7_body.eml").read_bytes()), make.cardholder()
    given = {"holder": holder.external_ref, "because": "Known"}

    sign_in("lead", "customer_service").post(button(row, "take"), given)

    assert row.ref in RawMessage.objects.get().message.body


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"holder": "ch-of-nobody", "because": "Known"}, "Nobody has this customer number."),
        ({"holder": "", "because": "Known"}, "required"),
    ],
)
def test_a_form_that_is_wrong_moves_nothing(sign_in, given, says):
    row = stranger()

    answer = sign_in("customer_service").post(button(row, "take"), given)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert RawMessage.objects.get().state == "quarantined"


def test_refusing_keeps_the_mail_and_the_reason(sign_in):
    row, client = stranger(), sign_in("customer_service")

    client.post(button(row, "refuse"), {"because": "An advertisement"})
    again = client.post(button(row, "refuse"), {"because": "Again"})

    row = RawMessage.objects.get()
    assert (row.state, row.why, row.because) == ("refused", "by_hand", "An advertisement")
    assert again.status_code == 409
    assert "refused already" in again.content.decode()
    assert row.stored_as


def test_what_was_refused_can_be_taken_after_all_and_what_was_taken_cannot(sign_in):
    ada()
    row, client = take((CORPUS / "out_of_office.eml").read_bytes()), sign_in("customer_service")
    given = {"holder": make.cardholder().external_ref, "because": "He wrote it himself"}

    client.post(button(row, "take"), given)
    again = client.post(button(row, "take"), given)

    assert RawMessage.objects.get().state == "taken"
    assert again.status_code == 409
    assert "meanwhile" in again.content.decode()
    assert client.get(button(row, "erase")).status_code == 404


def test_search_finds_by_number_case_and_sender(sign_in):
    ada()
    row, client = take(eml()), sign_in("customer_service")

    for term in (row.ref, row.ticket.reference, "Ada@mail.example"):
        assert row.ref in client.get(LIST, {"q": term, "state": "any"}).content.decode()
    assert row.ref not in client.get(LIST, {"q": "zz", "state": "any"}).content.decode()


def test_alerts_of_mail_are_said_in_words(sign_in):
    ada()
    row = take((CORPUS / "fraud_in_progress.eml").read_bytes())

    shown = sign_in("lead", "customer_service").get(
        reverse("admin:tickets_ticket_change", args=[row.ticket_id])
    )

    assert "This mail cannot wait: the card is still open." in shown.content.decode()


def test_who_may_look_and_not_decide_is_refused(sign_in):
    row, client = stranger(), sign_in("customer_service")
    client.user.groups.clear()
    client.user.user_permissions.add(Permission.objects.get(codename="view_rawmessage"))

    shown = client.get(page(row))

    assert (shown.status_code, shown.context["buttons"]) == (200, [])
    assert client.post(button(row, "refuse"), {"because": "x"}).status_code == 403
    assert client.get(f"{LIST}{row.pk}/history/").status_code == 404


def test_the_service_itself_asks_who_decides():
    actor = make.clerk("finance")

    with pytest.raises(NotAllowed):
        services.refuse(stranger(), actor=actor, at=NIGHT, because="x")


def test_a_silent_scanner_lets_nothing_be_taken_by_hand(sign_in, settings):
    row = take((CORPUS / "no_text_only_a_file.eml").read_bytes().replace(b"ada@", b"who@"))
    settings.SCANNER = "127.0.0.1:1"
    given = {"holder": make.cardholder().external_ref, "because": "Known"}

    answer = sign_in("customer_service").post(button(row, "take"), given)

    assert "Try again in a while" in answer.content.decode()
    assert (RawMessage.objects.get().state, Ticket.objects.count()) == ("quarantined", 0)
