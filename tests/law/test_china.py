"""Complaint clocks of mainland China beyond the worked cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.cn import clock
from law.cn.complaints import central_bank_clock, complaint_clock
from law.cn.credit_records import credit_repair
from law.deadlines import BadFact, Facts, deadlines

DAY = timedelta(1)
RECEIVED = date(2026, 3, 2)
APPROVED = {"approved_by_superior": True, "complainant_informed": True}


def facts(kind="complaint", **values):
    return Facts("cn", kind, {"received": RECEIVED, **values})


def ids(found):
    return {due.rule_id: due for due in deadlines(found)[0]}


def extension(to, day, **more):
    return {"to": to, "decided": date(2026, 3, day), **more}


@pytest.mark.parametrize(
    ("values", "rule_id", "due_on"),
    [
        ({}, "CMP-15", date(2026, 3, 17)),
        ({"extensions": [extension(30, 17)]}, "CMP-30", date(2026, 4, 1)),
        ({"extensions": [extension(30, 10), extension(60, 20, **APPROVED)]}, "CMP-60",
         date(2026, 5, 1)),
    ],
)  # fmt: skip
def test_exactly_one_step_runs(values, rule_id, due_on):
    dues = ids(facts(**values))

    assert {one for one in dues if one.startswith("CMP")} == {rule_id}
    assert dues[rule_id].due_on == due_on


@pytest.mark.parametrize(
    ("values", "deadline", "notes"),
    [
        ({"extensions": [extension(30, 10), extension(60, 20, approved_by_superior=True)]},
         date(2026, 4, 1), ("extension_refused_not_informed",)),
        ({"repeats": [{"received": date(2026, 3, 10)}]}, date(2026, 3, 17), ("merged",)),
        ({"repeats": [{"received": date(2026, 3, 17), "new_facts": True}]}, date(2026, 4, 1),
         ("restarted",)),
        ({"repeats": [{"received": date(2026, 3, 18), "new_facts": True}]}, date(2026, 3, 17),
         ("restart_too_late",)),
        ({"extensions": [extension(30, 5)],
          "repeats": [{"received": date(2026, 3, 20), "new_facts": True}]},
         date(2026, 4, 4), ("restarted",)),
        ({"pauses": [{"from": date(2026, 3, 20), "to": date(2026, 3, 30), "informed": True}]},
         date(2026, 3, 17), ()),
    ],
)  # fmt: skip
def test_what_moves_the_clock_and_what_does_not(values, deadline, notes):
    found = complaint_clock(facts(**values))

    assert (found.deadline, found.notes) == (deadline, notes)


def test_central_bank_has_no_thirty_day_step():
    approved = {"approved_by_head": True, "complainant_informed": True}

    assert central_bank_clock(facts(source="pboc_transfer")).deadline == date(2026, 3, 17)
    longer = facts(source="pboc_transfer", extensions=[extension(60, 10, **approved)])
    assert central_bank_clock(longer).deadline == date(2026, 5, 1)
    assert "PBC-60" in ids(longer)
    refused = facts(source="pboc_transfer", extensions=[extension(30, 10)])
    assert "extends to 30 days: give 60" in {one.why for one in deadlines(refused)[1]}.pop()


def test_matter_under_two_regimes_keeps_both_clocks():
    dues = ids(facts(pbc_received=date(2026, 3, 9)))

    assert dues["CMP-15"].due_on == date(2026, 3, 17)
    assert dues["PBC-15"].due_on == date(2026, 3, 24)


def test_claim_against_the_bank_is_a_complaint_whatever_it_is_called():
    values = {"notice_received": RECEIVED}

    beside = ids(Facts("cn", "dispute", values | {"against_issuer": True}))
    alone = ids(Facts("cn", "dispute", values))

    assert beside["CMP-15"].due_on == date(2026, 3, 17)
    assert "CMP-15" not in alone
    assert alone["POL-DSP-30D"].due_on == date(2026, 4, 1)


def test_customers_window_rolls_forward_and_the_banks_does_not():
    values = {"decision_received": date(2026, 1, 16), "review_requested": date(2026, 1, 16)}

    dues = ids(Facts("cn", "complaint", values))

    assert dues["CMP-REVIEW-APPLY"].rolled_on == date(2026, 2, 24)
    assert dues["CMP-REVIEW-DECIDE"].rolled_on is None
    assert dues["CMP-REVIEW-DECIDE"].safe_on == date(2026, 2, 14)


def test_date_in_an_unpublished_year_stands_and_its_safe_date_waits():
    due = ids(Facts("cn", "complaint", {"received": date(2026, 12, 17)}))["CMP-15"]

    assert due.due_on == date(2027, 1, 1)
    assert due.safe_on is None
    assert due.waits_for == "calendar CN 2027 is not published"


def test_working_days_in_an_unpublished_year_are_unknown():
    values = {"privacy_request_received": date(2026, 12, 21)}

    dues, unknown = deadlines(Facts("cn", "enquiry", values))

    assert dues == []
    assert unknown[0].why == (
        "The calendar CN 2027 is not published: load it, and this date can be computed."
    )


def test_open_appraisal_asks_for_its_result():
    open_pause = [{"from": date(2026, 3, 10), "informed": True}]

    _, unknown = deadlines(facts(pauses=open_pause))

    assert "appraisal's result" in {one.rule_id: one.why for one in unknown}["CMP-15"]


def test_appraisal_that_ends_before_it_begins_is_refused():
    backwards = [{"from": date(2026, 3, 10), "to": date(2026, 3, 9), "informed": True}]

    with pytest.raises(BadFact, match='"pauses" ends on 2026-03-09, before it began'):
        complaint_clock(facts(pauses=backwards))


PAUSES = st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 30)), max_size=5)


@given(PAUSES, st.sampled_from([15, 30, 60]))
def test_appraisal_days_do_not_count(spans, total):
    records = [
        {"from": RECEIVED + first * DAY, "to": RECEIVED + (first + length) * DAY, "informed": True}
        for first, length in spans
    ]
    paused = {RECEIVED + n * DAY for first, length in spans for n in range(first, first + length)}
    day, counted = RECEIVED, 0
    while counted < total:
        day += DAY
        counted += day not in paused

    assert clock.last_day(RECEIVED, total, clock.appraisals(facts(pauses=records))) == day


def test_progress_is_told_again_after_the_last_news():
    values = {"notice_received": RECEIVED, "subtype": "unauthorised_transaction"}

    first = ids(Facts("cn", "dispute", values))
    later = ids(Facts("cn", "dispute", values | {"last_update_sent": date(2026, 3, 12)}))

    assert first["POL-DSP-PROGRESS-14D"].due_on == date(2026, 3, 16)
    assert later["POL-DSP-PROGRESS-14D"].due_on == date(2026, 3, 26)


def test_credit_objection_has_its_own_clock():
    dues = ids(Facts("cn", "dispute", {"notice_received": RECEIVED, "subtype": "credit_report"}))

    assert dues["CRD-20"].due_on == date(2026, 3, 22)


def test_central_banks_own_clock_runs_only_when_switched_on():
    values = {"pbc_accepted": RECEIVED, "subtype": "credit_report"}
    found = Facts("cn", "complaint", values)

    assert ids(found) == {}
    (due,) = deadlines(found, enabled={"CRD-COMPLAINT-30"})[0]
    assert (due.due_on, due.binds) == (date(2026, 4, 1), "regulator")


@pytest.mark.parametrize(
    ("arose", "amount", "repaid", "hidden"),
    [
        (date(2019, 12, 31), 1, date(2025, 1, 1), None),
        (date(2026, 1, 1), 1, date(2026, 2, 1), None),
        (date(2023, 1, 1), 10_000_01, date(2025, 1, 1), None),
        (date(2023, 1, 1), 10_000_00, date(2025, 12, 1), date(2026, 1, 31)),
    ],
)
def test_credit_repair_at_its_edges(arose, amount, repaid, hidden):
    assert credit_repair(arose_on=arose, amount=amount, repaid_on=repaid) == hidden
