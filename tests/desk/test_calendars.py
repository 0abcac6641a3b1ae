"""The page of loaded calendars: everybody at the desk may look, nobody may change."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tickets.models import LoadedCalendar

pytestmark = pytest.mark.django_db


def load(number=1):
    return LoadedCalendar.objects.bulk_create(
        LoadedCalendar(calendar="CN", year=2027, closed=["2027-01-01"], opened=["2027-02-07"],
                       source="notice of 2027", loaded_at=timezone.now())
        for _ in range(number)
    )[0]  # fmt: skip


@pytest.mark.parametrize("department", ["customer_service", "finance", "collections"])
def test_each_department_sees_what_was_loaded(client, department):
    row = load()
    client.force_login(make.staff(department))

    listed = client.get(reverse("admin:tickets_loadedcalendar_changelist"))
    page = client.get(reverse("admin:tickets_loadedcalendar_change", args=[row.pk]))

    assert "notice of 2027" in listed.content.decode()
    assert "2027-02-07" in page.content.decode()


def test_nobody_adds_changes_or_deletes_one(client):
    row = load()
    client.force_login(make.staff("finance", "lead"))
    url = reverse("admin:tickets_loadedcalendar_change", args=[row.pk])

    assert client.get(reverse("admin:tickets_loadedcalendar_add")).status_code == 403
    assert client.post(url, {"calendar": "XX"}).status_code == 403
    assert client.post(f"{url}../delete/", {"post": "yes"}).status_code in {403, 404}
    assert LoadedCalendar.objects.get().calendar == "CN"


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_costs_the_same_for_ten_and_for_a_thousand(
    client, django_assert_max_num_queries, number
):
    load(number)
    client.force_login(make.staff("finance"))
    client.get(reverse("admin:tickets_loadedcalendar_changelist"))

    with django_assert_max_num_queries(6):
        client.get(reverse("admin:tickets_loadedcalendar_changelist"))
