"""A statement that comes after the notice gives the claim the dates that waited for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import services as accounts
from accounts.imports import import_rows
from accounts.sources.rows import Row
from disputes import services
from disputes.models import Chargeback
from kernel import actors
from tests import make
from tickets.models import Deadline, Event, Ticket

pytestmark = pytest.mark.django_db
RESOLVE, NOTICE = "US-REGZ-13C2-RESOLVE-2CYC-90D", "US-REGZ-13B1-NOTICE-60D"
FILED = datetime(2026, 3, 10, 17, tzinfo=UTC)


def claim():
    return claim_on(make.account(cycle_day=None))


def claim_on(account):
    row = make.transaction(account, posted_on=date(2026, 3, 1))
    return services.file(
        account.cardholder, make.notice(row), actor=actors.cardholder(account.cardholder),
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


def reassess(*options):
    out = StringIO()
    call_command("reassess_deadlines", *options, stdout=out)
    return out.getvalue()


def test_an_earlier_end_of_a_cycle_brings_the_answer_forward_with_its_reason_on_record():
    account = make.account(cycle_day=15)
    case = claim_on(account)
    assert of(case, RESOLVE).due_on == date(2026, 5, 15)

    for closing_on in (date(2026, 3, 15), date(2026, 4, 10), date(2026, 5, 5)):
        accounts.upsert_statement(**bill(account, closing_on))

    event = Event.objects.filter(ticket=case.ticket, name="ticket.reassess").latest("pk")
    assert of(case, RESOLVE).due_on == date(2026, 5, 5)
    assert (event.facts["rule"], event.facts["to"]) == (RESOLVE, "2026-05-05")
    assert event.facts["reason"] == "statement s-2026-05-05 of 2026-05-05"


def test_a_later_end_of_a_cycle_leaves_the_date_that_was_told():
    account = make.account(cycle_day=15)
    case = claim_on(account)

    for closing_on in (date(2026, 3, 15), date(2026, 4, 20), date(2026, 5, 20)):
        accounts.upsert_statement(**bill(account, closing_on))

    assert of(case, RESOLVE).due_on == date(2026, 5, 15)
    assert f"move {RESOLVE} (law) 2026-05-15 -> 2026-05-20\n" in reassess()


def test_a_stored_date_of_law_moves_only_with_a_reason_and_a_name():
    account = make.account(cycle_day=15)
    case = claim_on(account)
    Deadline.objects.filter(pk=of(case, RESOLVE).pk).update(due_on=date(2026, 5, 1))

    with pytest.raises(CommandError, match="say why and who"):
        reassess("--apply")
    assert of(case, RESOLVE).due_on == date(2026, 5, 1)
    reassess("--apply", "--reason", "counted wrongly", "--by", "Lead")

    assert of(case, RESOLVE).due_on == date(2026, 5, 15)
    assert "0 dates" in reassess("--apply", "--reason", "again", "--by", "Lead")


def test_a_rule_that_is_switched_off_ends_where_it_ran(settings):
    settings.LAW_SWITCHED_ON = ["NET-MC-PREARB-45D"]
    leg = make.leg("represented", code="4834", row=on_mastercard())
    assert Deadline.objects.filter(rule="NET-MC-PREARB-45D", state="running").exists()

    settings.LAW_SWITCHED_ON = []
    reassess("--apply", "--reason", "not confirmed after all", "--by", "Lead")

    row = Deadline.objects.get(rule="NET-MC-PREARB-45D", ticket=leg.ticket)
    assert row.state == "ended"


def test_a_rule_that_is_switched_on_dates_the_leg_too(settings):
    leg = make.leg("represented", code="4834", row=on_mastercard())
    assert leg.due_on is None

    settings.LAW_SWITCHED_ON = ["NET-MC-PREARB-45D"]
    reassess("--apply", "--reason", "confirmed", "--by", "Lead")

    row = Deadline.objects.get(rule="NET-MC-PREARB-45D", ticket=leg.ticket)
    leg = Chargeback.objects.get(pk=leg.pk)
    assert (leg.due_on, leg.silence) == (row.due_on, "time_out_issuer")


def test_an_interrupted_run_goes_on_where_it_stopped():
    first, second = claim_on(make.account(cycle_day=15)), claim_on(make.account(cycle_day=15))
    Deadline.objects.filter(rule=RESOLVE).update(due_on=date(2026, 5, 1))
    reassess("--apply", "--reason", "r", "--by", "b", "--case", first.ticket.reference)

    assert second.ticket.reference in reassess()
    assert first.ticket.reference not in reassess()


def test_closed_cases_are_left_alone():
    case = make.dispute("resolved")
    Deadline.objects.filter(ticket=case.ticket).update(due_on=date(2026, 5, 1), state="running")

    assert reassess() == "0 dates. Nothing was written.\n"


def on_mastercard():
    return make.dispute("investigating", account=make.account(network="mastercard"))
