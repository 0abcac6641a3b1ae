"""What a verb tells the law: lending, deciding and telling end some dates and start others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from disputes import services
from tests import make
from tickets.models import Deadline

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)
CREDIT, TELL = "US-REGE-11C2-PROVCREDIT-10BD", "US-REGE-11C2II-INFORM-2BD"
DETERMINE, REPORT = "US-REGE-11C1-INVEST-10BD", "US-REGE-11C1-REPORT-3BD"
CORRECT, HONOUR = "US-REGE-11C1-CORRECT-1BD", "US-REGE-11D2-HONOR-5BD"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def on_a_debit_card(**holder):
    account = make.account(
        make.cardholder(**holder), kind="debit", opened_on=date(2020, 1, 2), cycle_day=5
    )
    return make.dispute("investigating", account=account, at=NOW)


def of(case, rule):
    return Deadline.objects.filter(ticket=case.ticket, rule=rule).order_by("-pk").first()


def lend(case, at):
    return services.grant_credit(case, actor=make.clerk(), at=at, item=1)


def test_a_debit_card_is_under_its_own_regulation():
    rules = set(
        Deadline.objects.filter(ticket=on_a_debit_card().ticket).values_list("rule", flat=True)
    )

    assert {DETERMINE, CREDIT, "US-REGE-11C3II-90D"} <= rules
    assert not {one for one in rules if "REGZ" in one}


def test_lending_meets_the_duty_to_credit_and_starts_the_duty_to_tell():
    case, at = on_a_debit_card(), NOW + timedelta(days=1)

    lend(case, at)

    assert [of(case, rule).state for rule in (CREDIT, DETERMINE)] == ["met", "met"]
    assert of(case, "US-REGE-11C3II-90D").state == "running"
    assert (of(case, TELL).due_on, of(case, TELL).state) == (date(2026, 3, 5), "running")
    make.letters_leave(at)
    assert of(case, TELL).state == "met"


def test_with_several_charges_the_duty_to_credit_waits_for_the_last():
    account = make.account(kind="debit")
    case = make.dispute("investigating", account=account, items=2, at=NOW)

    lend(case, NOW)
    assert of(case, CREDIT).state == "running"
    services.grant_credit(case, actor=make.clerk(), at=NOW, item=2)

    assert of(case, CREDIT).state == "met"


def test_deciding_ends_the_investigation_and_starts_the_report():
    case, at = on_a_debit_card(), NOW + timedelta(days=2)

    services.resolve(case, actor=make.clerk(), at=at, answer=make.won(case))

    assert of(case, "US-REGE-11C3II-90D").state == "met"
    assert (of(case, REPORT).due_on, of(case, REPORT).state) == (date(2026, 3, 9), "running")
    assert of(case, CORRECT).state == "met"
    make.letters_leave(at)
    assert of(case, REPORT).state == "met"


def test_a_denial_corrects_nothing():
    case = on_a_debit_card()

    services.resolve(case, actor=make.clerk(), at=NOW, answer=make.lost(case))

    assert of(case, CORRECT) is None
    assert of(case, CREDIT).state == "met"


def test_announcing_the_reversal_starts_the_days_in_which_items_are_honoured():
    case = lend(on_a_debit_card(), NOW)

    services.announce_reversal(case, actor=make.clerk(), at=NOW, item=1)
    assert of(case, HONOUR) is None
    make.letters_leave(NOW)

    assert (of(case, HONOUR).due_on, of(case, HONOUR).nature) == (date(2026, 3, 9), "window")


def test_news_to_the_cardholder_in_china_counts_the_fourteen_days_anew():
    holder = make.cardholder(jurisdiction="cn")
    case = make.dispute("filed", account=make.account(holder), reason="fraud_card_absent", at=NOW)
    first, later = of(case, "POL-DSP-PROGRESS-14D"), NOW + timedelta(days=3)
    assert first.due_on == date(2026, 3, 17)

    services.acknowledge(case, actor=make.clerk(), at=later)
    make.letters_leave(later)

    again = of(case, "POL-DSP-PROGRESS-14D")
    assert (Deadline.objects.get(pk=first.pk).state, again.due_on) == ("met", date(2026, 3, 20))
