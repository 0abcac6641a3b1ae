"""A statement that comes after the notice gives the claim the dates that waited for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts import services as accounts
from accounts.imports import import_rows
from accounts.sources.rows import Row
from tests import make
from tickets.models import Deadline, Ticket

pytestmark = pytest.mark.django_db
RESOLVE, NOTICE = "US-REGZ-13C2-RESOLVE-2CYC-90D", "US-REGZ-13B1-NOTICE-60D"
FILED = datetime(2026, 3, 10, 17, tzinfo=UTC)


def claim():
    account = make.account(cycle_day=None)
    row = make.transaction(account, posted_on=date(2026, 3, 1))
    return make.services.file(
        account.cardholder, make.notice(row), actor=make.actors.cardholder(account.cardholder),
        at=FILED,
    )  # fmt: skip


def bill(account, closing_on, **fields):
    return {"account": account.external_ref, "external_ref": f"s-{closing_on}",
            "closing_on": closing_on, "transmitted_on": closing_on, "balance_minor": 100,
            "currency": account.currency, **fields}  # fmt: skip


def of(case, rule):
    return Deadline.objects.filter(ticket=case.ticket, rule=rule).first()


def test_a_date_that_waited_for_closings_begins_when_the_statements_come():
    case = claim()
    assert of(case, RESOLVE).waits_for.startswith('The fact "cycle_closings" is missing')

    for month in (2, 3):
        accounts.upsert_statement(**bill(case.account, date(2026, month, 15)))

    assert (of(case, RESOLVE).due_on, of(case, RESOLVE).waits_for) == (date(2026, 5, 10), "")
    assert Ticket.objects.get(pk=case.ticket_id).next_due_rule == "POL-ACK-1WD"


def test_the_window_to_notify_begins_with_the_statement_that_shows_the_charge():
    case = claim()
    assert of(case, NOTICE) is None

    accounts.upsert_statement(**bill(case.account, date(2026, 3, 15)))

    assert of(case, NOTICE).due_on == date(2026, 5, 14)


def test_a_file_that_is_refused_starts_nothing():
    case = claim()
    good = Row("line 1", "statement", bill(case.account, date(2026, 3, 15)))
    bad = Row("line 2", "statement", {"external_ref": "x"})

    report = import_rows([good, bad])

    assert report.refused == 1
    assert of(case, NOTICE) is None


def test_an_ended_case_hears_nothing():
    case = make.dispute("resolved")
    before = Deadline.objects.filter(ticket=case.ticket).count()

    accounts.upsert_statement(**bill(case.account, date(2026, 3, 15)))

    assert Deadline.objects.filter(ticket=case.ticket).count() == before
