"""Records, notices and duties in mainland China."""

from datetime import date

import pytest

from law.cn import records
from law.deadlines import Facts, MissingFact, apply, deadlines, rule
from law.registry import rules

DUTIES = {
    "COL-OBJECTION", "COL-AGENT-PUBLISH", "CMP-CONTENT", "CMP-AGENT", "CMP-RECUSAL",
    "CMP-REMEDIES", "PLN-ORAL-RECORD", "INT-NO-INTEREST-ON-FEES", "INT-60D-REPEALED", "STM-MASK",
    "RET-NOTICE-PROOF",
}  # fmt: skip


def kept(rule_id, **values):
    return apply(rule(rule_id), Facts("cn", "record", values))


def test_duties_without_a_number_give_no_date():
    duties = [one for one in rules("cn") if one.nature == "duty"]

    found = {one.id: apply(one, Facts("cn", one.kinds[0], {one.starts: date(2026, 3, 2)}))
             for one in duties}  # fmt: skip

    assert set(found) == DUTIES
    assert {due.due_on for due in found.values()} == {None}


def test_duties_stay_out_of_a_cases_dates():
    dues, _ = deadlines(Facts("cn", "complaint", {"received": date(2026, 3, 2)}))

    assert not DUTIES & {due.rule_id for due in dues}


@pytest.mark.parametrize(
    ("rule_id", "values", "last", "free"),
    [
        ("COL-RECORD", {"recorded_on": date(2024, 2, 29)}, date(2026, 2, 28), date(2026, 3, 1)),
        ("RET-PIA", {"assessed_on": date(2026, 3, 2)}, date(2029, 3, 2), date(2029, 3, 3)),
        ("RET-AML", {"transaction_on": date(2024, 12, 31)}, date(2029, 12, 31), date(2030, 1, 1)),
        ("RET-AML", {"transaction_on": date(2025, 1, 1)}, date(2035, 1, 1), date(2035, 1, 2)),
        ("RET-PLAN-AUDIO", {"settled_on": date(2026, 3, 2)}, date(2026, 3, 2), date(2026, 3, 3)),
    ],
)
def test_last_day_kept_and_first_day_free(rule_id, values, last, free):
    due = kept(rule_id, **values)

    assert (due.due_on, due.first_allowed_on) == (last, free)


def test_closed_case_waits_for_the_debt_and_the_hold():
    closed = {"closed_on": date(2026, 3, 2)}

    settled = kept("RET-POLICY", **closed, debt_open=True, settled_on=date(2033, 1, 5))
    held = kept("RET-POLICY", **closed, legal_hold=True, debt_open=True)

    assert settled.due_on == date(2033, 1, 5)
    assert (held.due_on, held.first_allowed_on) == (None, None)


def test_open_debt_needs_the_day_it_was_settled():
    with pytest.raises(MissingFact, match='"settled_on"'):
        kept("RET-POLICY", closed_on=date(2026, 3, 2), debt_open=True)


def test_open_plan_is_never_free_to_erase():
    due = kept("RET-PLAN-AUDIO", oral_plan_on=date(2026, 3, 2), acted_on=date(2050, 1, 1))

    assert (due.due_on, due.verdict) == (None, "early")
    assert records.kept_until(date(2024, 2, 29), 3) == date(2027, 2, 28)


def test_notice_of_a_new_rate_waits_forty_five_days():
    dues, _ = deadlines(Facts("cn", "notice", {"notice_sent": date(2026, 1, 15)}))

    free = {due.rule_id: due.first_allowed_on for due in dues}
    assert free == {"CCM-45D-CHANGE": date(2026, 3, 1), "INT-45D-RATE": date(2026, 3, 1)}


def test_unconfirmed_limitation_period_is_off():
    facts = Facts("cn", "account", {"breach_known_on": date(2026, 3, 2)})

    assert deadlines(facts)[0] == []
    assert deadlines(facts, enabled={"CIV-3Y"})[0][0].due_on == date(2029, 3, 2)
