"""The page of returns: the numbers of the command, the cases behind each, for a lead alone."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from complaints.admin import returns
from tests import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
ASKED = {"profile": "disp", "first": "2026-01-01", "last": "2026-03-31"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def british(**fields):
    holder = make.cardholder(jurisdiction="gb")
    return make.account(holder, **fields)


def show(client, **query):
    answer = client.get(reverse("admin:complaints_complaint_returns"), query)
    return answer, html.unescape(answer.content.decode())


@pytest.mark.parametrize("departments", [(), ("customer_service",), ("finance",), ("collections",)])
def test_who_does_not_see_every_department_does_not_see_it(sign_in, departments):
    assert show(sign_in(*departments), **ASKED)[0].status_code == 403


def test_it_offers_the_last_whole_quarter_and_counts_nothing_unasked(sign_in):
    answer, text = show(sign_in("lead"))

    assert answer.status_code == 200
    assert 'value="2025-10-01"' in text
    assert 'value="2025-12-31"' in text
    assert "<h3>" not in text


def test_each_number_leads_to_the_cases_behind_it(sign_in):
    client = sign_in("lead")
    mine = make.complaint("responded", of=british())
    make.complained(of=british())

    _answer, text = show(client, **ASKED)
    links = re.findall(r'href="(\?[^"]*measure=closed[^"]*)"', text)
    pages = [client.get(reverse("admin:complaints_complaint_returns") + link) for link in links]

    assert re.search(r"<h3>Opened: <a [^>]*>2</a>", text)
    assert len(links) == 9
    shown = {re.search(r'/ticket/(\d+)/change/">', page.content.decode())[1] for page in pages}
    assert shown == {str(mine.ticket_id)}


def test_money_shows_its_share_of_each_case(sign_in):
    make.complaint("responded", of=british())
    cell = {"measure": "redress_paid", "by": "total", "code": "total", "currency": "GBP"}

    _answer, text = show(sign_in("lead"), **ASKED, **cell)

    assert "<h3>Redress paid, in minor units · GBP: 2500</h3>" in text
    assert re.search(r"</span> 2500</li>", text)


def test_a_number_that_is_none_has_no_cases(sign_in):
    _answer, text = show(sign_in("lead"), **ASKED, measure="x", by="<b>", code="<script>")

    assert "No case that you may see." in text
    assert "<script>x" not in text


def test_what_it_shows_is_escaped(sign_in):
    make.complained(of=british(product="<script>alert(1)</script>"))

    answer, _text = show(sign_in("lead"), **ASKED)

    assert b"<script>alert(1)" not in answer.content


def test_the_download_is_the_file_of_the_command(sign_in):
    make.complaint("responded", of=british(product="=1+1"))
    out = io.StringIO()
    call_command("export_return", "disp", "--from=2026-01-01", "--to=2026-03-31", stdout=out)

    answer, _text = show(sign_in("lead"), **ASKED, csv="1")

    assert answer.content.decode() == "\ufeff" + out.getvalue()
    assert answer["Content-Disposition"] == (
        'attachment; filename="disp-2026-01-01-2026-03-31.csv"'
    )


@pytest.mark.parametrize(
    "wrong", [{"profile": "x"}, {"first": "soon"}, {"last": ""}, {"last": "2025-12-31"}]
)
def test_what_cannot_be_asked_is_told_in_the_form(sign_in, wrong):
    answer, text = show(sign_in("lead"), **{**ASKED, **wrong})

    assert (answer.status_code, "<h3>" in text) == (200, False)
    assert answer.context["form"].errors


def test_too_many_for_a_page_are_for_the_command(sign_in, monkeypatch):
    monkeypatch.setattr(returns, "MOST", 1)
    for _case in range(2):
        make.complained(of=british())

    _answer, text = show(sign_in("lead"), **ASKED)

    assert "manage.py export_return disp --from 2026-01-01 --to 2026-03-31" in text
    assert "<h3>" not in text


@pytest.mark.parametrize("cases", [1, 3])
def test_more_cases_ask_no_more_queries(sign_in, django_assert_num_queries, cases):
    client = sign_in("lead")
    for _case in range(cases):
        make.complaint("responded", of=british())

    with django_assert_num_queries(10):
        show(client, **ASKED)
