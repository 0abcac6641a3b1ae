"""Allocation fen by fen, days past due and filing days one by one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import Facts, apply, rule
from tests.law.oracles import money
from tests.law.oracles.dates import DAY

DAYS = st.dates(date(2017, 1, 1), date(2035, 1, 1))
FEN = st.integers(0, 400)


@given(DAYS, st.integers(-40, 250), FEN, FEN, FEN, FEN)
def test_payment_counts_in_the_order_of_article_57(due_on, late, paid, interest, fees, principal):
    on = due_on + late * DAY
    days, bucket = money.past_due(due_on, on)
    values = {
        "payment_due_on": due_on, "on": on, "paid_minor": paid, "interest_minor": interest,
        "fees_minor": fees, "principal_minor": principal,
    }  # fmt: skip

    found = apply(rule("ALC-57"), Facts("cn", "payment", values)).found

    pays = money.paid_fen_by_fen(paid, interest + fees, principal, charges_first=days <= 90)
    assert (found["dpd"], found["bucket"]) == (days, bucket)
    assert tuple(found[f"{name}_minor"] for name in ("principal", "charges", "excess")) == pays
    assert sum(pays) == paid


@given(DAYS, st.none() | st.integers(-30, 700).map(timedelta), st.sampled_from(["13.1", "10.4"]))
def test_visa_filing_day_is_walked_and_capped(processed, gap, code):
    expected = None if gap is None else processed + gap
    values = {
        "network": "visa", "network_code": code, "processing_on": processed,
        "expected_on": expected,
    }  # fmt: skip
    if expected is None:
        del values["expected_on"]

    due = apply(rule("NET-VISA-FILE-120D"), Facts("us", "dispute", values))

    counted = expected if code == "13.1" else None
    assert due.due_on == min(money.filing_day(processed, counted, 120), processed + 540 * DAY)
    assert due.latest_on == (processed + 540 * DAY if code == "13.1" else None)


@given(DAYS, st.integers(0, 40))
def test_late_reversal_in_india_costs_a_hundred_rupees_a_day(debited, gap):
    acted, day, owed = debited + gap * DAY, debited + 5 * DAY, 0
    while day < acted:
        day, owed = day + DAY, owed + 100_00
    values = {"transaction_on": debited, "failed_transaction": True, "acted_on": acted}

    found = apply(rule("IN-TAT-T5"), Facts("in", "dispute", values)).found

    assert found["compensation_minor"] == owed
