"""Asking the cardholder: named evidence, silence that denies nothing, and the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disputes import services
from disputes.models import Dispute
from kernel import actors
from kernel.errors import Unfit
from tests import make
from tests.disputes.moment import NOW
from tickets.models import Event

pytestmark = pytest.mark.django_db


def test_silence_of_the_cardholder_never_denies():
    case = make.dispute("investigating")
    services.ask_cardholder(
        case, actor=make.clerk(), at=NOW, evidence=["receipt"], text="Please send it."
    )

    services.sweep(NOW + timedelta(days=15))

    case = Dispute.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.ticket.state) == ("investigating", "", "open")
    assert Event.objects.filter(ticket=case.ticket, name="ticket.time_out").count() == 1


def test_asking_names_evidence_from_the_list():
    case = make.dispute("investigating")

    for evidence in ([], ["grandmother"]):
        with pytest.raises(Unfit) as refusal:
            services.ask_cardholder(
                case, actor=make.clerk(), at=NOW, evidence=evidence, text="Send."
            )
        assert refusal.value.code == "unknown_evidence"


def test_an_answer_takes_the_case_up_again():
    case = make.dispute("investigating")
    services.ask_cardholder(case, actor=make.clerk(), at=NOW, evidence=["receipt"], text="Send.")
    ticket = Dispute.objects.get(pk=case.pk).ticket
    assert (ticket.state, ticket.waiting_on, ticket.waiting_for) == (
        "waiting", "cardholder", "receipt",
    )  # fmt: skip

    services.hear(ticket, actor=actors.cardholder(ticket.cardholder), at=NOW, body="Here it is.")

    ticket.refresh_from_db(fields=["waiting_on"])
    assert (type(ticket).objects.get(pk=ticket.pk).state, ticket.waiting_on) == ("open", "")
