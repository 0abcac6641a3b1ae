"""The verbs of a complaint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from complaints import services
from complaints.models import Complaint
from complaints.services import Ruling
from kernel.actors import Actor
from tests import make
from tests.verbs.verb import Verb, clerk


def british(state: str, **fields: Any) -> Complaint:
    """A complaint in ``state`` of somebody who lives in the United Kingdom."""
    holder = make.cardholder(jurisdiction="gb")
    return make.complaint(state, of=make.account(holder), **fields)


def inputs(verb: str, case: Complaint) -> dict[str, Any]:
    """Inputs that are fit for a verb."""
    today = timezone.now().date()
    given: dict[str, Callable[[], dict[str, Any]]] = {
        "classify": lambda: {"category": "collect_hours", "payments": True},
        "recuse": lambda: {"department": "collections"},
        "extend": lambda: {
            "because": "We wait for the recording.", "expected_on": today + timedelta(days=20),
        },
        "draft_decision": lambda: {"draft": make.drafted(case)},
        "send_back": lambda: {"because": "The amount is not explained."},
        "summary_resolve": lambda: {"draft": make.drafted(case), "accepted": "That is fine."},
        "request_review": lambda: {"because": "You did not listen to the recording."},
        "decide_review": lambda: {"draft": make.drafted(case)},
        "refer_out": lambda: {"body": "ombudsman", "reference": "OMB-1"},
        "record_ruling": lambda: {"ruling": Ruling(outcome="upheld", on=today)},
        "reopen": lambda: {"because": "There is a second recording."},
    }  # fmt: skip
    return given.get(verb, dict)()


def press(verb: str, case: Complaint, actor: Actor) -> Complaint:
    """Press a verb with inputs that are fit for it."""
    return getattr(services, verb)(case, actor=actor, at=timezone.now(), **inputs(verb, case))


# verb, the state in which it may be pressed and that it leads to, who may, who may not, and a
# state in which it may not be pressed.
ROWS = [
    ("acknowledge", "received", "acknowledged", "customer_service", "collections", "responded"),
    ("investigate", "acknowledged", "investigating", "customer_service", "finance", "withdrawn"),
    ("classify", "investigating", "investigating", "customer_service", "collections", "responded"),
    ("recuse", "received", "received", "lead", "collections", "responded"),
    ("draft_decision", "investigating", "drafted", "customer_service", "collections", "received"),
    ("send_back", "drafted", "investigating", "customer_service", "finance", "investigating"),
    ("respond", "drafted", "responding", "customer_service", "finance", "investigating"),
    ("request_review", "responded", "under_review", "customer_service", "collections",
     "investigating"),
    ("decide_review", "under_review", "responding", "lead", "finance", "responded"),
    ("refer_out", "responded", "referred", "customer_service", "collections", "drafted"),
    ("record_ruling", "referred", "responded", "customer_service", "collections", "responded"),
    ("withdraw", "drafted", "withdrawn", "customer_service", "collections", "responded"),
    ("reopen", "responded", "investigating", "lead", "collections", "drafted"),
]  # fmt: skip


def _verb(name: str, **fields: Any) -> Verb:
    return Verb(
        name=f"complaint.{name}", call=getattr(services, name), inputs=partial(inputs, name),
        **fields,
    )  # fmt: skip


VERBS = [
    *(
        _verb(name, ready=partial(make.complaint, ready), after=after, who=clerk(who),
              who_not=clerk(who_not), unready=partial(make.complaint, unready))
        for name, ready, after, who, who_not, unready in ROWS
    ),
    _verb("extend", ready=partial(british, "investigating", payment_services=True),
          after="investigating", who=clerk("customer_service"), who_not=clerk("collections"),
          unready=partial(make.complaint, "drafted")),
    _verb("summary_resolve", ready=partial(british, "received"), after="responding",
          who=clerk("customer_service"), who_not=clerk("collections"),
          unready=partial(make.complaint, "drafted")),
]  # fmt: skip
