"""Running dates: started by facts, never moved, met at the instant, breached once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from law.facts import Facts
from tests import make
from tests.tickets import cases
from tickets import deadlines, services, sweeping
from tickets.models import Deadline, Event, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, tzinfo=UTC)  # Monday, 10:00 in New York
ACK, RESOLVE = "US-REGZ-13C1-ACK-30D", "US-REGZ-13C2-RESOLVE-2CYC-90D"
OWNER, ENQUIRY = "POL-ACK-1WD", "POL-ENQ-3WD"


def claim(**fields) -> Ticket:
    return make.filed(at=START, **fields).ticket


def of(ticket: Ticket, rule: str) -> Deadline:
    return Deadline.objects.get(ticket=ticket, rule=rule)


def in_china(received_at: datetime = START) -> Ticket:
    holder = make.cardholder(jurisdiction="cn")
    return cases.enquiry(holder=holder, received_at=received_at)


def test_a_notice_starts_the_dates_of_the_law_with_their_trace():
    row = of(claim(), ACK)

    assert (row.starts_on, row.due_on, row.safe_on) == (
        date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1),
    )  # fmt: skip
    assert row.due_at == datetime(2026, 4, 2, 4, tzinfo=UTC)
    assert (row.severity, row.binds, row.nature, row.state) == (
        "statutory", "issuer", "deadline", "running",
    )  # fmt: skip
    assert row.citation == "12 CFR 1026.13(c)(1)"
    assert row.trace[0] == ["notice received 2026-03-02", "收到通知 2026-03-02"]


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        (date(2026, 4, 1), "America/New_York", datetime(2026, 4, 2, 4, tzinfo=UTC)),
        (date(2026, 3, 7), "America/New_York", datetime(2026, 3, 8, 5, tzinfo=UTC)),
        (date(2026, 3, 8), "America/New_York", datetime(2026, 3, 9, 4, tzinfo=UTC)),
        (date(2026, 4, 1), "Asia/Shanghai", datetime(2026, 4, 1, 16, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_cardholder_lives(day, zone, ends):
    assert deadlines.end_of(day, zone) == ends


def test_assessing_again_moves_nothing():
    ticket = cases.enquiry(received_at=START)
    before = list(Deadline.objects.filter(ticket=ticket).values())

    later = Facts("us", "enquiry", {"received": date(2026, 6, 1)})
    fresh = deadlines.assess(ticket, later, time_zone="America/New_York")

    assert fresh == []
    assert list(Deadline.objects.filter(ticket=ticket).values()) == before


def test_a_date_is_met_at_the_instant_and_in_time():
    ticket = claim()
    last = of(ticket, ACK).due_at - timedelta(microseconds=1)

    assert deadlines.meet(ticket.pk, ["dispute.acknowledge"], at=last) == 1

    row = of(ticket, ACK)
    assert (row.state, row.met_at, row.breached_at) == ("met", last, None)
    assert deadlines.meet(ticket.pk, ["dispute.acknowledge"], at=last) == 0


def test_a_late_meeting_records_the_breach_at_the_instant_the_day_ended():
    ticket = claim()
    due_at = of(ticket, ACK).due_at

    deadlines.meet(ticket.pk, ["dispute.acknowledge"], at=due_at + timedelta(days=3))

    row = of(ticket, ACK)
    assert (row.state, row.met_at, row.breached_at) == (
        "met", due_at + timedelta(days=3), due_at,
    )  # fmt: skip


def test_a_word_ends_only_its_own_dates_of_its_own_subject():
    ticket = claim(items=2)

    assert deadlines.meet(ticket.pk, ["chargeback.submit"], at=START, subject="item 2") == 1

    states = Deadline.objects.filter(ticket=ticket, key="file_with_network")
    assert dict(states.values_list("subject", "state")) == {"item 1": "running", "item 2": "met"}


def test_waiting_pauses_our_own_targets_and_never_the_law():
    ticket = claim()
    cases.wait(ticket, actor=make.clerk(), at=START + timedelta(hours=2))

    paused = Deadline.objects.filter(ticket=ticket, state="paused")
    assert list(paused.values_list("rule", flat=True)) == [OWNER]
    assert of(ticket, RESOLVE).state == "running"


def test_a_paused_target_runs_on_later_by_as_long_as_it_stood():
    ticket, worker = cases.enquiry(received_at=START), make.clerk()
    due_at = of(ticket, ENQUIRY).due_at
    ticket = cases.wait(ticket, actor=worker, at=START + timedelta(days=1))
    ticket = services.resume(ticket, actor=worker, at=START + timedelta(days=3, hours=4))

    row = of(ticket, ENQUIRY)
    assert (row.state, row.paused_at) == ("running", None)
    assert row.due_at == due_at + timedelta(days=2, hours=4)
    assert (row.due_on, row.trace[-1]) == (
        date(2026, 3, 8),
        ["paused for 2 days 4 hours: now 2026-03-08", "已暂停2日4小时：现为2026-03-08"],
    )  # fmt: skip
    assert ticket.next_due_at == row.due_at


def test_a_target_that_stands_still_is_not_late_when_it_is_met():
    ticket, worker = cases.enquiry(received_at=START), make.clerk("customer_service")
    ticket = cases.wait(ticket, actor=worker, at=START + timedelta(days=1))

    services.resolve(ticket, actor=worker, at=START + timedelta(days=90), resolution="answered")

    row = of(ticket, ENQUIRY)
    assert (row.state, row.breached_at) == ("met", None)


def test_a_target_that_was_late_before_it_stood_still_stays_late():
    ticket, worker = cases.enquiry(received_at=START), make.clerk("customer_service")
    due_at = of(ticket, ENQUIRY).due_at
    ticket = cases.wait(ticket, actor=worker, at=due_at + timedelta(hours=1))

    services.resolve(ticket, actor=worker, at=due_at + timedelta(days=9), resolution="answered")

    assert of(ticket, ENQUIRY).breached_at == due_at


def test_the_database_refuses_to_pause_the_law():
    ticket = claim()

    with pytest.raises(IntegrityError, match="deadline_law_never_pauses"), transaction.atomic():
        Deadline.objects.filter(ticket=ticket, rule=ACK).update(state="paused")


def test_a_withdrawn_enquiry_owes_nothing_any_more():
    ticket = cases.enquiry(received_at=START)

    ticket = services.withdraw(ticket, actor=cases.holder_of(ticket), at=START)

    assert of(ticket, ENQUIRY).state == "ended"
    assert (ticket.next_due_at, ticket.next_due_rule) == (None, "")


def test_the_list_shows_the_nearest_date_that_binds_the_issuer():
    ticket = claim()
    assert ticket.next_due_rule == OWNER

    Deadline.objects.create(
        ticket=ticket, rule="window", key="w", name_en="w", severity="statutory", citation="c",
        version="1", time_zone="UTC", nature="window", binds="customer",
        due_on=date(2026, 3, 3), due_at=START,
    )  # fmt: skip
    deadlines.meet(ticket.pk, ["ticket.take"], at=START)

    ticket.refresh_from_db(fields=["next_due_at", "next_due_rule"])
    assert (ticket.next_due_rule, ticket.next_due_at) == (ACK, of(ticket, ACK).due_at)


def test_a_year_without_a_calendar_is_a_row_that_says_what_it_waits_for():
    row = of(in_china(datetime(2027, 3, 2, 3, tzinfo=UTC)), ENQUIRY)

    assert (row.due_on, row.due_at, row.state) == (None, None, "running")
    assert row.waits_for == (
        "The calendar CN 2027 is not published: load it, and this date can be computed."
    )


def test_a_place_without_rules_says_so_once():
    ticket = cases.enquiry(holder=make.cardholder(jurisdiction="zz"), received_at=START)

    rows = Deadline.objects.filter(ticket=ticket, rule="")
    assert [row.waits_for.partition(";")[0] for row in rows] == [
        'No rules are loaded for the jurisdiction "zz"'
    ]
    assert ticket.state == "open"


def test_a_new_fact_replaces_the_row_that_waited_for_it():
    ticket = in_china(datetime(2027, 3, 2, 3, tzinfo=UTC))
    waited = of(ticket, ENQUIRY)
    known = Facts("cn", "enquiry", {"received": date(2026, 3, 2)})

    fresh = deadlines.assess(ticket, known, time_zone="Asia/Shanghai")

    row = of(ticket, ENQUIRY)
    assert [one.rule for one in fresh] == [ENQUIRY]
    assert (row.due_on, row.waits_for) == (date(2026, 3, 5), "")
    assert row.pk != waited.pk
    ticket.refresh_from_db(fields=["next_due_rule"])
    assert ticket.next_due_rule == ENQUIRY


def test_a_breach_is_recorded_once_with_its_event():
    ticket = claim()
    late = of(ticket, OWNER).due_at

    counts = [
        deadlines.sweep(late - timedelta(microseconds=1)), deadlines.sweep(late),
        deadlines.sweep(late), deadlines.sweep(late + timedelta(days=7)),
    ]  # fmt: skip

    assert counts == [0, 1, 0, 0]
    assert of(ticket, OWNER).breached_at == late
    event = Event.objects.get(ticket=ticket, name="ticket.breach")
    assert event.facts == {"rule": OWNER, "due": "2026-03-03"}
    assert event.actor_kind == "system"


def test_a_sweep_a_week_late_records_the_instant_the_day_ended():
    ticket = claim()
    due_at = of(ticket, ACK).due_at

    deadlines.sweep(due_at + timedelta(days=7))

    assert of(ticket, ACK).breached_at == due_at
    assert Ticket.objects.get(pk=ticket.pk).alert == f"late: {ACK}"


def test_a_late_target_of_our_own_raises_no_alarm():
    ticket = claim()

    deadlines.sweep(of(ticket, OWNER).due_at)

    assert Ticket.objects.get(pk=ticket.pk).alert == ""


def test_what_was_met_ended_paused_or_binds_others_is_never_swept():
    met, ended, paused = claim(), claim(), cases.enquiry(received_at=START)
    deadlines.meet(met.pk, ["dispute.acknowledge", "dispute.resolve", "ticket.take",
                            "chargeback.submit"], at=START)  # fmt: skip
    deadlines.end(ended.pk, at=START)
    cases.wait(paused, actor=make.clerk(), at=START)
    Deadline.objects.filter(ticket=met, rule=ACK).update(state="running", binds="customer")

    assert deadlines.sweep(START + timedelta(days=900)) == 0


def test_a_sweep_takes_the_oldest_first_and_the_rest_the_next_time():
    first, second = claim(), make.filed(at=START + timedelta(days=1)).ticket

    assert deadlines.sweep(START + timedelta(days=5), batch=1) == 1
    assert of(first, OWNER).breached_at is not None
    assert of(second, OWNER).breached_at is None
    assert deadlines.sweep(START + timedelta(days=5), batch=1) == 1


def test_a_breach_without_its_event_is_no_breach(monkeypatch):
    ticket = claim()
    monkeypatch.setattr(sweeping, "record", _crash)

    with pytest.raises(ConnectionError):
        deadlines.sweep(of(ticket, OWNER).due_at)

    assert of(ticket, OWNER).breached_at is None


def _crash(*_args, **_how):
    raise ConnectionError("the database went away")


def test_a_limit_in_hours_ends_at_its_hour_and_not_at_midnight():
    zone = "Australia/Sydney"
    received = datetime(2026, 10, 3, 0, tzinfo=UTC)  # ten in the morning; the clocks change tonight
    facts = Facts("au", "complaint", {"received_at": received, "received": received}, zone)

    row = next(one for one in deadlines.rows(facts, time_zone=zone) if one.key == "acknowledge")

    assert (row.rule, row.due_on) == ("AU-RG271-ACK-24H", date(2026, 10, 6))
    assert row.due_at == datetime(2026, 10, 6, 13, tzinfo=UTC)


def test_a_window_of_the_cardholder_that_has_passed_is_no_breach_of_ours():
    ticket = claim()
    window = Deadline.objects.create(
        ticket=ticket, rule="W", key="w", name_en="W", severity="statutory", binds="customer",
        nature="window", version="1", citation="c", time_zone="UTC", due_on=START.date(),
        due_at=START + timedelta(days=1), ends=["w"],
    )  # fmt: skip

    deadlines.end(ticket.pk, at=START + timedelta(days=400))

    window = Deadline.objects.get(pk=window.pk)
    assert (window.state, window.breached_at) == ("ended", None)
    assert of(ticket, ACK).breached_at is not None
