"""Who may see a case: everywhere the same, and everywhere 404 for everybody else."""

import io

import pytest
from django.urls import reverse

from outreach.models import Notice
from tests import make
from tests.desk import pages
from tickets import attachments, tasks


@pytest.fixture
def hidden(db):
    """A claim that lies with finance, with a file, a leg and letters on their way."""
    leg = make.leg("submitted")
    attachments.attach(
        leg.ticket, name="slip.txt", content=b"receipt", actor=make.clerk(),
        at=leg.ticket.received_at,
    )  # fmt: skip
    make.letters_leave()
    return leg


def addresses(leg):
    """Every address that would show or change the case."""
    ticket, claim = leg.ticket, leg.item.dispute
    file = ticket.attachments.get()
    return [
        pages.case(ticket),
        reverse("admin:tickets_ticket_history", args=[ticket.pk]),
        reverse("admin:tickets_ticket_delete", args=[ticket.pk]),
        reverse("admin:tickets_ticket_file", args=[ticket.pk, file.ref]),
        reverse("admin:disputes_dispute_change", args=[claim.pk]),
        reverse("admin:disputes_dispute_history", args=[claim.pk]),
        reverse("admin:disputes_chargeback_change", args=[leg.pk]),
        pages.do(ticket, "note"),
        pages.do(ticket, "take"),
        pages.do(claim, "acknowledge"),
        pages.do(leg, "record_win"),
    ]


@pytest.mark.parametrize("place", range(11))
def test_other_department_finds_nothing(sign_in, hidden, place):
    client = sign_in("customer_service")
    address = addresses(hidden)[place]

    assert client.get(address).status_code in {403, 404}
    assert client.post(address).status_code in {403, 404}


def test_own_department_finds_the_case(sign_in, hidden):
    client = sign_in("finance")

    assert client.get(pages.case(hidden)).status_code == 200


def test_list_and_search_show_only_what_may_be_seen(sign_in, hidden):
    reference = hidden.ticket.reference
    others, finance = sign_in("customer_service"), sign_in("finance")

    for query in (
        "?tab=all", f"?q={reference}", f"?q={hidden.ticket.account.last_four}", "?q=Ada",
        f"?q={hidden.ticket.cardholder.external_ref}",
    ):  # fmt: skip
        link = f'href="{pages.case(hidden)}"'
        assert link not in others.get(pages.QUEUE + query).content.decode()
        assert link in finance.get(pages.QUEUE + query).content.decode()


def test_counts_palette_letters_and_people_hide_it_too(sign_in, hidden):
    client, reference = sign_in("customer_service"), hidden.ticket.reference
    holder = reverse("admin:accounts_cardholder_change", args=[hidden.ticket.cardholder_id])
    letter = reverse("admin:outreach_notice_change", args=[Notice.objects.first().pk])

    assert set(client.get(reverse("admin:tickets_ticket_counts")).json().values()) == {0}
    assert reference not in client.get(f"/admin/search/?s={reference}&extended=1").content.decode()
    assert reference not in client.get(reverse("admin:outreach_notice_changelist")).content.decode()
    assert reference not in client.get(holder).content.decode()
    assert client.get(letter).status_code in {302, 404}


def test_palette_finds_one_s_own_case_by_its_reference(sign_in, hidden):
    client, reference = sign_in("finance"), hidden.ticket.reference

    found = client.get(f"/admin/search/?s={reference.lower()}&extended=1").content.decode()

    assert reference in found
    assert pages.case(hidden) in found


def test_question_to_a_department_opens_the_case_to_it(sign_in, hidden):
    client = sign_in("collections")
    before = client.get(pages.case(hidden)).status_code
    tasks.ask(
        hidden.ticket, actor=make.clerk(), at=hidden.ticket.received_at,
        department="collections", question="Is the account in arrears?",
    )  # fmt: skip

    assert before == 404
    assert client.get(pages.case(hidden)).status_code == 200
    assert hidden.ticket.reference in client.get(f"{pages.QUEUE}?tab=asked").content.decode()


def test_file_is_a_download_that_no_browser_opens_inside_the_desk(sign_in, hidden):
    file = hidden.ticket.attachments.get()
    address = reverse("admin:tickets_ticket_file", args=[hidden.ticket.pk, file.ref])

    answer = sign_in("finance").get(address)

    assert b"".join(answer.streaming_content) == b"receipt"
    assert answer["Content-Disposition"] == 'attachment; filename="slip.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_file_of_another_case_is_not_found_under_this_one(sign_in, hidden):
    other = make.dispute("filed")
    file = hidden.ticket.attachments.get()

    address = reverse("admin:tickets_ticket_file", args=[other.ticket.pk, file.ref])

    assert sign_in("finance").get(address).status_code == 404


def test_case_opens_with_a_file_typed_in_at_the_counter(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    upload = io.BytesIO(b"the slip")
    upload.name = "slip.txt"

    client.post(pages.do(claim.ticket, "attach"), {"file": upload})

    assert claim.ticket.attachments.get().name == "slip.txt"
    assert "slip.txt" in client.get(pages.case(claim)).content.decode()
