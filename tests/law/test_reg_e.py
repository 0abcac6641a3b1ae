"""Regulation E beyond the worked cases: which rules run on which account, and who bears a loss."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import Facts, apply, deadlines, rule
from law.us.reg_e_liability import liability

RECEIVED = date(2026, 3, 10)
NOTICE = {"account_kind": "debit", "notice_received": RECEIVED}
BOTH = {"US-REGE-11C2-PROVCREDIT-10BD"}
OLD = BOTH | {"US-REGE-11C1-INVEST-10BD", "US-REGE-11C2-45D"}
LONG = BOTH | {"US-REGE-11C1-INVEST-10BD", "US-REGE-11C3II-90D"}
NEW = BOTH | {"US-REGE-11C3I-NEWACCT-20BD", "US-REGE-11C3II-90D"}
DETERMINED = ("dispute.determine", "dispute.resolve", "dispute.withdraw")
CENTS = st.integers(0, 2_000_00)


def run(kind="dispute", calendar=None, **values):
    dues, unknown = deadlines(Facts("us", kind, values), calendar=calendar)
    american = {due.rule_id: due for due in dues if due.rule_id.startswith("US-")}
    return american, {one.rule_id: one.why for one in unknown}


def deposited(day, moved):
    return {"first_deposit_on": date(2026, 2, day), "transfer_on": moved}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, OLD),
        ({"account_kind": "prepaid"}, OLD),
        ({"foreign": True}, LONG),
        ({"pos": True}, LONG),
        ({"foreign": False, "pos": False}, OLD),
        ({"foreign": True, "pos": True, **deposited(1, date(2026, 3, 4))}, LONG),
        (deposited(1, date(2026, 3, 3)), NEW),  # day 30
        (deposited(1, date(2026, 3, 4)), OLD),  # day 31
        (deposited(1, date(2026, 2, 1)), NEW),  # the first deposit itself
        ({"account_opened_on": date(2026, 2, 1), "transaction_on": date(2026, 3, 3)}, NEW),
        ({"account_opened_on": date(2026, 2, 1), "transaction_on": date(2026, 3, 4)}, OLD),
        ({"account_opened_on": date(2026, 1, 1), **deposited(20, date(2026, 3, 4))}, NEW),
        ({"account_opened_on": date(2026, 2, 20)}, OLD),
        ({"transaction_on": date(2026, 3, 4)}, OLD),
        ({"notice_stands": False}, set()),
    ],
)
def test_rules_that_run_on_a_notice(values, expected):
    dues, unknown = run(**NOTICE | values)

    assert set(dues) == expected
    assert unknown == {}


@pytest.mark.parametrize("kind", ["credit", None])
def test_credit_card_has_none_of_them(kind):
    dues, unknown = run(account_kind=kind, notice_received=RECEIVED)

    assert {one for one in (*dues, *unknown) if "REGE" in one} == set()
    assert "US-REGZ-13C1-ACK-30D" in dues


def test_debit_card_has_none_of_regulation_z():
    dues, _ = run(**NOTICE, statement_transmitted=date(2026, 2, 10))

    assert {one for one in dues if "REGZ" in one} == set()
    assert {"US-REGE-11B1-NOTICE-60D", "US-REGE-6B3-STMT-60D"} <= set(dues)


@pytest.mark.parametrize(
    ("values", "short", "long"),
    [
        ({}, date(2026, 3, 24), date(2026, 4, 24)),
        ({"pos": True}, date(2026, 3, 24), date(2026, 6, 8)),
        (deposited(1, date(2026, 3, 3)), date(2026, 4, 7), date(2026, 6, 8)),
    ],
)
def test_dates_of_one_notice(values, short, long):
    dues, _ = run(**NOTICE | values)

    found = {due.due_on for due in dues.values()}
    assert found == {short, long}
    assert dues["US-REGE-11C2-PROVCREDIT-10BD"].due_on == short


def test_credit_meets_the_short_date_and_only_an_answer_the_long_one():
    dues, _ = run(**NOTICE)

    for one in ("US-REGE-11C1-INVEST-10BD", "US-REGE-11C2-PROVCREDIT-10BD"):
        assert dues[one].ends == ("account.credited", *DETERMINED)
    assert dues["US-REGE-11C2-45D"].ends == DETERMINED


def test_customer_has_the_five_days_of_honoured_items():
    dues, _ = run(**NOTICE, debit_notified_on=date(2026, 3, 27))

    honoured = dues["US-REGE-11D2-HONOR-5BD"]
    assert (honoured.binds, honoured.nature) == ("customer", "window")
    assert honoured.due_on == date(2026, 4, 3)


def test_documents_sent_give_another_sixty_days():
    sent = {"account_kind": "debit", "statement_transmitted": date(2026, 1, 5)}
    dues, _ = run(**sent, documents_sent_on=date(2026, 3, 2), notice_received=date(2026, 5, 2))

    due = dues["US-REGE-11B1-NOTICE-60D"]
    assert (due.due_on, due.verdict) == (date(2026, 5, 1), "late_by_1")


def test_office_closed_on_the_observed_day_counts_a_day_more():
    values = {"account_kind": "debit", "notice_received": date(2026, 6, 25)}

    assert run(**values)[0]["US-REGE-11C1-INVEST-10BD"].due_on == date(2026, 7, 9)
    office = run(calendar="US-OFFICE", **values)[0]
    assert office["US-REGE-11C1-INVEST-10BD"].due_on == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("first", "later", "in_time", "owed"),
    [
        (0, 0, True, 0),
        (49_99, 0, True, 49_99),
        (50_00, 0, True, 50_00),
        (50_01, 900_00, True, 50_00),
        (0, 500_00, False, 500_00),
        (0, 500_01, False, 500_00),
        (20_00, 479_99, False, 499_99),
        (20_00, 480_00, False, 500_00),
        (600_00, 449_99, False, 499_99),
        (600_00, 450_01, False, 500_00),
    ],
)
def test_tiers_of_loss_at_their_edges(first, later, in_time, owed):
    assert liability(first_two_days=first, after=later, in_time=in_time) == owed


@given(CENTS, CENTS)
def test_telling_late_never_costs_less(first, later):
    early = liability(first_two_days=first, after=later, in_time=True)
    late = liability(first_two_days=first, after=later, in_time=False)

    assert 0 <= early <= late <= 500_00


@pytest.mark.parametrize(
    ("told", "verdict", "owed"),
    [(10, "timely", 50_00), (11, "late_by_1", 150_00)],
)
def test_day_of_the_report_decides_the_tier(told, verdict, owed):
    dues, _ = run(
        account_kind="debit", loss_learned_on=date(2026, 3, 6),
        notice_received=date(2026, 3, told), loss_first_two_days_minor=600_00,
        loss_after_minor=100_00,
    )  # fmt: skip

    due = dues["US-REGE-6B1-LOSS-2BD"]
    assert (due.due_on, due.verdict, due.amount_minor) == (date(2026, 3, 10), verdict, owed)


AMOUNTS = {
    "US-REGE-6B1-LOSS-2BD": (
        {"notice_in_time": False, "loss_first_two_days_minor": 600_00, "loss_after_minor": 100_00},
        150_00,
    ),
    "US-REGZ-12B-UNAUTH-50": (
        {"unauthorised_before_minor": 180_00, "liability_conditions_met": True}, 50_00,
    ),
    "US-REGZ-12C-CLAIMS": (
        {"amount_minor": 80_00, "outstanding_minor": 70_00, "tried_merchant": True,
         "same_state": True}, 70_00,
    ),
    "US-TILA-161E-FORFEIT": ({"amount_minor": 30_00, "finance_charges_minor": 5_00}, 35_00),
}  # fmt: skip


@pytest.mark.parametrize("rule_id", AMOUNTS)
def test_amounts_alone_are_answered_without_a_day(rule_id):
    values, amount = AMOUNTS[rule_id]

    due = apply(rule(rule_id), Facts("us", "dispute", values))

    assert (due.amount_minor, due.starts_on, due.due_on) == (amount, None, None)
    assert due.found == {}


def test_loss_without_a_day_or_an_amount_asks_for_the_day():
    with pytest.raises(LookupError, match='"loss_learned_on" is missing'):
        apply(rule("US-REGE-6B1-LOSS-2BD"), Facts("us", "dispute", {}))


def test_instant_without_an_offset_or_a_zone_names_the_fact():
    naive = {**NOTICE, "notice_received": datetime(2026, 3, 10, 23)}  # noqa: DTZ001 - the point
    aware = {**NOTICE, "notice_received": datetime(2026, 3, 10, 23, tzinfo=UTC)}

    assert {one.split(" is ")[0] for one in run(**naive)[1].values()} == {
        'The fact "notice_received"'
    }
    assert set(run(**naive)[1]) >= OLD
    assert "in the cardholder's time zone" in run(**aware)[1]["US-REGE-11C2-45D"]
