"""India: liability tiers, versions by date, compensation, and the calendar of bank Saturdays."""

from datetime import date, timedelta
from importlib import import_module

import pytest

from law.calendars import Calendar
from law.deadlines import Facts, deadlines

DAY = timedelta(1)
CLOSED = (date(2026, 8, 15), date(2026, 8, 26), date(2026, 9, 14), date(2026, 10, 2))
electronic = import_module("law.in.electronic_banking")  # "in" is a word of the language
cards = import_module("law.in.cards")


def bank_days(year):
    """Closed on Sundays, on second and fourth Saturdays and on the holidays named here."""
    days = [date(year, 1, 1) + n * DAY for n in range(365)]
    return frozenset(
        day
        for day in days
        if day not in CLOSED
        and day.weekday() != 6
        and not (day.weekday() == 5 and (day.day - 1) // 7 in (1, 3))
    )


HOME = Calendar("HOME", "Home branch", "this test", "1", 2026, 2027, bank_days)


def found(kind="dispute", calendar=HOME, enabled=(), **values):
    dues, _ = deadlines(Facts("in", kind, values), enabled=enabled, calendar=calendar)
    return {due.rule_id: due for due in dues if due.rule_id.startswith("IN-")}


@pytest.mark.parametrize(
    ("reported", "limit", "tier", "owed"),
    [
        (date(2026, 8, 18), 5_00_000_00, "zero", 0),
        (date(2026, 8, 19), 5_00_000_00, "capped", 10_000_00),
        (date(2026, 8, 24), 5_00_000_01, "capped", 25_000_00),
        (date(2026, 8, 25), 5_00_000_00, "board_policy", None),
    ],
)
def test_customers_report_and_what_it_leaves_them(reported, limit, tier, owed):
    due = found(
        subtype="unauthorised_transaction", alert_received_on=date(2026, 8, 13),
        acted_on=reported, card_limit_minor=limit, amount_minor=90_000_00,
    )["IN-UNAUTH-3WD"]  # fmt: skip

    assert due.due_on == date(2026, 8, 18)
    assert (due.found["tier"], due.amount_minor) == (tier, owed)


def test_small_loss_stays_below_the_cap_and_an_unknown_limit_names_no_sum():
    values = {"subtype": "unauthorised_transaction", "alert_received_on": date(2026, 8, 13),
              "notice_received": date(2026, 8, 20), "amount_minor": 700_00}  # fmt: skip

    known = found(**values, card_limit_minor=1)["IN-UNAUTH-3WD"]
    unknown = found(**values)["IN-UNAUTH-3WD"]

    assert (known.amount_minor, unknown.amount_minor) == (700_00, None)
    assert unknown.found == {"tier": "capped"}
    assert electronic.liability_cap(5_00_000_00) == 10_000_00


def test_credit_for_the_time_being_skips_bank_saturdays_and_holidays():
    due = found(subtype="unauthorised_transaction", notice_received=date(2026, 8, 18))

    assert due["IN-SHADOW-10WD"].due_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("transaction_on", "cross_border", "running"),
    [
        (date(2026, 12, 31), False, {"IN-UNAUTH-90D", "IN-SHADOW-10WD"}),
        (date(2026, 12, 31), True, {"IN-UNAUTH-90D", "IN-SHADOW-10WD"}),
        (date(2027, 1, 1), False, {"IN-EBT27-45D"}),
        (date(2027, 1, 1), True, {"IN-EBT27-60D"}),
    ],
)
def test_day_of_the_transaction_chooses_the_version(transaction_on, cross_border, running):
    dues = found(
        subtype="unauthorised_transaction", notice_received=date(2027, 1, 5),
        transaction_on=transaction_on, cross_border=cross_border,
    )  # fmt: skip

    assert set(dues) - {"IN-CC-BILL-30D"} == running


def test_other_disputes_have_only_the_bills_clock():
    assert set(found(notice_received=date(2026, 9, 1))) == {"IN-CC-BILL-30D"}


def test_day_of_lodging_chooses_the_ombudsmans_scheme():
    values = {"kind": "complaint", "reply_received": date(2026, 6, 10)}

    assert set(found(**values)) == {"IN-IOS-2021-1Y"}
    assert set(found(**values, lodged_on=date(2026, 7, 1))) == {"IN-IOS-2026-90D"}


def test_card_closed_late_costs_500_rupees_a_calendar_day():
    values = {"kind": "enquiry", "closure_requested_on": date(2026, 9, 7)}

    late = found(**values, acted_on=date(2026, 9, 20))["IN-CC-CLOSE-7WD"]

    assert (late.due_on, late.verdict) == (date(2026, 9, 17), "late_by_3")
    assert late.found == {"days_late": 3, "compensation_minor": 1500_00}
    assert found(**values, dues_outstanding=True) == {}


def test_reversal_runs_only_for_failed_transactions():
    assert "IN-TAT-T5" not in found(transaction_on=date(2026, 3, 10))
    assert cards.late_days(date(2026, 3, 15), date(2026, 3, 14)) == 0


def test_rule_of_middling_confidence_runs_only_when_named():
    values = {"subtype": "unauthorised_transaction", "alert_received_on": date(2027, 2, 26)}

    assert found(**values) == {}
    assert found(**values, enabled={"IN-EBT27-REPORT-5D"})["IN-EBT27-REPORT-5D"].due_on == date(
        2027, 3, 3
    )
