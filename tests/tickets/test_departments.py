"""sync_departments: groups with exactly the permissions of the table."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from tickets import departments
from tickets.departments import DEPARTMENTS, LEAD_PERMISSIONS, Department

pytestmark = pytest.mark.django_db


def sync() -> str:
    out = StringIO()
    call_command("sync_departments", stdout=out)
    return out.getvalue()


def held() -> dict[str, set[str]]:
    return {
        group.name: {
            f"{row.content_type.app_label}.{row.codename}"
            for row in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }


def wanted() -> dict[str, set[str]]:
    table = {row.code: set(row.permissions) for row in DEPARTMENTS.values()}
    return {**table, "lead": set(LEAD_PERMISSIONS)}


def test_the_groups_are_the_table():
    sync()

    assert held() == wanted()


def test_what_somebody_added_or_took_away_by_hand_is_put_right():
    sync()
    finance = Group.objects.get(name="finance")
    finance.permissions.add(Permission.objects.get(codename="delete_user"))
    decide = Permission.objects.get(codename="resolve", content_type__app_label="disputes")
    finance.permissions.remove(decide)

    said = sync()

    assert held() == wanted()
    assert f"finance: {len(wanted()['finance'])} permissions (+1 -1)\n" in said


def test_groups_of_others_are_left_alone():
    Group.objects.create(name="auditors").permissions.add(Permission.objects.first())

    sync()

    assert len(held()["auditors"]) == 1


def test_a_permission_that_no_model_has_stops_everything(monkeypatch):
    extra = Department("desk", "Desk", ("tickets.view_ticket", "tickets.fly"))
    monkeypatch.setitem(departments.DEPARTMENTS, "desk", extra)

    with pytest.raises(CommandError, match=r"no model has: tickets\.fly"):
        sync()

    assert held() == {}


def test_nobody_may_add_change_or_delete_rows_by_hand():
    names = {name.partition(".")[2] for group in wanted().values() for name in group}

    assert [name for name in names if name.startswith(("add_", "change_", "delete_"))] == []


@pytest.mark.parametrize("permission", ["disputes.approve", "disputes.stop", "tickets.view_all"])
def test_what_only_a_lead_may_press_no_department_holds(permission):
    assert [row.code for row in DEPARTMENTS.values() if permission in row.permissions] == []
    assert permission in LEAD_PERMISSIONS


def test_an_unknown_department_is_told_by_its_code():
    assert (departments.label("finance"), departments.label("gone")) == ("Finance", "gone")
