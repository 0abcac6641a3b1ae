"""The verbs of a recovery's leg."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from disputes.models import Chargeback
from disputes.services import recovery
from tests import make
from tests.verbs.verb import Make, Verb, clerk


def _in_allocation() -> Chargeback:
    """A submitted leg of the workflow in which the acquirer attacks."""
    return make.leg("submitted", code="10.4", reason="fraud_card_absent")


def _attacked() -> Chargeback:
    """A leg whose acquirer began pre-arbitration."""
    leg = _in_allocation()
    return recovery.record_pre_arbitration(leg, actor=make.clerk(), at=timezone.now())


def _declined(leg: Chargeback) -> Chargeback:
    """The leg once who was attacked has declined: the attacker may ask for a ruling."""
    return recovery.answer_pre_arbitration(leg, actor=make.clerk(), at=timezone.now())


# verb, the state in which it may be pressed, and the state that it leads to.
ROWS = [
    ("submit", "prepared", "submitted"),
    ("record_rejection", "submitted", "prepared"),
    ("record_representment", "submitted", "represented"),
    ("go_pre_arbitration", "represented", "in_pre_arbitration"),
    ("answer_pre_arbitration", "in_pre_arbitration", "in_pre_arbitration"),
    ("accept", "represented", "lost"),
    ("record_win", "submitted", "won"),
    ("record_win", "in_arbitration", "won"),
    ("record_loss", "represented", "lost"),
    ("ask_back", "submitted", "withdrawing"),
    ("record_withdrawal", "withdrawing", "withdrawn"),
    ("record_withdrawal", "prepared", "withdrawn"),
    ("record_refusal", "withdrawing", "submitted"),
]


def _inputs(verb: str, leg: Chargeback) -> dict[str, Any]:
    given = {
        "submit": {"network_reference": "N-1", "holds": leg.evidence},
        "record_rejection": {"words": "field 72 is empty"},
    }
    return given.get(verb, {})


def _verb(name: str, ready: Make, after: str) -> Verb:
    return Verb(
        name=f"chargeback.{name}", call=getattr(recovery, name), inputs=partial(_inputs, name),
        ready=ready, after=after, who=clerk("finance"), who_not=clerk("customer_service"),
        unready=partial(make.leg, "lost"),
    )  # fmt: skip


VERBS = [
    *(_verb(name, partial(make.leg, ready), after) for name, ready, after in ROWS),
    _verb("record_pre_arbitration", _in_allocation, "in_pre_arbitration"),
    _verb("go_arbitration", lambda: _declined(make.leg("in_pre_arbitration")), "in_arbitration"),
    _verb("record_arbitration", lambda: _declined(_attacked()), "in_arbitration"),
]
