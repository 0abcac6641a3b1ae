"""One complaint from the phone in the night to the letter, through four pairs of hands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints.models import Complaint
from ledger.models import Transfer
from outreach.models import Notice
from tests import make
from tests.api.conftest import caller
from tests.desk import pages
from tests.desk.complaints import MINE, press, soon
from tests.desk.conftest import sign_in
from tickets import history
from tickets.models import Deadline, Task, Ticket

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db


def test_a_complaint_about_a_collector(sign_in, mailoutbox):
    holder = make.cardholder(jurisdiction="gb")
    account = make.account(holder, last_four="4242")
    me = caller(holder)
    service, second = sign_in("customer_service"), sign_in("customer_service")
    collections = sign_in("collections")

    # The cardholder complains; the receipt states the time limit.
    made = me.post("/api/v1/complaints", {"story": "Your agent rang at midnight."}).json()
    reference, row = made["reference"], Complaint.objects.get()
    make.letters_leave()
    assert "eight weeks" in mailoutbox[-1].body

    # Customer service takes it up, says whom it is about, and asks them for the recording.
    press(service, row, "investigate")
    press(service, row, "recuse", department="collections")
    press(service, row, "classify", category="collect_hours")
    press(
        service, row.ticket, "ask", department="collections",
        question="Please send the call log of Monday night.",
    )  # fmt: skip
    task = Task.objects.get()
    press(collections, task, "answer", text="There was a call at 00:14.")
    assert Task.objects.get().state == "answered"

    # One drafts, another reads it and sends it; collections sees neither button nor draft.
    given = {**MINE, "found": "A call at 00:14 is in the log.",
             "remedies": ["review", "gb_ombudsman", "court"]}  # fmt: skip
    press(
        service, row, "draft_decision", **given, refunded="yes", kind_1="distress_inconvenience",
        amount_1="25.00", kind_2="apology", refund_on=soon(),
    )  # fmt: skip
    seen = collections.get(pages.case(row))
    assert "A call at 00:14 is in the log." not in seen.content.decode()
    press(service, row, "respond")
    assert Complaint.objects.get().state == "drafted"
    press(second, row, "respond")

    # Nothing has moved before the letter leaves; then everything has.
    assert Transfer.objects.count() == 0
    make.letters_leave(timezone.now() + timedelta(minutes=1))
    letter = Notice.objects.get(letter="complaint_respond_upheld")
    assert "We pay you £25.00." in letter.body
    assert "Financial Ombudsman Service" in letter.body
    paid = Transfer.objects.get()
    assert (paid.minor, paid.credit) == (2_500, f"cardholder:{account.external_ref}")
    assert Deadline.objects.get(rule="UK-DISP-1.6.2-8W").state == "met"

    # The cardholder reads the same answer, and nothing else of what was said inside.
    answer = me.get(f"/api/v1/complaints/{reference}/decision").json()
    assert (answer["outcome"], answer["amount"], answer["currency"]) == ("upheld", 2_500, "GBP")
    whole = me.get(f"/api/v1/cases/{reference}").content.decode()
    assert "00:14" not in whole
    assert "collections" not in whole
    ticket = Ticket.objects.get(reference=reference)
    assert (ticket.state, list(history.broken_links(ticket))) == ("resolved", [])
