"""Complaints to a bank in mainland China: decide, tell, review, and pass on from the regulator."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.cn import clock
from law.cn.clock import BANKING, CENTRAL_BANK, Clock, Regime
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

CBIRC = "《银行业保险业消费投诉处理管理办法》(银保监会令2020年第3号)"
PBOC = "《中国人民银行金融消费者权益保护实施办法》(人民银行令〔2020〕第5号)"


def complaint_clock(facts: Facts) -> Clock:
    """银保监会令2020年第3号, ch. 3: 15 days from receipt, 30 if complex, 60 with approval.

    事实清楚、争议情况简单的，自收到之日起15日内作出处理决定并告知投诉人，情况复杂的可以延长至
    30日；情况特别复杂的，经上级机构或总行高级管理人员审批并告知投诉人，可以再延长30日。
    Receipt anywhere in the bank starts it. Outside appraisal does not count if told (same
    chapter); new facts and reasons count anew; one complaint twice is joined.
    """
    return clock.run(BANKING, facts, facts.first_day("received", "notice_received"))


def central_bank_clock(facts: Facts) -> Clock:
    """人民银行令〔2020〕第5号, art. 43: 15 days from the transfer's receipt, at most 60.

    No 30-day step. The head of complaint handling approves; the complainant is told why.
    """
    return clock.run(CENTRAL_BANK, facts, facts.first_day("pbc_received", "received"))


def _is_complaint(facts: Facts) -> bool:
    """Any claim of rights against the bank itself (art. 2), whatever the house calls the case."""
    if facts.kind == "dispute":
        return facts.flag("against_issuer")
    return facts.text("source", "") != "pboc_transfer"


def _is_transfer(facts: Facts) -> bool:
    return facts.has("pbc_received") or facts.text("source", "") == "pboc_transfer"


def _at_step(regime: Regime, total: int, facts: Facts) -> bool:
    if regime is BANKING:
        return _is_complaint(facts) and complaint_clock(facts).total == total
    return _is_transfer(facts) and central_bank_clock(facts).total == total


def answer(regime: Regime, total: int, facts: Facts, trace: Trace) -> Term:
    """Give the clock's last day; for a step not taken, the day that it would give."""
    now = complaint_clock(facts) if regime is BANKING else central_bank_clock(facts)
    trace.start(now.started_on, "complaint received", "收到投诉")
    for note in now.notes:
        trace.say(*clock.WORDS[note])
    if now.total == total:
        last = now.deadline
    else:
        last = clock.last_day(now.started_on, total, clock.appraisals(facts))
    trace.say(f"{total} calendar days in all end on {last}", f"合计{total}个自然日于{last}届满")
    return Term(last)


def apply_for_review(facts: Facts, trace: Trace) -> date:
    """Ch. 3: within 30 days of receiving a branch's decision, in writing to the superior body.

    It binds the customer, so it is read generously: a closed last day moves forward (民法典 203).
    """
    return trace.days(
        trace.start(facts.day("decision_received"), "decision received", "收到处理决定"), 30
    )


def decide_review(facts: Facts, trace: Trace) -> date:
    """Ch. 3: the superior body decides and tells within 30 days of the request."""
    return trace.days(
        trace.start(facts.day("review_requested"), "review requested", "申请核查"), 30
    )


def pass_on(facts: Facts, trace: Trace) -> date:
    """Ch. 5: the regulator passes a complaint on within 7 working days of receiving it."""
    start = trace.start(
        facts.day("regulator_received"), "received by the regulator", "监管部门收到"
    )
    return trace.business_days(start, 7)


def keep_file(facts: Facts, trace: Trace) -> date:
    """人民银行令〔2020〕第5号, art. 44: kept 3 years from closing; the day after, it may go."""
    last = trace.years(trace.start(facts.day("closed_on"), "complaint closed", "投诉办结"), 3)
    return last + timedelta(1)


_rule = partial(Rule, severity="statutory", kinds=("complaint",))
_ENDS = ("complaint.respond", "complaint.withdraw", "dispute.resolve", "dispute.withdraw")


def _limit(
    regime: Regime, total: int, *, citation: str, name_en: str, name_zh: str, text: str,
    text_zh: str,
) -> Rule:  # fmt: skip
    """One step of a complaint clock; exactly one step of a regime applies at a time."""
    own = regime is BANKING
    return _rule(
        id=f"{regime.name.upper()}-{total}",
        key="respond",
        kinds=("complaint", "dispute") if own else ("complaint",),
        starts="received" if own else "pbc_received",
        or_starts=("notice_received",) if own else ("received",),
        due=partial(answer, regime, total),
        when=partial(_at_step, regime, total),
        confidence="certain",
        ends=_ENDS,
        warn_before_days=(5, 2, 1),
        citation=citation,
        name_en=name_en,
        name_zh=name_zh,
        text=text,
        text_zh=text_zh,
    )


RULES = (
    _limit(
        BANKING, 15, citation=f"{CBIRC} ch. 3",
        name_en="Decide a complaint and tell", name_zh="消费投诉处理决定(简单)",
        text="A clear and simple complaint is decided and the complainant told within 15 "
        "calendar days of receipt anywhere in the bank.",
        text_zh="事实清楚、争议情况简单的，自收到投诉之日起15日内作出处理决定并告知投诉人。",
    ),
    _limit(
        BANKING, 30, citation=f"{CBIRC} ch. 3",
        name_en="Decide a complex complaint and tell", name_zh="消费投诉处理决定(复杂)",
        text="A complex complaint may take 30 days in all, when extended before the 15th day ends.",
        text_zh="情况复杂的可以延长至30日，须在原期限届满前作出。",
    ),
    _limit(
        BANKING, 60, citation=f"{CBIRC} ch. 3",
        name_en="Decide an especially complex complaint and tell",
        name_zh="消费投诉处理决定(特别复杂)",
        text="With approval of the superior body or head office and word to the complainant, 60 "
        "days in all.",
        text_zh="情况特别复杂的，经上级机构或总行高级管理人员审批并告知投诉人，可以再延长30日。",
    ),
    _rule(
        id="CMP-REVIEW-APPLY", key="request_review", starts="decision_received",
        due=apply_for_review, confidence="high", binds="customer", nature="window", rolls=True,
        citation=f"{CBIRC} ch. 3", ends=("complaint.request_review",),
        name_en="Ask the superior body for a review", name_zh="申请核查期限",
        text="The complainant may ask the superior body in writing to review a branch's decision "
        "within 30 days of receiving it; a closed last day moves forward.",
        text_zh="自收到处理决定之日起30日内可向上级机构书面申请核查；末日为休息日的顺延。",
    ),
    _rule(
        id="CMP-REVIEW-DECIDE", key="decide_review", starts="review_requested",
        due=decide_review, confidence="high", citation=f"{CBIRC} ch. 3",
        ends=("complaint.decide_review",), warn_before_days=(7, 2),
        name_en="Decide the review and tell", name_zh="核查决定期限",
        text="The superior body decides the review and tells the complainant within 30 days.",
        text_zh="核查机构自收到申请之日起30日内作出核查决定并告知投诉人。",
    ),
    _rule(
        id="NFRA-TRANSFER-7WD", key="pass_on", starts="regulator_received", due=pass_on,
        confidence="high", binds="regulator", enabled=False, citation=f"{CBIRC} ch. 5",
        ends=("complaint.receive",),
        name_en="Regulator passes a complaint on", name_zh="监管部门转送消费投诉",
        text="The regulator passes a complaint on within 7 working days. It binds the regulator: "
        "off. Receipt by the bank starts the bank's own clock.",
        text_zh="监管部门自收到投诉之日起7个工作日内转送。约束监管机构，默认关闭。",
    ),
    _limit(
        CENTRAL_BANK, 15, citation=f"{PBOC} art. 43",
        name_en="Answer a complaint passed on by the central bank",
        name_zh="人民银行转交投诉答复",
        text="A complaint passed on by the central bank is answered within 15 days of its "
        "receipt.",
        text_zh="自收到人民银行分支机构转交的投诉之日起15日内答复投诉人。",
    ),
    _limit(
        CENTRAL_BANK, 60, citation=f"{PBOC} art. 43",
        name_en="Answer a complex complaint passed on by the central bank",
        name_zh="人民银行转交投诉答复(延长)",
        text="Approved by the head of complaint handling, with the reason told, 60 days at most.",
        text_zh="情况复杂的，经投诉处理工作负责人批准并告知理由，最长不得超过60日。",
    ),
    _rule(
        id="RET-COMPLAINT", key="keep_file", starts="closed_on", due=keep_file, nature="wait",
        confidence="certain", citation=f"{PBOC} art. 44",
        name_en="Keep a complaint's file", name_zh="投诉资料留存",
        text="A complaint's file is kept at least 3 years from its closing.",
        text_zh="投诉资料留存时间自投诉办结之日起不得少于3年。",
    ),
)  # fmt: skip
