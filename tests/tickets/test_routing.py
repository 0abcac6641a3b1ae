"""Where a new case goes, and why: the first rule that holds."""

from __future__ import annotations

import itertools

import pytest

from tickets.departments import DEPARTMENTS
from tickets.routing import HIGH, NORMAL, ROUTES, URGENT, Matter, route

CASES = [
    ("fraud that may go on", Matter("dispute", family="fraud", card_still_open=True), "finance",
     URGENT, "Fraud may still be going on: finance blocks first and asks later"),
    ("fraud that goes on at a vulnerable person's", Matter(
        "dispute", family="fraud", card_still_open=True, vulnerable=True), "finance", URGENT,
     "Fraud may still be going on: finance blocks first and asks later"),
    ("fraud on a blocked card", Matter("dispute", family="fraud"), "finance", HIGH,
     "Fraud claims go to finance ahead of others"),
    ("vulnerable", Matter("dispute", family="goods", vulnerable=True), "finance", HIGH,
     "A vulnerable cardholder's money claim comes first in finance"),
    ("vulnerable before the reason's own department", Matter(
        "dispute", vulnerable=True, department_hint="customer_service"), "finance", HIGH,
     "A vulnerable cardholder's money claim comes first in finance"),
    ("the reason names customer service", Matter(
        "dispute", department_hint="customer_service"), "customer_service", NORMAL,
     "The reason itself names the department"),
    ("an ordinary claim", Matter("dispute", family="processing", department_hint="finance"),
     "finance", NORMAL, "Money claims need finance"),
    ("through the regulator", Matter("complaint", source="regulator"), "customer_service", HIGH,
     "A regulator passed it on: customer service owns the answer"),
    ("a complaint", Matter("complaint"), "customer_service", NORMAL,
     "Customer service owns every complaint"),
    ("cannot pay", Matter("hardship"), "collections", NORMAL,
     "Who cannot pay talks to collections"),
    ("an enquiry", Matter("enquiry"), "customer_service", NORMAL,
     "Customer service answers everything else"),
    ("a kind that nobody has thought of", Matter("praise", vulnerable=True), "customer_service",
     NORMAL, "Customer service answers everything else"),
]  # fmt: skip


@pytest.mark.parametrize(("_case", "matter", "to", "priority", "why"), CASES, ids=lambda c: c)
def test_a_case_goes_to(_case, matter, to, priority, why):
    rule = route(matter)

    assert (rule.to, rule.priority, rule.why) == (to, priority, why)


def test_the_last_rule_always_holds():
    flags = (True, False)
    kinds = ("dispute", "complaint", "hardship", "enquiry", "")
    families, sources = ("fraud", "", "goods"), ("app", "regulator")
    for kind, family, source, vulnerable, still_open in itertools.product(
        kinds, families, sources, flags, flags
    ):
        matter = Matter(
            kind, family=family, source=source, vulnerable=vulnerable, card_still_open=still_open
        )
        assert ROUTES[-1].when(matter) is True


def test_every_rule_leads_to_a_department_and_says_why_once():
    assert {rule.to for rule in ROUTES} <= set(DEPARTMENTS)
    assert len({rule.why for rule in ROUTES}) == len(ROUTES)
    assert all(len(rule.why) <= 200 for rule in ROUTES)


def test_every_rule_is_reached_by_a_case():
    assert {why for *_rest, why in CASES} == {rule.why for rule in ROUTES}
