"""One word from button to letter: a verb has its service, its permission and its letter."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils.translation import to_locale

from accounts.models import Cardholder
from complaints import services as complaint
from complaints.models import Complaint
from config import machines
from disputes import services as claim
from disputes.models import Chargeback, Dispute
from disputes.services import recovery
from outreach.letters import LETTERS, TEMPLATES
from tickets import departments, tasks
from tickets import services as envelope
from tickets.models import Task, Ticket

# A transition whose recipe has a name of its own: two verbs share it, or it is the clock's.
RECIPES = {
    "ticket.triage": envelope.open_ticket,
    "ticket.time_out": envelope.resume,
    "dispute.conclude": claim.letter_left,
    "dispute.propose": claim.resolve,
    "dispute.release_hold": claim.sweep,
    "complaint.conclude": complaint.letter_left,
    "chargeback.time_out_acquirer": recovery.time_out,
    "chargeback.time_out_issuer": recovery.time_out,
}
HOMES = {
    Ticket: envelope, Task: tasks, Dispute: claim, Chargeback: recovery, Complaint: complaint,
}  # fmt: skip


def _verbs():
    return [
        (model, move.name)
        for model in machines.machines()
        for move in {one.name: one for one in machines.transitions(model)}.values()
    ]


def test_each_machine_has_a_home_for_its_recipes():
    assert set(machines.machines()) == set(HOMES)


def test_each_transition_has_a_service_of_its_name():
    found = [
        f"{model.label}.{name}"
        for model, name in _verbs()
        if f"{model.label}.{name}" not in RECIPES
        and not callable(getattr(HOMES[model], name, None))
    ]

    assert found == []


def test_each_state_has_a_way_in_and_but_for_the_ends_a_way_out():
    for model in machines.machines():
        moves = machines.transitions(model)
        reached = {to for move in moves for to in machines.targets(move)}
        first = model._meta.get_field("state").get_default()
        states = {code for code, _label in model.STATES}

        assert states - reached - {first} == set(), model
        assert states - {move.source for move in moves} <= _ends(model), model


def _ends(model):
    return {
        Ticket: set(),
        Task: {"answered", "returned", "cancelled"},
        Dispute: set(),
        Chargeback: {"won", "lost", "withdrawn"},
        Complaint: set(),
    }[model]


def test_who_may_press_is_known_of_each_verb():
    for model in machines.machines():
        for move in machines.transitions(model):
            assert machines.who(move.permission) != "", move.name


@pytest.mark.django_db
def test_each_permission_that_a_department_holds_is_there():
    there = {
        f"{one.content_type.app_label}.{one.codename}"
        for one in Permission.objects.select_related("content_type")
    }
    wanted = set(departments.LEAD_PERMISSIONS).union(
        *(row.permissions for row in departments.DEPARTMENTS.values())
    )

    assert wanted - there == set()


def test_each_letter_is_about_an_event_that_a_verb_writes():
    verbs = {f"{model.label}.{name}" for model, name in _verbs()}
    beside = {"dispute.file", "complaint.receive", "dispute.credit_late", "dispute.recall_failed"}

    assert set(LETTERS) - verbs <= beside


def test_each_letter_has_its_template_in_each_language():
    found = [
        f"{locale}/{name}.txt"
        for locale in map(to_locale, Cardholder.Language.values)
        for letter in LETTERS.values()
        for name in letter.names
        if not (TEMPLATES / locale / f"{name}.txt").is_file()
    ]

    assert found == []


def test_each_installed_room_is_known_to_the_rules():
    rooms = {config.name for config in apps.get_app_configs()} & set(_rooms())

    assert rooms == {
        "ledger", "accounts", "tickets", "disputes", "complaints", "outreach", "intake",
        "config",
    }  # fmt: skip


def _rooms():
    from tests.rules.source import ROOMS

    return ROOMS
