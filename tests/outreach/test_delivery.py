from __future__ import annotations

from datetime import timedelta

import pytest

from disputes import services
from outreach import services as outreach
from outreach.channels import email
from outreach.models import Notice
from tests import make
from tests.outreach.letters import NOON, Case
from tickets.models import Deadline, Event

pytestmark = pytest.mark.django_db


def _stop(case: Case) -> None:
    services.stop(case.row, actor=make.clerk("lead"), at=case.at, because="wrong file")


def test_letter_is_on_record_with_its_proof(mailoutbox):
    case = Case("en")

    notice = case.letter()

    assert (notice.sent_at, notice.settled_at, notice.attempts) == (NOON, NOON, 1)
    assert notice.sent_to == "a•••@mail.example"
    assert len(notice.sha256) == 64
    event = Event.objects.get(name="notice.sent")
    assert event.facts == {"notice": notice.ref, "letter": "file", "channel": "email"}


def test_deadline_is_met_when_the_letter_leaves_not_when_the_button_is_pressed():
    case = Case("en").press("acknowledge")
    due = Deadline.objects.filter(ticket=case.row.ticket, rule="US-REGZ-13C1-ACK-30D")
    assert due.get().state == "running"

    case.later(3).letter()

    assert (due.get().state, due.get().met_at) == ("met", NOON + timedelta(days=3))
    assert due.get().breached_at is None


def test_letter_that_leaves_late_leaves_the_breach_on_record():
    case = Case("en").press("acknowledge")

    case.later(31).letter()

    row = Deadline.objects.get(ticket=case.row.ticket, rule="US-REGZ-13C1-ACK-30D")
    assert row.state == "met"
    assert row.breached_at == row.due_at


def test_claim_is_resolved_when_its_letter_leaves():
    case = Case("en").decide("won", 12_900)
    assert case.row.state == "resolving"

    case.letter()

    assert (case.row.state, case.row.told_at) == ("resolved", NOON)
    assert case.row.ticket.state == "resolved"
    row = Deadline.objects.get(ticket=case.row.ticket, rule="US-REGZ-13C2-RESOLVE-2CYC-90D")
    assert (row.state, row.met_at) == ("met", NOON)


def test_stopped_decision_sends_no_letter(mailoutbox):
    case = Case("en").decide("lost")
    _stop(case)

    notice = case.letter()

    assert notice.state == "cancelled"
    assert [one.subject for one in mailoutbox if "answer" in one.subject] == []
    assert case.row.state == "investigating"


def test_decision_stopped_in_flight_alerts_the_lead(monkeypatch):
    case = Case("en").decide("lost")
    send = email.send

    def stop_meanwhile(notice, letter, *, at):
        _stop(case)
        return send(notice, letter, at=at)

    monkeypatch.setattr(email, "send", stop_meanwhile)
    notice = case.letter()

    assert notice.state == "sent"
    assert case.row.state == "investigating"
    assert case.row.ticket.alert == f"letter {notice.ref} left although its decision was stopped"


def test_reversal_stopped_for_one_item_still_announces_the_other(mailoutbox):
    case = Case("en", items=2, minor=20_000).lend().press("grant_credit", item=2)
    case.press("announce_reversal", item=1).press("announce_reversal", item=2)
    case.press("stop_reversal", item=2)

    case.letter()

    found = Notice.objects.filter(letter="announce_reversal").order_by("id")
    assert [(one.event.facts["item"], one.state) for one in found] == [
        (1, "sent"),
        (2, "cancelled"),
    ]


def test_letters_of_a_case_leave_in_order(mailoutbox):
    Case("en").press("acknowledge").lend().letter()

    assert [one.letter for one in Notice.objects.order_by("sent_at", "id")] == [
        "file", "acknowledge", "grant_credit",
    ]  # fmt: skip
    assert ["received" in mailoutbox[0].subject, "credited" in mailoutbox[2].subject] == [
        True,
        True,
    ]


def test_limit_bounds_one_run(mailoutbox):
    Case("en").press("acknowledge").lend()

    assert outreach.deliver(NOON, limit=1) == 1
    assert len(mailoutbox) == 1
    assert outreach.deliver(NOON) == 2
    assert outreach.deliver(NOON) == 0


def test_effects_follow_once():
    notice = Case("en").letter()

    assert outreach._settle(notice.pk, NOON) is False
    assert Event.objects.filter(name="notice.sent").count() == 1
