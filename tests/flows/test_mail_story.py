"""The e-mail door from a grievance at night to the letter that answers it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command

from intake.models import RawMessage
from outreach import services as outreach
from tests import make
from tests.intake.conftest import mail_door
from tests.intake.mails import NIGHT, eml
from tickets.models import Ticket

__all__ = ["mail_door"]
pytestmark = pytest.mark.django_db(transaction=True)


def receive(content: bytes, at) -> RawMessage:
    with time_machine.travel(at, tick=False):
        call_command("receive_mail", stdin=BytesIO(content))
    return RawMessage.objects.latest("pk")


def test_a_grievance_by_mail_is_answered_by_mail_and_the_answer_finds_its_case(mailoutbox):
    holder = make.cardholder(email="ada@mail.example")
    make.account(holder)

    row = receive(eml(message_id="<1@mail.example>"), NIGHT)
    outreach.deliver(NIGHT + timedelta(hours=7))

    case, receipt = row.ticket, mailoutbox[0]
    assert case.received_at == NIGHT
    assert (receipt.to, case.reference in receipt.body) == (["ada@mail.example"], True)
    assert "reply to this e-mail" in receipt.body

    answer = {"in_reply_to": receipt.extra_headers["Message-ID"], "to": receipt.reply_to[0]}
    second = receive(eml("It was collector 7.", **answer), NIGHT + timedelta(days=1))
    lonely = receive(eml("No."), NIGHT + timedelta(days=2))

    assert (second.outcome, second.ticket) == ("message", case)
    assert second.message.at == NIGHT + timedelta(days=1)
    assert (lonely.outcome, Ticket.objects.count()) == ("case", 2)
    call_command("reconcile_mail")
