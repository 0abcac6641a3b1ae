from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from rest_framework.request import Request
from rest_framework.test import APIClient

from accounts.api.principals import Principal
from config import problems
from kernel.errors import Missing, NotAllowed, NotNow, Stale, Unfit


def answered(error: Exception) -> dict:
    request = Request(RequestFactory().get("/api/v1/cases"))
    answer = problems.answer(error, {"request": request})
    assert answer is not None
    return answer.data


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (SuspiciousOperation(), 400, "not_readable"),
        (Unfit("new_code", "Sentence."), 422, "new_code"),
        (NotAllowed("new_code", "Sentence."), 403, "new_code"),
        (NotNow("new_code", "Sentence."), 409, "new_code"),
        (Stale("new_code", "Sentence."), 412, "new_code"),
        (Missing("new_code", "Sentence."), 404, "new_code"),
    ],
)
def test_refusal_has_its_status(error, status, code):
    told = answered(error)

    assert (told["status"], told["code"]) == (status, code)


def test_details_of_a_refusal_never_replace_what_every_problem_says():
    told = answered(Unfit("bad_amount", "Too much.", status="filed", most=7, pointer="/minor"))

    assert (told["status"], told["most"]) == (422, 7)
    assert told["errors"] == [{"pointer": "/minor", "code": "bad_amount", "detail": "Too much."}]


def test_pointer_escapes_what_json_pointer_escapes():
    from rest_framework.exceptions import ValidationError

    told = answered(ValidationError({"a/b~c": ["wrong"], "items": [{}, {"x": ["wrong"]}]}))

    assert [row["pointer"] for row in told["errors"]] == ["/a~1b~0c", "/items/1/x"]


def test_bug_is_no_refusal():
    request = Request(RequestFactory().get("/api/v1/cases"))

    assert problems.answer(RuntimeError("x"), {"request": request}) is None


def test_desk_keeps_djangos_own_pages():
    desk, api = RequestFactory().get("/admin/"), RequestFactory().get("/api/v1/cases")

    assert problems.server_error(desk)["Content-Type"].startswith("text/html")
    assert problems.bad_request(desk, ValueError())["Content-Type"].startswith("text/html")
    told = json.loads(problems.bad_request(api, ValueError()).content)
    assert (told["status"], told["code"]) == (400, "not_readable")


@pytest.mark.django_db
def test_paths_of_systems_ask_for_a_token_too():
    for answer in (
        APIClient().put("/api/v1/facts/cardholders/x", {}),
        APIClient().get("/api/v1/accounts/x/restrictions"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")


def test_system_is_no_cardholder():
    core = Principal("integrator", "core")

    with pytest.raises(LookupError):
        core.cardholder  # noqa: B018 - reading it is the point
    assert (core.actor().kind, core.actor().ref) == ("integrator", "integrator:core")
