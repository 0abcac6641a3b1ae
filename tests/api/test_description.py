"""The API's description: without a warning, true to what is answered, and shown to people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from config.problem_types import PROBLEM_TYPES
from disputes import services
from tests import make
from tests.api.conftest import caller, claim, system

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", file=str(path), fail_on_warn=True, validate=True)
    return {"text": path.read_text(), **yaml.safe_load(path.read_text())}


def test_description_has_no_warning_and_is_the_one_in_the_docs(schema):
    assert schema["openapi"] == "3.1.0"
    assert schema["text"] == (ROOT / "docs" / "openapi.yaml").read_text(), (
        "docs/openapi.yaml is stale: manage.py spectacular --file docs/openapi.yaml"
    )


def test_every_operation_is_named_secured_and_says_what_it_does(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], (method, path)
            assert operation["security"] == [{"bearer": []}], (method, path)
            assert "401" in operation["responses"], (method, path)
            if method == "post":
                needed = {one["name"] for one in operation["parameters"] if one.get("required")}
                assert "Idempotency-Key" in needed, path


def keys_differ(schema: dict[str, Any], shape: dict[str, Any], value: Any, where: str) -> list[str]:
    """Compare an answer with its description, both ways: nothing missing, nothing unsaid."""
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    if "oneOf" in shape or "allOf" in shape:
        (shape,) = [one for one in shape.get("allOf") or shape["oneOf"] if "$ref" in one][:1]
        return keys_differ(schema, shape, value, where) if value is not None else []
    if isinstance(value, list):
        return [
            line for one in value for line in keys_differ(schema, shape["items"], one, f"{where}[]")
        ]
    if isinstance(value, dict) and "properties" in shape:
        said, found = set(shape["properties"]), set(value)
        lines = [f"{where}: {sorted(said ^ found)}"] if said != found else []
        for name in said & found:
            lines += keys_differ(schema, shape["properties"][name], value[name], f"{where}.{name}")
        return lines
    if "enum" in shape and value not in shape["enum"]:
        return [f"{where}: {value!r} is not in {shape['enum']}"]
    if shape.get("format") == "date" and value is not None:
        return [] if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) else [f"{where}: {value!r}"]
    return []


def check(schema: dict[str, Any], template: str, answer: Any) -> None:
    operation = schema["paths"][template][answer.request["REQUEST_METHOD"].lower()]
    content = operation["responses"][str(answer.status_code)]["content"]
    shape = content["application/json"]["schema"]
    assert keys_differ(schema, shape, answer.json(), template) == []


def test_answers_are_as_described(schema, me, holder, charge):
    v1 = "/api/v1"
    make.statement(charge.account, charge.posted_on)
    draft = me.post(f"{v1}/disputes/drafts", claim(charge))
    check(schema, f"{v1}/disputes/drafts", draft)
    ref = draft.json()["reference"]
    check(schema, f"{v1}/disputes/drafts", me.get(f"{v1}/disputes/drafts"))
    check(schema, f"{v1}/disputes/drafts/{{reference}}", me.get(f"{v1}/disputes/drafts/{ref}"))
    sent = me.post(f"{v1}/disputes/drafts/{ref}/submission", HTTP_IF_MATCH="*")
    check(schema, f"{v1}/disputes/drafts/{{reference}}/submission", sent)
    case = f"{v1}/cases/{ref}"
    check(schema, f"{v1}/cases/{{reference}}", me.get(case))
    for tail, answer in (
        ("messages", me.post(f"{case}/messages", {"body": "x"})),
        ("messages", me.get(f"{case}/messages")),
        ("attachments", me.post(f"{case}/attachments?name=a.txt", b"x", content_type="text/plain")),
        ("attachments", me.get(f"{case}/attachments")),
        ("timeline", me.get(f"{case}/timeline")),
        ("withdrawal-requests", me.post(f"{case}/withdrawal-requests",
                                        {"cause": "recognised_charge"}, HTTP_IF_MATCH="*")),
        ("withdrawal-requests/current", me.delete(f"{case}/withdrawal-requests/current",
                                                  HTTP_IF_MATCH="*")),
    ):  # fmt: skip
        check(schema, f"{v1}/cases/{{reference}}/{tail}", answer)
    for tail in ("cases", "disputes", "transactions", "statements", "reasons"):
        check(schema, f"{v1}/{tail}", me.get(f"{v1}/{tail}"))
    check(schema, f"{v1}/transactions/{{reference}}",
          me.get(f"{v1}/transactions/{charge.external_ref}"))  # fmt: skip


def test_answers_about_a_denied_claim_are_as_described(schema, me, holder):
    row = make.dispute("investigating", holder=holder)
    row = services.resolve(row, actor=make.clerk(), at=timezone.now(), answer=make.lost(row))
    services.letter_left(row, at=timezone.now())
    ref = row.ticket.reference

    check(schema, "/api/v1/disputes/{reference}", me.get(f"/api/v1/disputes/{ref}"))
    check(
        schema, "/api/v1/disputes/{reference}/decision", me.get(f"/api/v1/disputes/{ref}/decision")
    )
    asked = me.post(f"/api/v1/cases/{ref}/reopen-requests", {"what_is_new": "x"}, HTTP_IF_MATCH="*")
    check(schema, "/api/v1/cases/{reference}/reopen-requests", asked)


def test_answers_to_systems_are_as_described(schema):
    leg = make.leg("submitted")
    account = leg.ticket.account.external_ref
    news = {"network_reference": leg.network_reference, "kind": "represented", "version": 1,
            "occurred_at": "2026-11-24T10:00:00Z"}  # fmt: skip

    check(
        schema,
        "/api/v1/facts/network-events/{network}/{event_id}",
        system("facts:write").put("/api/v1/facts/network-events/visa/e1", news),
    )
    check(
        schema,
        "/api/v1/accounts/{reference}/restrictions",
        system("cases:read").get(f"/api/v1/accounts/{account}/restrictions"),
    )


def test_problem_is_as_described(schema, me, charge):
    answer = me.post("/api/v1/disputes", claim(charge, reason=7))

    shape = schema["components"]["schemas"]["ProblemOut"]
    assert keys_differ(schema, shape, answer.json(), "problem") == []


def test_page_of_problems_explains_every_code_in_two_languages():
    english = APIClient().get("/api/v1/docs/problems")
    page = english.content.decode()

    for code in PROBLEM_TYPES:
        assert f'<section id="{code}">' in page
    assert english["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in english["Content-Security-Policy"]
    assert "<script" not in page


# Rooms whose refusals can reach a caller of the API.
_REACHABLE = [
    *(ROOT / "accounts").rglob("*.py"), *(ROOT / "tickets" / "api").rglob("*.py"),
    *(ROOT / "disputes" / "api").rglob("*.py"), ROOT / "tickets" / "messages.py",
    ROOT / "tickets" / "attachments.py", ROOT / "disputes" / "reasons.py",
    *(ROOT / "disputes" / "services" / name for name in
      ("claimed.py", "filing.py", "drafts.py", "withdrawal.py", "news.py")),
    *(ROOT / "complaints" / "api").rglob("*.py"),
    *(ROOT / "complaints" / "services" / name for name in ("intake.py", "joining.py", "ending.py")),
]  # fmt: skip
_FILES_ONLY = {  # what the import of files alone refuses
    "ofx_unfit", "csv_unfit", "line_too_long", "encoding_wrong", "encoding_unknown",
    "kind_unknown", "changed_meanwhile",
}  # fmt: skip
_REFUSAL = re.compile(r'(?:Unfit|NotNow|NotAllowed|Stale|Missing|_unfit)\(\s*"([a-z_]+)"')


def test_every_refusal_that_a_caller_can_meet_is_explained():
    files = [path for path in _REACHABLE if "sources" not in path.parts]
    found = {code for path in files for code in _REFUSAL.findall(path.read_text())}

    assert found - set(PROBLEM_TYPES) - _FILES_ONLY == {"network_recall_needed"}


def test_human_page_loads_nothing_from_elsewhere(settings):
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}

    page = APIClient().get("/api/v1/docs")
    script = APIClient().get("/api/v1/docs?script=")

    text = page.content.decode()
    assert page.status_code == 200
    assert re.findall(r"<script[^>]*>([^<]+)</script>", text) == []  # no inline script
    assert all(link.startswith("/") for link in re.findall(r'(?:src|href)="([^"]+)"', text)), text
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert script["Content-Type"] == "application/javascript"
    assert "/api/v1/schema" in script.content.decode()


def test_description_and_page_need_no_token():
    assert APIClient().get("/api/v1/schema").status_code == 200
    assert caller(make.cardholder()).get("/api/v1/schema").status_code == 200
