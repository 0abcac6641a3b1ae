"""Several fetchers, one mail: it is kept once and taken once, and nobody waits for ever."""

from __future__ import annotations

from functools import partial

import pytest

from intake import services
from intake.models import RawMessage
from tests.intake.conftest import mail_door
from tests.intake.mails import NIGHT, ada, eml
from tests.races.together import EIGHT, together, told
from tickets import history
from tickets.models import Ticket

__all__ = ["mail_door"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def deliver(content: bytes) -> RawMessage:
    row = services.keep(content, door="imap", received_at=NIGHT, at=NIGHT)
    return services.take(row, at=NIGHT)


def test_eight_fetchers_of_one_mail_open_one_case():
    ada()

    results = together(*(partial(deliver, eml(message_id="<1@mail.example>")),) * EIGHT)

    assert told(results) == {"done": EIGHT}
    balance = services.reconcile()
    assert (balance.came, balance.became["cases"], balance.became["duplicates"]) == (8, 1, 7)
    assert balance.differences == ()


def test_eight_takers_of_one_mail_open_one_case():
    ada()
    row = services.keep(eml(), door="imap", received_at=NIGHT, at=NIGHT)

    together(*(partial(services.take, row, at=NIGHT),) * EIGHT)

    row = RawMessage.objects.get()
    assert (row.state, row.attempts, Ticket.objects.count()) == ("taken", 1, 1)
    assert list(history.broken_links(row.ticket)) == []


def test_eight_mails_of_one_person_at_once_keep_to_the_budget(settings):
    settings.MAIL_AN_HOUR = 3
    ada()

    together(*(partial(deliver, eml(f"{number}. I complain.")) for number in range(EIGHT)))

    balance = services.reconcile()
    assert (balance.became["cases"], balance.became["quarantine"]) == (3, 5)
    assert balance.differences == ()
