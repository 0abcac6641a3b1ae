"""A dispute's whole life, pressed by the people whose departments it passes."""

import pytest

from disputes.models import Chargeback, Dispute
from ledger.models import Transfer
from tests import make
from tests.desk import pages
from tickets.models import Ticket

pytestmark = pytest.mark.browser


def press(page, verb, **inputs):
    """Press a verb's button on the case page; fill its form in when it asks."""
    page.click(f".desk-case [data-verb={verb}]")
    page.wait_for_load_state()
    if page.locator("[data-verb-form]").count():
        for name, value in inputs.items():
            fill(page, name, value)
        page.click("[data-verb-form] button")
    page.wait_for_selector(".desk-case")


def fill(page, name, value):
    """Fill one field in as its kind wants it."""
    field = page.locator(f"[name={name}]")
    if field.first.get_attribute("type") == "checkbox":
        for box in field.all():
            box.check()
    elif field.first.evaluate("one => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def test_life_of_a_dispute_from_notice_to_won_chargeback(desk):
    claim = make.dispute("filed", minor=90_000)
    reference = claim.ticket.reference
    finance = desk.sign_in("finance")

    finance.click(f"text={reference}")
    press(finance, "acknowledge")
    press(finance, "investigate")
    press(finance, "grant_credit")
    assert not Transfer.objects.exists()

    lead = desk.sign_in("finance", "lead")
    lead.click("text=To approve")
    lead.click(f"text={reference}")
    press(lead, "approve")
    assert Transfer.objects.get().minor == 90_000

    finance.reload()
    press(finance, "ask", department="collections", question="Is the account in arrears?")
    collections = desk.sign_in("collections")
    collections.click("text=Asked of us")
    collections.click(f"text={reference}")
    press(collections, "answer", text="It is not.")

    finance.reload()
    assert finance.locator(".desk-answer").inner_text() == "It is not."
    press(finance, "prepare", code="12.6.1")
    press(finance, "submit", network_reference="N-1", **holds(Chargeback.objects.get()))
    press(finance, "resolve", basis="error_as_asserted", outcome_1="won")

    assert Dispute.objects.get().proposed == "resolve"
    lead.reload()
    press(lead, "approve")
    make.letters_leave()
    assert Dispute.objects.get().state == "resolved"

    finance.reload()
    press(finance, "record_win", minor="900.00")
    item = Dispute.objects.get().items.get()
    assert (item.credited_minor, item.recovered_minor, item.open_minor) == (90_000, 90_000, 0)


def holds(leg):
    return {"holds": True} if leg.evidence else {}


def test_customer_service_files_and_never_sees_finance_s_case(desk):
    charge = make.transaction()
    page = desk.sign_in("customer_service")

    page.click("text=File a dispute")
    fill(page, "customer", charge.account.cardholder.external_ref)
    fill(page, "reason", "duplicate")
    page.click(".desk-primary")
    page.check(f"[name=pick_{charge.pk}]")
    fill(page, "story", "I was charged twice.")
    page.click(".desk-primary")
    page.wait_for_selector(".desk-tabs")

    claim = Dispute.objects.get()
    assert page.locator(f"text=Filed as {claim.ticket.reference}").count() == 1
    assert page.request.get(desk.url + pages.case(claim)).status == 404


def test_queue_by_keys_alone(desk):
    claims = [make.dispute("filed") for _number in range(3)]
    page = desk.sign_in("finance")
    shown = page.locator("[data-row-link]").all_inner_texts()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("tr.desk-focus [data-row-link]").inner_text() == shown[0]
    assert page.locator("input.action-select:checked").count() == 1

    page.keyboard.press("1")
    page.wait_for_selector(".desk-case")
    taken = Ticket.objects.get(assignee__isnull=False)
    assert taken.reference == shown[0]

    page.keyboard.press("u")
    page.wait_for_selector(".desk-tabs")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-case")
    assert len(claims) == 3


def test_keys_stay_out_of_what_is_typed(desk):
    make.dispute("filed")
    page = desk.sign_in("finance")

    page.keyboard.press("/")
    page.keyboard.type("j1x?")

    assert page.locator("#searchbar").input_value() == "j1x?"
    assert not Ticket.objects.filter(assignee__isnull=False).exists()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 700, "y": 40})
    page.keyboard.press("?")
    assert page.locator("#desk-keys").is_visible()


def test_second_of_two_pressers_reads_who_was_quicker(desk):
    claim = make.dispute("filed")
    first, second = desk.sign_in("finance"), desk.sign_in("finance")
    for page in (first, second):
        page.goto(desk.url + pages.case(claim))

    press(first, "acknowledge")
    press(second, "acknowledge")

    assert second.locator("text=Meanwhile").last.is_visible()
    assert Dispute.objects.get().state == "acknowledged"
