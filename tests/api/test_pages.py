from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests import make
from tests.api.conftest import claim

pytestmark = pytest.mark.django_db

URL = "/api/v1/transactions"


def packed(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_pages_show_each_row_once_in_order_also_where_dates_are_equal(me, holder):
    account, today = make.account(holder), timezone.now().date()
    rows = [
        make.transaction(account, posted_on=today - timedelta(days=number // 3))
        for number in range(10)
    ]
    expected = [
        row.external_ref for row in sorted(rows, key=lambda row: (row.posted_on, row.pk))[::-1]
    ]

    seen, path = [], f"{URL}?limit=4"
    while path:
        answer = me.get(path)
        page = answer.json()
        seen.append([row["reference"] for row in page["data"]])
        path = answer["Link"].split(";")[0].strip("<>") if page["has_more"] else ""

    assert [len(page) for page in seen] == [4, 4, 2]
    assert [ref for page in seen for ref in page] == expected


def test_link_leads_on_and_keeps_the_filters(me, holder):
    account = make.account(holder)
    for _number in range(2):
        make.transaction(account)

    answer = me.get(f"{URL}?limit=1&account={account.external_ref}")

    address, relation = answer["Link"].split("; ")
    query = parse_qs(urlsplit(address.strip("<>")).query)
    assert relation == 'rel="next"'
    assert query == {
        "limit": ["1"], "account": [account.external_ref],
        "cursor": [answer.json()["next_cursor"]],
    }  # fmt: skip


def test_last_page_has_no_way_on(me, charge):
    answer = me.get(URL)

    assert answer.json()["next_cursor"] is None
    assert "Link" not in answer


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "!!!!", "käse", "AAAA", packed(b"p=notadate"), packed([]), packed({}), packed("ab"),
        packed(["2026-01-01"]), packed(["2026-01-01", 1, 2]), packed(["notadate", 1]),
        packed(["2026-13-01", 1]), packed([None, 1]), packed([7, 1]), packed(["2026-01-01", "1"]),
        packed(["2026-01-01", -1]), packed(["2026-01-01", 2**63]), packed(["2026-01-01", True]),
        packed(["2026-01-01", 1.5]), packed(["2026-01-01", None]), packed([[[]], 1]),
        packed(b"[" * 5000), packed(b"\xff\xfe"), "A" * 4000, "\x00", "%00",
    ],
)  # fmt: skip
def test_cursor_that_is_none_of_ours_is_refused(me, charge, cursor):
    answer = me.get(URL, {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("path", ["/api/v1/cases", "/api/v1/disputes", "/api/v1/disputes/drafts"])
@pytest.mark.parametrize(
    "cursor", [packed(["notadate", 1]), packed(["2026-01-01T25:00:00Z", 1]), packed(["", 1])]
)
def test_cursor_with_a_wrong_instant_is_refused(me, path, cursor):
    answer = me.get(path, {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1.5", "x", "", "٣", "9" * 400])
def test_limit_is_one_to_a_hundred(me, charge, limit):
    answer = me.get(URL, {"limit": limit})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_limit")


def test_cases_are_narrowed_by_public_words(me, charge, holder):
    reference = me.post("/api/v1/disputes", claim(charge)).json()["reference"]
    make.dispute("withdrawing", holder=holder)

    def found(**query: str) -> list[str]:
        return [row["status"] for row in me.get("/api/v1/cases", query).json()["data"]]

    assert sorted(found()) == ["received", "withdrawal_pending"]
    assert found(status="received") == ["received"]
    assert found(status="decided") == []
    assert found(kind="complaint") == []
    assert found(transaction=charge.external_ref) == ["received"]
    assert found(updated_since="2100-01-01T00:00:00Z") == []
    assert len(found(updated_since="2020-01-01T00:00:00Z")) == 2
    assert me.get(f"/api/v1/cases/{reference.lower()}").json()["reference"] == reference


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "filed"), ("kind", "rumour"), ("updated_since", "yesterday"),
        ("updated_since", "2026-01-01T00:00:00"), ("updated_since", "2026-13-01T00:00:00Z"),
        ("transaction", "a\x00b"),
    ],
)  # fmt: skip
def test_filter_that_cannot_be_used_is_refused(me, name, value):
    answer = me.get("/api/v1/cases", {name: value})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_filter")
