"""History: a chain that holds, a broken link that is named, a database that refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from disputes import services as disputes
from kernel.actors import SYSTEM
from tests import make
from tests.tickets import cases
from tickets import attachments, history, messages, services, tasks
from tickets.machine import record
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 15, 4, 5, 678_901, tzinfo=UTC)


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@contextmanager
def without_triggers() -> Iterator[None]:
    """Be the owner of the database, who can switch the triggers off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table with checks put off to the end of the transaction cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE tickets_event DISABLE TRIGGER USER")
            yield
            cursor.execute("ALTER TABLE tickets_event ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND tbl_name = 'tickets_event'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def told() -> Ticket:
    """A case with a history of six events."""
    ticket, worker = cases.enquiry(received_at=START), make.clerk()
    ticket = services.take(ticket, actor=worker, at=START)
    ticket = cases.wait(ticket, actor=worker, at=START)
    ticket = services.resume(ticket, actor=worker, at=START)
    cases.note(ticket, "Done.")
    return Ticket.objects.get(pk=ticket.pk)


def verify(*references: str) -> str:
    out = StringIO()
    call_command("verify_history", *references, stdout=out)
    return out.getvalue()


def test_every_event_follows_the_one_before_it():
    ticket = told()

    assert list(history.broken_links(ticket)) == []
    events = list(ticket.events.all())
    assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
    assert [event.prev_hash for event in events] == ["", *(event.hash for event in events[:-1])]
    assert (ticket.seq, ticket.head) == (6, events[-1].hash)


def test_the_command_counts_the_cases_that_hold():
    first, _second = told(), told()

    assert verify() == "2 cases, every link holds.\n"
    assert verify(first.reference) == "1 cases, every link holds.\n"


TAMPERED = [
    ("actor_ref = 'user:999'", "was changed after it was written"),
    ("facts = '{}'", "was changed after it was written"),
    ("name = 'ticket.give'", "was changed after it was written"),
    ("at = '2026-03-02 15:04:05.678902+00:00'", "was changed after it was written"),
    ("after = 'closed'", "was changed after it was written"),
    ("prev_hash = ''", "does not follow the event before it"),
    (f"hash = '{'0' * 64}'", "was changed after it was written"),
]


@pytest.mark.parametrize(("change", "wrong"), TAMPERED, ids=[row[0] for row in TAMPERED])
def test_a_changed_event_is_named(change: str, wrong: str):
    ticket = told()
    with without_triggers():
        run(f"UPDATE tickets_event SET {change} WHERE ticket_id = %s AND seq = 3", ticket.pk)

    with pytest.raises(CommandError) as failure:
        verify()

    assert str(failure.value) == f"{ticket.reference}: event 3 {wrong}."


def test_a_missing_event_is_named():
    ticket = told()
    with without_triggers():
        run("DELETE FROM tickets_event WHERE ticket_id = %s AND seq = 4", ticket.pk)

    with pytest.raises(CommandError, match="event 4 is missing"):
        verify(ticket.reference)


def test_a_history_that_was_cut_off_is_named():
    ticket = told()
    with without_triggers():
        run("DELETE FROM tickets_event WHERE ticket_id = %s AND seq = 6", ticket.pk)

    with pytest.raises(CommandError, match="event 6 is the head that the case remembers"):
        verify()


def test_an_event_whose_hash_was_computed_anew_breaks_the_next_link():
    ticket = told()
    event = ticket.events.get(seq=3)
    event.actor_ref = "user:999"
    forged = history.digest(event, ticket.reference)
    with without_triggers():
        run("UPDATE tickets_event SET actor_ref = 'user:999', hash = %s WHERE id = %s",
            forged, event.pk)  # fmt: skip

    assert next(history.broken_links(ticket)) == (4, "does not follow the event before it")


def test_an_event_moved_to_another_case_is_found():
    ticket, other = told(), told()
    with without_triggers():
        run("UPDATE tickets_event SET seq = 99 WHERE ticket_id = %s AND seq = 6", other.pk)
        run("UPDATE tickets_event SET ticket_id = %s, seq = 7 WHERE ticket_id = %s AND seq = 6",
            other.pk, ticket.pk)  # fmt: skip

    assert next(history.broken_links(other)) == (6, "is missing")


@pytest.mark.parametrize(
    "column",
    ["facts = '{}'", "actor_ref = 'x'", "name = 'x'", "seq = seq + 100", "hash = 'x'",
     "at = '2020-01-01 00:00:00+00:00'", "before = 'x'", "ticket_id = ticket_id + 1"],
)  # fmt: skip
def test_the_database_refuses_to_change_an_event(column: str):
    told()
    before = list(Event.objects.values())

    with pytest.raises(IntegrityError, match="tickets_event is append-only"):
        run(f"UPDATE tickets_event SET {column}")

    assert list(Event.objects.values()) == before


def test_the_database_refuses_even_a_change_that_changes_nothing():
    event = told().events.first()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.save()


def test_the_database_refuses_to_delete_an_event():
    event = told().events.last()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM tickets_event")

    assert Event.objects.count() == 6


def test_two_events_never_share_a_place():
    ticket = told()
    event = ticket.events.last()
    event.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


def test_facts_survive_the_database_as_they_were_hashed():
    ticket = cases.enquiry()
    facts = {"z": 1, "a": [[1, "x", None], {"10": True, "9": False}], "号": "火", "big": 2**53}

    record(ticket.pk, "ticket.alert", actor=SYSTEM, at=START, facts=facts)

    assert list(history.broken_links(Ticket.objects.get(pk=ticket.pk))) == []


SECRET = "pelican"  # a word that only people write


def _a_talkative_claim() -> Ticket:
    """A claim in which everybody writes the secret wherever words may be written."""
    words, at, worker = f"The {SECRET} knows.", timezone.now(), make.clerk()
    answers = {**make.answers("duplicate")}
    case = make.filed(story=words, answers=answers)
    ticket, holder = case.ticket, cases.holder_of(case.ticket)
    case = disputes.investigate(case, actor=worker, at=at)
    disputes.ask_cardholder(case, actor=worker, at=at, evidence=["receipt"], text=words)
    disputes.hear(ticket, actor=holder, at=at, body=words)
    attachments.attach(ticket, name=f"{SECRET}.txt", content=words.encode(), actor=holder, at=at)
    task = tasks.ask(ticket, actor=worker, at=at, department="collections", question=words)
    tasks.answer(task, actor=make.clerk("collections"), at=at, text=words)
    ticket = services.wait(Ticket.objects.get(pk=ticket.pk), actor=worker, at=at,
                           on="merchant", wanted=words, until=None)  # fmt: skip
    services.reroute(ticket, actor=worker, at=at, to="collections", because=words, summary=words)
    disputes.find(
        case, actor=worker, at=at, statement=words,
        exhibit=f"transaction:{case.items.first().transaction.external_ref}",
    )  # fmt: skip
    return ticket


def test_history_never_holds_what_people_wrote():
    ticket = _a_talkative_claim()
    messages.write(
        ticket, direction=messages.NOTE, body=SECRET, actor=make.clerk(), at=timezone.now()
    )

    kept = json.dumps(list(ticket.events.values_list("name", "actor_ref", "facts")))

    assert SECRET not in kept
    assert SECRET in " ".join(ticket.messages.values_list("body", flat=True))


def test_nor_the_words_of_a_decision_its_stop_and_its_new_round():
    at, case = timezone.now(), make.dispute("investigating")
    denied = make.lost(case)
    answer = type(denied)(denied.basis, denied.verdicts, f"The {SECRET} says no.")
    case = disputes.resolve(case, actor=make.clerk(), at=at, answer=answer)
    case = disputes.stop(case, actor=make.clerk("lead"), at=at, because=f"Ask the {SECRET}.")
    case = disputes.resolve(case, actor=make.clerk(), at=at, answer=answer)
    case = disputes.letter_left(case, at=at)
    disputes.reassert(
        case, actor=cases.holder_of(case.ticket), at=at, because=f"My {SECRET} disagrees."
    )

    assert SECRET not in json.dumps(list(case.ticket.events.values_list("facts", flat=True)))


def test_nor_the_words_of_an_enquiry():
    ticket, at = cases.enquiry("resolved"), timezone.now()
    worker = make.clerk("customer_service")

    ticket = services.reopen(ticket, actor=worker, at=at, because=f"The {SECRET} called.")

    assert SECRET not in json.dumps(list(ticket.events.values_list("facts", flat=True)))


def test_history_names_nobody():
    ticket = cases.enquiry(holder=make.cardholder(name="Grace Hopper", email="grace@navy.example"))
    services.take(ticket, actor=make.clerk(), at=timezone.now())

    kept = json.dumps(list(ticket.events.values_list("actor_ref", "facts")))

    assert [word for word in ("Grace", "navy", "Li", "Wei") if word in kept] == []
