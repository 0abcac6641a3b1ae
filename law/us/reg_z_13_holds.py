"""Regulation Z, 12 CFR 1026.13(d) and (g): what is held back while a dispute runs, and after."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace
from law.us.reg_z_13_errors import ENDED_BY, is_notice
from law.verdicts import timely

REPAY_DAYS = 10


def stop_autopay(facts: Facts, trace: Trace) -> Term:
    """1026.13(d)(1): a notice up to 3 business days before the payment keeps it out."""
    paid = trace.start(facts.day("autopay_on"), "automatic payment scheduled for", "约定自动扣款日")
    last = trace.business_days_before(paid, 3)
    notice = facts.day_or_none("notice_received")
    return Term(last, verdict=timely(last, notice) if notice else "")


def no_collection(facts: Facts, trace: Trace) -> Term:
    """1026.13(d)(1): the disputed part is not collected until resolved under (e) or (f).

    The undisputed part may be collected ((d)(4)). The whole day of receipt is inside.
    """
    trace.start(facts.day("notice_received"), "notice received", "收到通知")
    resolved = facts.day_or_none("resolved_on")
    if resolved is None:
        trace.say(
            "no end until the error is resolved and the answer has left",
            "在差错处理完毕且答复发出之前，没有截止日",
        )
        return Term()
    trace.say(f"the answer left on {resolved}", f"答复于{resolved}发出")
    return Term(resolved - timedelta(1), first_allowed_on=resolved)


def _repay_until(facts: Facts, trace: Trace, told: date) -> date:
    """1026.13(g)(3): the disclosed time to pay without finance charge, at least 10 days."""
    grace = facts.number("grace_days", "the disclosed days to pay without interest, 0 if none")
    return trace.later(trace.days(told, REPAY_DAYS), trace.days(told, grace))


def no_adverse_report(facts: Facts, trace: Trace) -> Term:
    """1026.13(d)(2), 15 USC 1666a: no adverse report, nor the threat of one.

    Two ends must both be reached: the case is answered, and the time to pay of (g) is over.
    """
    trace.start(facts.day("notice_received"), "notice received", "收到通知")
    told = facts.day_or_none("decided_notice_sent")
    if told is None:
        trace.say(
            "no end until the case is answered and the time to pay is over",
            "在案件答复且付款期限届满之前，没有截止日",
        )
        return Term()
    trace.say(f"written notice of what is owed sent {told}", f"应付款项书面通知于{told}发出")
    last = _repay_until(facts, trace, told)
    return Term(last, first_allowed_on=last + timedelta(1))


def no_acceleration(facts: Facts, trace: Trace) -> Term:
    """1026.13(d)(3): no acceleration, restriction or closure solely for disputing in good faith."""
    trace.start(facts.day("notice_received"), "right exercised", "行使权利")
    trace.say(
        "no end: an adverse step must have another ground", "没有截止日：采取不利措施须另有依据"
    )
    return Term()


def report_after(facts: Facts, trace: Trace) -> Term:
    """1026.13(g)(1)-(3): the first day on which an unpaid amount may be reported delinquent."""
    told = trace.start(
        facts.day("decided_notice_sent"),
        "written notice of what is owed sent",
        "发出应付款项书面通知",
    )
    first = _repay_until(facts, trace, told) + timedelta(1)
    trace.say(f"the first day after is {first}", f"其后第一日为{first}")
    return Term(first_allowed_on=first)


def redispute(facts: Facts, trace: Trace) -> Term:
    """1026.13(g)(4): a further written dispute in the time to pay binds every later report.

    The amount is then reported only as in dispute, the consumer is told each recipient at the
    same time, and any later resolution goes promptly to the same recipients.
    """
    told = trace.start(
        facts.day("decided_notice_sent"),
        "written notice of what is owed sent",
        "发出应付款项书面通知",
    )
    last = _repay_until(facts, trace, told)
    again = facts.day_or_none("redispute_received")
    if again is None:
        return Term(last)
    trace.say(f"further written dispute received {again}", f"于{again}再次收到书面异议")
    in_time = again <= last
    return Term(last, verdict="report_only_with_dispute_flag" if in_time else timely(last, again))


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute",), when=is_notice
)
_duty = partial(_rule, starts="notice_received")

RULES = (
    _duty(
        id="US-REGZ-13D1-NOCOLLECT", key="no_collection", due=no_collection,
        forbids=("collect", "charge"), ended_by="resolved_on",
        citation="12 CFR 1026.13(d)(1)", nature="prohibition", ends=ENDED_BY,
        name_en="No collection of the disputed amount", name_zh="不得催收争议金额",
        text="Until the case is resolved the issuer does not try to collect the disputed amount "
        "or charges on it; the undisputed part may be collected.",
        text_zh="处理完毕前，不得催收争议金额及相关费用；无争议部分可以催收。",
    ),
    _rule(
        id="US-REGZ-13D1-AUTOPAY-3BD", key="stop_autopay", starts="autopay_on", due=stop_autopay,
        citation="12 CFR 1026.13(d)(1)", binds="customer", nature="window", confidence="high",
        ends=("dispute.file",),
        name_en="Keep the disputed amount out of an automatic payment",
        name_zh="自动还款中剔除争议金额",
        text="A notice received up to 3 business days before a scheduled automatic payment keeps "
        "the disputed amount out of it.",
        text_zh="在自动还款日3个营业日之前收到通知的，该次自动还款不得包含争议金额。",
    ),
    _duty(
        id="US-REGZ-13D2-NOADVERSE", key="no_adverse_report", due=no_adverse_report,
        forbids=("report",),
        citation="12 CFR 1026.13(d)(2); 15 USC 1666a", nature="prohibition",
        ends=("dispute.withdraw",),
        name_en="No adverse credit report", name_zh="不得报送不良信用记录",
        text="Nothing adverse is reported or threatened because the disputed amount is unpaid, "
        "until the case is answered and the time to pay is over.",
        text_zh="答复且还款期届满之前，不得因争议金额未付而报送或威胁报送不良记录。",
    ),
    _duty(
        id="US-REGZ-13D3-NOACCEL", key="no_acceleration", due=no_acceleration,
        forbids=("accelerate", "restrict"),
        citation="12 CFR 1026.13(d)(3)", nature="prohibition",
        name_en="No acceleration or closure for disputing",
        name_zh="不得因争议提前收债或关闭账户",
        text="The debt is not accelerated and the account not restricted or closed solely "
        "because the consumer disputed in good faith.",
        text_zh="不得仅因消费者善意提出争议而要求提前清偿、限制或关闭账户。",
    ),
    _rule(
        id="US-REGZ-13G3-REPORT-AFTER-10D", key="report_after", starts="decided_notice_sent",
        due=report_after, citation="12 CFR 1026.13(g)(1)-(3); 15 USC 1666a(a)", nature="wait",
        confidence="high",
        name_en="Earliest report of an unpaid amount", name_zh="最早可报送逾期之日",
        text="After the written notice of what is owed, the consumer has the disclosed time to "
        "pay without interest, at least 10 days, before a delinquency is reported.",
        text_zh="书面告知应付金额后，须给予约定的免息还款期（至少10日），其后方可报送逾期。",
    ),
    _rule(
        id="US-REGZ-13G4-REDISPUTE", key="redispute", starts="decided_notice_sent",
        due=redispute, citation="12 CFR 1026.13(g)(4); 15 USC 1666a(b)", nature="window",
        binds="customer", ends=("dispute.reassert",),
        name_en="Dispute the answer again", name_zh="再次提出争议",
        text="After a further written dispute in the time to pay, the amount is reported only as "
        "in dispute, and the consumer is told each recipient.",
        text_zh="还款期内再次书面争议的，只能以“有争议”报送，并告知消费者每一接收方。",
    ),
)  # fmt: skip
