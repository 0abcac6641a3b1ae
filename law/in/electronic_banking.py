"""Unauthorised electronic banking: the circular of 2017 and the directions that follow in 2027.

The day of the transaction chooses the version: to 2026-12-31 the circular of 6 July 2017, from
2027-01-01 RBI/2026-27/167 of 24 June 2026.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

LIMITING = "RBI DBR.No.Leg.BC.78/09.07.005/2017-18 of 6 July 2017"
CONDUCT_2027 = "RBI/2026-27/167 of 24 June 2026 (Third Amendment Directions)"
SMALL_LIMIT = 5_00_000_00  # Rs 5 lakh, in paise; "up to" includes it
CAP_SMALL, CAP_LARGE = 10_000_00, 25_000_00  # paise
RECEIVED = ("notice_received", "received")
OVER = ("dispute.resolve", "dispute.withdraw")


def liability_cap(card_limit: int) -> int:
    """Return the most that a report on day 4 to 7 leaves with a card's holder, in paise."""
    return CAP_SMALL if card_limit <= SMALL_LIMIT else CAP_LARGE


def report(facts: Facts, trace: Trace) -> Term:
    """Paras 6 to 9: within 3 working days of the alert nothing is owed, to the 7th a cap.

    Later the bank's board decides. The day of the alert is not counted. The report is dated by
    the fact acted_on, else notice_received; the cap reads card_limit_minor, in paise.
    """
    alert = trace.start(facts.day("alert_received_on"), "alert received", "收到交易提醒")
    last = trace.business_days(alert, 3)
    reported = next((facts.day(n) for n in ("acted_on", "notice_received") if facts.has(n)), None)
    if reported is None:
        return Term(last)
    if reported <= last:
        trace.say(f"reported {reported}: no liability", f"{reported}报告：客户不承担责任")
        return Term(last, amount_minor=0, found={"tier": "zero"})
    if reported <= trace.business_days(alert, 7):
        trace.say(f"reported {reported}: limited liability", f"{reported}报告：客户承担有限责任")
        return Term(last, amount_minor=_capped(facts), found={"tier": "capped"})
    trace.say(f"reported {reported}: as the board's policy says", f"{reported}报告：按董事会政策")
    return Term(last, found={"tier": "board_policy"})


def _capped(facts: Facts) -> int | None:
    if not facts.has("card_limit_minor"):
        return None
    cap = liability_cap(facts.number("card_limit_minor", "the card's limit in paise"))
    if not facts.has("amount_minor"):
        return cap
    return min(cap, facts.number("amount_minor", "the amount in paise"))


def _unauthorised(facts: Facts) -> bool:
    return facts.text("subtype", "") == "unauthorised_transaction"


def _domestic(facts: Facts) -> bool:
    return _unauthorised(facts) and not facts.flag("cross_border")


def _cross_border(facts: Facts) -> bool:
    return _unauthorised(facts) and facts.flag("cross_border")


_rule = partial(
    Rule, severity="statutory", kinds=("dispute",), when=_unauthorised,
    dated_by=("transaction_on",), starts="notice_received", or_starts=("received",),
)  # fmt: skip
_to_2026 = partial(_rule, in_force=(date(2017, 7, 6), date(2026, 12, 31)))
_from_2027 = partial(_rule, in_force=(date(2027, 1, 1), None), citation=CONDUCT_2027)
_reported = {"nature": "window", "binds": "customer", "key": "report_transaction",
             "starts": "alert_received_on", "or_starts": (),
             "ends": ("dispute.file", "dispute.withdraw")}  # fmt: skip
_NOTIFIED = ("customer's notice received", "收到客户通知")
_COMPLAINT = ("complaint received", "收到投诉")

RULES = (
    _to_2026(
        id="IN-UNAUTH-3WD", due=report, confidence="certain", citation=f"{LIMITING}, paras 6-9",
        **_reported,
        name_en="Report an unauthorised transaction", name_zh="报告未经授权交易",
        text="A customer who reports within 3 working days of the bank's alert owes nothing; on "
        "working days 4 to 7 a capped sum; later what the bank's board has decided.",
        text_zh="自收到银行提醒起3个工作日内报告的，客户不承担责任；第4至第7个工作日报告的，承担"
        "限额责任；更迟的，按银行董事会政策处理。",
    ),
    _to_2026(
        id="IN-SHADOW-10WD", key="credit", confidence="certain", citation=f"{LIMITING}, para 9",
        due=after("business_days", 10, *RECEIVED, said=_NOTIFIED),
        ends=("dispute.grant_credit", *OVER), warn_before_days=(3, 1),
        name_en="Credit the amount for the time being", name_zh="影子冲正",
        text="The amount is credited within 10 working days of the customer's notice, value-dated "
        "to the transaction, without waiting for insurance.",
        text_zh="自客户通知起10个工作日内先行入账，起息日为交易日，不等待保险理赔。",
    ),
    _to_2026(
        id="IN-UNAUTH-90D", key="resolve", confidence="high", citation=f"{LIMITING}, para 10",
        due=after("days", 90, *RECEIVED, said=_COMPLAINT), ends=OVER, warn_before_days=(14, 3),
        name_en="Resolve an unauthorised transaction", name_zh="未经授权交易处理期限",
        text="The complaint is resolved and liability fixed within 90 days of its receipt; else "
        "the customer is compensated.",
        text_zh="自收到投诉起90日内处理完毕并确定责任；否则补偿客户。",
    ),
    _from_2027(
        id="IN-EBT27-REPORT-5D", confidence="medium", enabled=False,
        due=after("days", 5, "alert_received_on", said=("alert received", "收到交易提醒")),
        **_reported,
        name_en="Report a fraudulent electronic transaction", name_zh="报告欺诈电子交易",
        text="From 2027 a fraudulent electronic transaction is reported within 5 calendar days. "
        "Unconfirmed: off until checked.",
        text_zh="自2027年起，欺诈电子交易须于5个自然日内报告。未经核实，默认关闭。",
    ),
    _from_2027(
        id="IN-EBT27-45D", key="resolve", confidence="high", when=_domestic,
        due=after("days", 45, *RECEIVED, said=_COMPLAINT), ends=OVER, warn_before_days=(14, 3),
        name_en="Investigate a domestic transaction and tell the outcome",
        name_zh="境内电子交易调查及告知",
        text="From 2027 a domestic transaction is investigated and the outcome told within 45 "
        "days of the complaint.",
        text_zh="自2027年起，境内交易自收到投诉起45日内调查并告知结果。",
    ),
    _from_2027(
        id="IN-EBT27-60D", key="resolve", confidence="high", when=_cross_border,
        due=after("days", 60, *RECEIVED, said=_COMPLAINT), ends=OVER, warn_before_days=(14, 3),
        name_en="Investigate a cross-border transaction and tell the outcome",
        name_zh="跨境电子交易调查及告知",
        text="From 2027 a cross-border transaction is investigated and the outcome told within 60 "
        "days of the complaint.",
        text_zh="自2027年起，跨境交易自收到投诉起60日内调查并告知结果。",
    ),
)  # fmt: skip
