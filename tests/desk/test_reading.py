"""What the desk shows: constant queries, escaped words, no change by looking."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import CardAccount
from disputes import services
from kernel import actors
from law import stages
from tests import make
from tests.desk import pages
from tickets import departments, messages
from tickets.desk import history, phrases
from tickets.models import Event, Ticket


def queries(client, address):
    """Queries of one page beyond session and user."""
    client.get(address)  # content types and the like are looked up once a process
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return [
        one["sql"] for one in found
        if "django_session" not in one["sql"] and 'FROM "auth_user" WHERE "auth_user"."id"' not in
        one["sql"]
    ]  # fmt: skip


def copy(ticket, count):
    """More cases like this one, as rows: only their number matters here."""
    fields = [field for field in ticket._meta.concrete_fields if field.name != "id"]
    rows = [{field.attname: getattr(ticket, field.attname) for field in fields}
            for _number in range(count)]  # fmt: skip
    for number, row in enumerate(rows):
        row["reference"] = f"D-X{number:07d}-0"
    Ticket.objects.bulk_create(Ticket(**row) for row in rows)


@pytest.mark.parametrize("cases", [10, 1_000])
@pytest.mark.parametrize("query", ["", "?tab=mine", "?tab=waiting", "?tab=late", "?tab=all"])
def test_queue_asks_the_same_few_questions_however_many_cases(sign_in, cases, query):
    claim = make.dispute("filed")
    copy(claim.ticket, cases - 1)

    asked = queries(sign_in("finance"), pages.QUEUE + query)

    assert len(asked) == 4, asked


def test_search_by_reference_is_one_look_up(sign_in):
    claim = make.dispute("filed")

    asked = queries(sign_in("finance"), f"{pages.QUEUE}?q={claim.ticket.reference}")

    assert len(asked) == 4


def test_case_page_does_not_grow_with_its_history(sign_in):
    claim, client = make.dispute("investigating"), sign_in("finance")
    few = queries(client, pages.case(claim))
    for number in range(80):
        messages.write(
            claim.ticket, direction=messages.NOTE, body=f"note {number}",
            actor=actors.staff(client.user), at=claim.ticket.received_at,
        )  # fmt: skip

    answer = client.get(pages.case(claim))
    many = queries(client, pages.case(claim))

    assert len(many) == len(few)
    assert len(few) <= 32, few
    assert len(answer.context["timeline"]) == 60
    assert answer.context["more_events"]


NASTY = "<script>alert(1)</script>{{ 7|add:7 }}{% debug %}\"'&"


def test_every_text_is_escaped(sign_in):
    holder = make.cardholder(name=NASTY)
    account = make.account(holder, product=NASTY)
    claim = make.filed(account=account, story=NASTY)
    claim.items.get().transaction.__class__.objects.update(merchant_name=NASTY)
    worker = make.clerk()
    claim = services.investigate(claim, actor=worker, at=claim.ticket.received_at)
    services.find(
        claim, actor=worker, at=claim.ticket.received_at, statement=NASTY,
        exhibit=f"transaction:{claim.items.get().transaction.external_ref}",
    )  # fmt: skip
    client = sign_in("finance", first_name=NASTY[:100])

    addresses = [
        pages.QUEUE, pages.case(claim), pages.do(claim, "resolve"), pages.do(claim, "find"),
        pages.do(claim.ticket, "wait"), reverse("admin:accounts_cardholder_changelist"),
        reverse("admin:accounts_cardholder_change", args=[holder.pk]),
    ]  # fmt: skip

    for address in addresses:
        body = client.get(address).content.decode()
        assert "alert(1)" in body, address
        assert "<script>alert" not in body, address
        assert "{{ 7|add:7 }}" in body, address


def all_pages(leg):
    """Every address of the desk that needs at most a row's key."""
    pk = leg.ticket_id
    keys = {"object_id": pk, "pk": pk, "id": pk, "content_type_id": 1, "ref": "F-1",
            "app_label": "tickets", "verb": "take", "url": "x"}  # fmt: skip
    admin = next(one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    for resolver in _leaves(admin):
        names = resolver.pattern.converters
        if resolver.name not in {None, "logout", "app_list"}:
            yield reverse(f"admin:{resolver.name}", kwargs={name: keys[name] for name in names})


def _leaves(resolver):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from _leaves(one)
        elif set(one.pattern.converters) <= {
            "object_id", "pk", "ref", "app_label", "content_type_id", "verb", "id", "url",
        }:  # fmt: skip
            yield one


def test_looking_changes_nothing(sign_in):
    leg = make.leg("represented")
    rows = [leg, leg.item.dispute, leg.ticket]
    client = sign_in("finance", "lead", "customer_service", is_superuser=True)
    verbs = [
        pages.do(row, move) for row in rows for move in vars(type(row))
        if hasattr(getattr(type(row), move), "_django_fsm")
    ]  # fmt: skip
    before = fingerprint()

    walked = [*all_pages(leg), *verbs, pages.do(leg.ticket, "note"), pages.do(rows[1], "find")]
    statuses = {client.get(address).status_code for address in walked}

    assert len(walked) > 90
    assert statuses <= {200, 302, 400, 403, 404}
    assert fingerprint() == before


def fingerprint():
    """Every row of ours, as text."""
    rooms = {"tickets", "disputes", "ledger", "accounts", "outreach"}
    names = connection.introspection.table_names()
    tables = [name for name in names if name.split("_")[0] in rooms]
    with connection.cursor() as cursor:
        found = {}
        for name in sorted(tables):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def test_far_pages_are_refused(sign_in):
    make.dispute("filed")
    client = sign_in("finance")

    assert client.get(f"{pages.QUEUE}?p=200").status_code == 200
    for page in ("201", "0", "x"):
        assert client.get(f"{pages.QUEUE}?p={page}", follow=True).redirect_chain, page


@pytest.mark.parametrize(
    "term", ["\x00", "a", "' OR 1=1 --", "%", "9999", "无此人", "D-XXXXX-XXXXX-X"]
)
def test_search_survives_what_is_typed(sign_in, term):
    make.dispute("filed")

    answer = sign_in("finance").get(pages.QUEUE, {"q": term})

    assert answer.status_code == 200


def test_search_finds_by_name_and_by_last_four(sign_in):
    claim = make.dispute("filed")
    CardAccount.objects.filter(pk=claim.ticket.account_id).update(last_four="8421")
    client = sign_in("finance")

    for term in ("ada ex", "8421", claim.ticket.cardholder.external_ref):
        found = client.get(pages.QUEUE, {"q": term}).content.decode()
        assert claim.ticket.reference in found, term


def test_groups_are_exactly_the_table(db):
    call_command("sync_departments", verbosity=0)
    finance = Group.objects.get(name="finance")
    finance.permissions.add(*Group.objects.get(name="lead").permissions.all())

    call_command("sync_departments", verbosity=0)

    for row in departments.DEPARTMENTS.values():
        has = {
            f"{one.content_type.app_label}.{one.codename}"
            for one in Group.objects.get(name=row.code).permissions.select_related("content_type")
        }
        assert has == set(row.permissions)


def test_unknown_permission_stops_the_sync(db, monkeypatch):
    wrong = (*departments.LEAD_PERMISSIONS, "tickets.fly")
    monkeypatch.setattr(departments, "LEAD_PERMISSIONS", wrong)

    with pytest.raises(CommandError, match=r"tickets\.fly"):
        call_command("sync_departments", verbosity=0)

    assert not Group.objects.exists()


def test_rules_words_are_all_known():
    from disputes.admin.words import TURNS, WANTED

    turns = [turn for network in stages.networks() for turn in stages.turns(network)]

    assert {turn.wanted for turn in turns} - set(WANTED) == set()
    assert {turn.turn for turn in turns} - set(TURNS) == set()
    assert phrases.unknown_routes() == set()


def test_queue_opens_first_and_history_leads_to_the_case(sign_in):
    claim, client = make.dispute("filed"), sign_in("finance")

    assert client.get("/admin/").url == pages.QUEUE
    history = client.get(reverse("admin:tickets_ticket_history", args=[claim.ticket_id]))
    assert history.status_code == 200
    assert client.get(reverse("admin:disputes_dispute_change", args=[claim.pk])).url == pages.case(
        claim
    )
    assert Event.objects.filter(ticket=claim.ticket).count() == 3


def test_history_says_which_date_came_near_and_why_one_was_counted_again():
    facts = {"rule": "US-REGZ-13C1-ACK-30D", "due": "2026-04-01"}
    moved = {**facts, "from": "2026-04-01", "to": "2026-04-05", "reason": "calendar of 2026"}

    near = history.detail(Event(name="ticket.warn", facts=facts))
    again = history.detail(Event(name="ticket.reassess", facts=moved))

    assert near == "2026-04-01 · Acknowledge the notice in writing"
    assert again.endswith("2026-04-01 → 2026-04-05 · calendar of 2026")
