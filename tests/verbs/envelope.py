"""The verbs of a case and of a question that one department asks another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests import make
from tests.tickets.cases import asked, enquiry, holder_of, marked
from tests.verbs.verb import Make, Verb, Who, clerk, outsider, system
from tickets import services, tasks
from tickets.machine import perform
from tickets.models import Task, Ticket


def inputs(verb: str, row: Ticket | Task) -> dict[str, Any]:
    """Inputs that are fit for a verb."""
    given: dict[str, Make] = {
        "triage": lambda: {"department": "finance", "because": "a claim", "priority": 2},
        "assign": lambda: {"to": make.staff("customer_service")},
        "reroute": lambda: {"to": "collections", "because": "theirs", "summary": "Nothing done."},
        "wait": lambda: {"on": "cardholder", "wanted": "a receipt", "until": None},
        "time_out": lambda: {"verb": "time_out"},
        "resolve": lambda: {"resolution": "answered"},
        "conclude": lambda: {"resolution": "won"},
        "reopen": lambda: {"because": "It came back."},
        "mark_duplicate": lambda: {"of": enquiry(holder=row.cardholder)},
        "ask": lambda: {"department": "collections", "question": "Do you know them?"},
        "answer": lambda: {"text": "Yes, it is ours."},
        "give_back": lambda: {"text": "Yes, it is ours."},
    }
    return given.get(verb, dict)()


def _performed(row: Ticket, *, verb: str, **inputs: Any) -> Any:
    return perform(row, verb, **inputs)


def _call(verb: str) -> Callable[..., Any]:
    """The recipe of a verb; the machine itself where only the desk presses it."""
    if verb in {"triage", "conclude", "close"}:
        return partial(_performed, verb=verb)
    if verb == "time_out":
        return services.resume
    return getattr(tasks if verb in {"ask", "answer", "give_back", "cancel"} else services, verb)


def _in(state: str) -> Make:
    return partial(enquiry, state)


# verb, ready, the state it leads to, who may, who may not, a row that is not ready.
ROWS: list[tuple[str, Make, str, Who, Who, Make]] = [
    ("ticket.triage", _in("new"), "open", clerk("lead"), clerk("finance"), enquiry),
    ("ticket.take", enquiry, "open", clerk("finance"), outsider, _in("resolved")),
    ("ticket.assign", enquiry, "open", clerk("lead"), clerk("finance"), _in("resolved")),
    ("ticket.release", enquiry, "open", clerk("finance"), outsider, _in("resolved")),
    ("ticket.reroute", _in("waiting"), "open", clerk("finance"), outsider, _in("closed")),
    ("ticket.wait", enquiry, "waiting", clerk("finance"), outsider, _in("waiting")),
    ("ticket.resume", _in("waiting"), "open", clerk("finance"), outsider, enquiry),
    ("ticket.time_out", _in("waiting"), "open", system, clerk("lead"), enquiry),
    ("ticket.resolve", _in("waiting"), "resolved", clerk("customer_service"), clerk("finance"),
     _in("resolved")),
    ("ticket.conclude", enquiry, "resolved", system, clerk("lead"), _in("resolved")),
    ("ticket.reopen", _in("closed"), "open", clerk("customer_service"), clerk("finance"), enquiry),
    ("ticket.close", _in("resolved"), "closed", system, clerk("lead"), enquiry),
    ("ticket.mark_duplicate", enquiry, "open", clerk("collections"), outsider, _in("closed")),
    ("ticket.unmark", marked, "open", clerk("collections"), outsider, enquiry),
    ("ticket.withdraw", _in("waiting"), "resolved", holder_of, clerk("customer_service"),
     _in("resolved")),
    ("task.ask", enquiry, "asked", clerk("customer_service"), outsider, _in("resolved")),
    ("task.answer", asked, "answered", clerk("finance"), clerk("collections"),
     partial(asked, "answered")),
    ("task.give_back", asked, "returned", clerk("finance"), clerk("customer_service"),
     partial(asked, "answered")),
    ("task.cancel", asked, "cancelled", clerk("customer_service"), outsider,
     partial(asked, "answered")),
]  # fmt: skip

VERBS = [
    Verb(
        name=name, call=_call(verb), inputs=partial(inputs, verb), ready=ready, after=after,
        who=who, who_not=who_not, unready=unready,
    )
    for name, ready, after, who, who_not, unready in ROWS
    for verb in [name.partition(".")[2]]
]  # fmt: skip
