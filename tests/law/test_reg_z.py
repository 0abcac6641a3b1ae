"""Regulation Z beyond the worked cases: amounts, late notices, and what is missing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import Facts, deadlines
from law.us.reg_z_12 import claims_and_defences, forfeiture, liability

RECEIVED = date(2026, 4, 13)
CENTS = st.integers(0, 10_000_00)


def run(**values):
    dues, unknown = deadlines(Facts("us", "dispute", values))
    return {due.rule_id: due for due in dues}, {one.rule_id: one for one in unknown}


@given(CENTS, st.booleans())
def test_liability_never_exceeds_fifty_dollars_or_the_loss(before, met):
    owed = liability(before_notification=before, conditions_met=met)

    assert owed == (min(before, 50_00) if met else 0)


def test_negative_loss_is_refused():
    with pytest.raises(ValueError, match="negative"):
        liability(before_notification=-1, conditions_met=True)


@given(CENTS, CENTS)
def test_forfeiture_never_exceeds_fifty_dollars(disputed, charges):
    assert forfeiture(disputed=disputed, finance_charges=charges) == min(5000, disputed + charges)


@pytest.mark.parametrize(
    ("amount", "same_state", "miles", "own", "passes", "why"),
    [
        (50_01, True, 500, False, True, ""),
        (50_00, True, 0, False, False, "not_over_50"),
        (50_00, False, 900, True, True, ""),
        (80_00, False, 100, False, True, ""),
        (80_00, False, 101, False, False, "place"),
    ],
)
def test_claims_and_defences_at_their_edges(amount, same_state, miles, own, passes, why):
    claim = claims_and_defences(
        amount=amount, outstanding=40_00, tried_merchant=True, same_state=same_state,
        miles=miles, merchant_is_issuer=own,
    )  # fmt: skip

    assert (claim.passes, claim.why) == (passes, why)
    assert claim.amount_minor == (40_00 if passes else 0)


def test_conditions_of_liability_are_asked_for():
    _, unknown = run(notice_received=RECEIVED, unauthorised_before_minor=180_00)

    assert "whether the card was accepted" in unknown["US-REGZ-12B-UNAUTH-50"].why


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"same_state": True}, "passes"),
        ({"merchant_is_issuer": True}, "passes"),
        ({"miles": 101}, "fails:place"),
    ],
)
def test_distance_is_asked_for_only_where_it_matters(values, verdict):
    facts = {"amount_minor": 80_00, "outstanding_minor": 80_00, "tried_merchant": True}

    dues, _ = run(notice_received=RECEIVED, **facts, **values)

    assert dues["US-REGZ-12C-CLAIMS"].verdict == verdict


def test_late_notice_keeps_its_clock_and_says_that_it_is_late():
    dues, _ = run(notice_received=RECEIVED, statement_transmitted=date(2026, 1, 28))

    assert dues["US-REGZ-13B1-NOTICE-60D"].verdict == "late_by_15"
    assert dues["US-REGZ-13C1-ACK-30D"].due_on == date(2026, 5, 13)
    assert "75 days after the statement: late" in dues["US-REGZ-13C1-ACK-30D"].trace[1].en


def test_notice_on_the_sixtieth_day_is_not_called_late():
    dues, _ = run(notice_received=date(2026, 5, 1), statement_transmitted=date(2026, 3, 2))

    assert tuple(step.en for step in dues["US-REGZ-13C1-ACK-30D"].trace) == (
        "notice received 2026-05-01",
        "30 calendar days end on 2026-05-31",
    )


@pytest.mark.parametrize("values", [{"notice_stands": False}, {"regz_kinds": ()}])
def test_what_is_no_billing_error_notice_starts_no_duty(values):
    dues, unknown = run(notice_received=RECEIVED, **values)

    assert set(dues) == {"POL-ACK-1WD"}
    assert unknown == {}


def test_quarterly_cycles_leave_the_cap_alone():
    closings = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))

    dues, _ = run(notice_received=date(2026, 4, 10), cycle_closings=closings)

    resolve = dues["US-REGZ-13C2-RESOLVE-2CYC-90D"]
    assert resolve.due_on == date(2026, 7, 9)
    assert resolve.other_reading_on is None
    assert "two complete billing cycles end later than the closing dates given" in {
        step.en for step in resolve.trace
    }


def test_adverse_report_waits_for_the_answer_and_the_time_to_pay():
    told = {"decided_notice_sent": date(2026, 5, 20)}

    before, _ = run(notice_received=RECEIVED)
    unknown = run(notice_received=RECEIVED, **told)[1]
    after, _ = run(notice_received=RECEIVED, **told, grace_days=25)

    assert before["US-REGZ-13D2-NOADVERSE"].due_on is None
    assert "grace_days" in unknown["US-REGZ-13D2-NOADVERSE"].why
    assert after["US-REGZ-13D2-NOADVERSE"].first_allowed_on == date(2026, 6, 15)
    assert after["US-REGZ-13G3-REPORT-AFTER-10D"].first_allowed_on == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("again", "verdict"),
    [
        (date(2026, 4, 11), "report_only_with_dispute_flag"),
        (date(2026, 4, 12), "late_by_1"),
        (None, ""),
    ],
)
def test_further_dispute_binds_only_within_the_time_to_pay(again, verdict):
    values = {"decided_notice_sent": date(2026, 4, 1), "grace_days": 0}

    dues, _ = run(**values, redispute_received=again)

    assert dues["US-REGZ-13G4-REDISPUTE"].verdict == verdict
    assert dues["US-REGZ-13G4-REDISPUTE"].due_on == date(2026, 4, 11)


def test_mail_taken_on_the_due_date_does_not_roll():
    dues, _ = run(payment_due_on=date(2026, 3, 15), mail_taken=True)

    assert dues["US-REGZ-10D-DUEDATE-ROLL"].due_on == date(2026, 3, 15)
