"""Reserve Bank of India on cards: failed transactions (2019), issuance and conduct (2022)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

ONE_DAY = timedelta(1)
TAT = "RBI DPSS.CO.PD No.629 of 20 September 2019 (turn-around time), Annex"
CONDUCT = "RBI (Credit Card and Debit Card - Issuance and Conduct) Directions, 2022"
A_DAY_OF_REVERSAL = 100_00  # paise
A_DAY_OF_CLOSURE = 500_00  # paise
Count = Callable[[Facts, Trace], date]
DEBITED = ("transaction date T", "交易日T")
CLOSURE = ("closure request received", "收到销卡申请")


def late_days(last: date, acted_on: date) -> int:
    """Return by how many calendar days an act came after its last day; 0 when in time."""
    return max(0, (acted_on - last).days)


def with_compensation(count: Count, a_day: int, facts: Facts, trace: Trace) -> Term:
    """Add what each calendar day beyond the last costs, in paise, from the fact acted_on.

    The circulars have it credited to the customer without a claim (suo motu).
    """
    last = count(facts, trace)
    acted_on = facts.day_or_none("acted_on")
    if acted_on is None:
        return Term(last)
    late = late_days(last, acted_on)
    owed = late * a_day
    trace.say(
        f"done on {acted_on}, {late} days late: Rs {owed // 100} are owed",
        f"{acted_on}完成，逾期{late}日：应付{owed // 100}卢比",
    )
    return Term(last, found={"days_late": late, "compensation_minor": owed})


def past_due(facts: Facts, trace: Trace) -> Term:
    """Reporting paras: past due, and charged for it, only after more than three days."""
    start = trace.start(facts.day("payment_due_on"), "payment due", "到期还款日")
    last = trace.days(start, 3)
    return Term(last, first_allowed_on=last + ONE_DAY)


def _failed(facts: Facts) -> bool:
    return facts.flag("failed_transaction")


def _card_to_card(facts: Facts) -> bool:
    return facts.flag("card_to_card")


def _all_paid(facts: Facts) -> bool:
    return not facts.flag("dues_outstanding")


_rule = partial(Rule, severity="statutory")
_reversal = partial(
    _rule, kinds=("dispute",), starts="transaction_on", key="reverse", confidence="certain",
    citation=TAT, in_force=(date(2019, 10, 15), None), warn_before_days=(1,),
    ends=("account.credited", "account.refunded", "dispute.resolve", "dispute.withdraw"),
)  # fmt: skip

RULES = (
    _reversal(
        id="IN-TAT-T5", when=_failed,
        due=partial(with_compensation, after("days", 5, "transaction_on", said=DEBITED),
                    A_DAY_OF_REVERSAL),
        name_en="Reverse a failed card transaction", name_zh="失败卡交易自动冲正",
        text="A card transaction that failed after the debit (shop, online or cash machine) is "
        "reversed by T+5 calendar days; each day beyond costs Rs 100, credited without a claim.",
        text_zh="扣款后失败的卡交易（商户、线上、取款机）须于T+5个自然日内冲正；每逾期一日主动"
        "补偿100卢比。",
    ),
    _reversal(
        id="IN-TAT-C2C-T1", when=_card_to_card,
        due=partial(with_compensation, after("days", 1, "transaction_on", said=DEBITED),
                    A_DAY_OF_REVERSAL),
        name_en="Reverse a card-to-card transfer that did not arrive",
        name_zh="卡间转账未到账冲正",
        text="A card-to-card transfer that was debited and not credited is reversed by T+1 "
        "calendar day; each day beyond costs Rs 100, credited without a claim.",
        text_zh="卡间转账已扣款未到账的，须于T+1个自然日内冲正；每逾期一日主动补偿100卢比。",
    ),
    _rule(
        id="IN-CC-BILL-30D", key="explain_bill", kinds=("dispute",), confidence="certain",
        starts="notice_received", or_starts=("received",),
        due=after("days", 30, "notice_received", "received", said=("bill protested", "账单异议")),
        citation=f"{CONDUCT}, billing", in_force=(date(2022, 7, 1), None),
        ends=("dispute.resolve", "dispute.withdraw"), warn_before_days=(7, 2),
        name_en="Explain a protested bill with evidence", name_zh="账单异议答复及举证",
        text="A bill that the cardholder protests is explained, with documentary evidence, within "
        "30 days of the complaint.",
        text_zh="持卡人对账单提出异议的，须自投诉之日起30日内说明并提供书面证据。",
    ),
    _rule(
        id="IN-CC-CLOSE-7WD", key="close_card", kinds=("enquiry",), confidence="high",
        starts="closure_requested_on", when=_all_paid,
        due=partial(with_compensation,
                    after("business_days", 7, "closure_requested_on", said=CLOSURE),
                    A_DAY_OF_CLOSURE),
        citation=f"{CONDUCT}, closure", in_force=(date(2022, 7, 1), None),
        ends=("ticket.resolve",), warn_before_days=(2,),
        name_en="Close a card on request", name_zh="按申请销卡",
        text="A card is closed, and the cardholder told, within 7 working days of the request "
        "when all dues are paid; each calendar day of delay costs Rs 500.",
        text_zh="欠款结清的，自收到申请起7个工作日内销卡并告知；每逾期一个自然日须支付500卢比。",
    ),
    _rule(
        id="IN-CC-PASTDUE-3D", key="report_past_due", kinds=("account", "payment"),
        confidence="high", nature="wait", starts="payment_due_on", due=past_due,
        citation=f"{CONDUCT}, reporting", in_force=(date(2022, 7, 1), None),
        forbids=("report", "charge"),
        name_en="Wait before reporting or charging a late payment",
        name_zh="逾期报送与收费的等待期",
        text="An account is reported as past due, or charged for it, only when it has been past "
        "due for more than three days.",
        text_zh="逾期超过三日的，方可报送逾期记录或收取逾期费用。",
    ),
)  # fmt: skip
