"""Singapore and Hong Kong: off until checked, and of two limits only the one that binds."""

from datetime import UTC, date, datetime

import pytest

from law.deadlines import Facts, apply, deadlines, rule, rules

UNAUTHORISED = {"subtype": "unauthorised_transaction"}


def run(place, kind, enabled=(), **values):
    dues, unknown = deadlines(Facts(place, kind, values), enabled=enabled)
    assert unknown == []
    return {due.rule_id: due for due in dues if not due.rule_id.startswith("POL-")}


def test_nothing_runs_until_it_is_switched_on():
    day = date(2026, 5, 25)

    assert run("sg", "dispute", notice_received=day, **UNAUTHORISED) == {}
    assert run("hk", "complaint", received=day) == {}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (UNAUTHORISED, {"SG-EUPG-21BD": date(2026, 6, 25)}),
        ({"incorrectly_executed": True}, {"SG-EUPG-21BD": date(2026, 6, 25)}),
        ({**UNAUTHORISED, "exceptional": True}, {"SG-EUPG-45BD": date(2026, 7, 29)}),
        ({"subtype": ""}, {}),
    ],
)
def test_one_limit_binds_a_claim(values, expected):
    on = {one.id for one in rules("sg")}

    found = run("sg", "dispute", on, notice_received=date(2026, 5, 25), **values)

    assert {name: due.due_on for name, due in found.items()} == expected


def test_exceptional_claim_names_the_ordinary_date_too():
    values = {"notice_received": date(2026, 5, 25), "exceptional": True, **UNAUTHORISED}

    due = run("sg", "dispute", {"SG-EUPG-45BD"}, **values)["SG-EUPG-45BD"]

    assert due.trace[1].en == "21 business days by SG end on 2026-06-25"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (None, {"HK-IC4-7D", "HK-IC4-30D"}),
        (date(2026, 3, 12), {"HK-IC4-7D", "HK-IC4-60D"}),
        (date(2026, 3, 13), {"HK-IC4-7D", "HK-IC4-30D"}),  # day 31
    ],
)
def test_sixty_days_need_an_interim_reply_by_day_thirty(held, expected):
    on = {one.id for one in rules("hk")}

    found = run("hk", "complaint", on, received=date(2026, 2, 10), holding_sent_on=held)

    assert set(found) == expected


def test_day_ends_at_midnight_in_hong_kong():
    found = run("hk", "complaint", {"HK-IC4-7D"}, received=date(2026, 2, 10))

    assert found["HK-IC4-7D"].due_at == datetime(2026, 2, 17, 16, tzinfo=UTC)


def test_sixty_days_name_the_thirty_and_the_interim_reply():
    values = {"received": date(2026, 2, 10), "holding_sent_on": date(2026, 3, 12)}

    due = run("hk", "complaint", {"HK-IC4-60D"}, **values)["HK-IC4-60D"]

    assert [step.en for step in due.trace] == [
        "complaint received 2026-02-10",
        "30 calendar days end on 2026-03-12",
        "interim reply sent on 2026-03-12",
        "60 calendar days end on 2026-04-11",
    ]


def test_sixty_days_asked_by_name_need_no_interim_reply():
    facts = Facts("hk", "complaint", {"received": date(2026, 2, 10)})

    due = apply(rule("HK-IC4-60D"), facts)

    assert due.due_on == date(2026, 4, 11)
    assert not [step for step in due.trace if "interim" in step.en]
