"""Regulation Z, 12 CFR 1026.13: billing errors, from the consumer's notice to its answer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law import cycles
from law.facts import Facts, MissingFact
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_credit
from law.verdicts import say_timely, timely

NOTICE_DAYS = 60
CAP_DAYS = 90
REPAY_DAYS = 10
ENDED_BY = ("dispute.resolve", "dispute.withdraw")


def _is_notice(facts: Facts) -> bool:
    """A billing-error notice, unless compliance found that it is none or it names no error."""
    kinds = facts.values.get("regz_kinds")
    stands = facts.values.get("notice_stands") is not False
    return stands and (kinds is None or bool(kinds)) and on_credit(facts)


def _window(trace: Trace, start: date, notice: date | None) -> Term:
    last = trace.days(start, NOTICE_DAYS)
    if notice is None:
        return Term(last)
    say_timely(trace, last, notice, "the notice came on", "通知收到日为")
    return Term(last, verdict=timely(last, notice))


def notice_window(facts: Facts, trace: Trace) -> Term:
    """1026.13(b)(1): received no later than 60 days after the first statement was transmitted.

    Transmitted, not closed; received, not mailed. A held statement counts from the day it was
    first made available (comment 13(b)(1)-3). No roll: day 61 is late though day 60 is a Sunday.
    """
    start = trace.start(
        facts.day("statement_transmitted"), "first statement transmitted", "首份账单发出"
    )
    return _window(trace, start, facts.day_or_none("notice_received"))


def unsent_window(facts: Facts, trace: Trace) -> Term:
    """Comment 13(b)(1)-1: no statement was sent: 60 days from when it should have been.

    Once it is provided, another 60 days run for the errors that it shows.
    """
    should = trace.start(
        facts.day("statement_should_be_sent"), "statement should have been sent", "账单应寄出"
    )
    provided = facts.day_or_none("statement_provided")
    if provided is not None:
        should = trace.start(provided, "the missing statement was provided", "补寄缺失的账单")
    return _window(trace, should, facts.day_or_none("notice_received"))


def credit_window(facts: Facts, trace: Trace) -> Term:
    """Comment 13(b)(1)-2: a missing credit: 60 days from the statement that should show it."""
    start = facts.day("credit_statement_transmitted")
    trace.start(
        start, "statement that should show the credit transmitted", "应显示该笔入账的账单寄出"
    )
    return _window(trace, start, facts.day_or_none("notice_received"))


def _received(facts: Facts, trace: Trace) -> date:
    received = trace.start(facts.day("notice_received"), "notice received", "收到通知")
    sent = facts.day_or_none("statement_transmitted")
    if sent is not None and (received - sent).days > NOTICE_DAYS:
        # Duties do not start by law, yet the clock stays until a lawyer has looked at the case.
        late = (received - sent).days
        trace.say(
            f"the notice came {late} days after the statement: late",
            f"通知于账单发出{late}日后收到:逾期",
        )
    return received


def acknowledge(facts: Facts, trace: Trace) -> date:
    """1026.13(c)(1): written acknowledgement mailed or delivered within 30 days of receipt.

    Not needed when the case is resolved within the same 30 days. Sending counts. No roll.
    """
    return trace.days(_received(facts, trace), 30)


def resolve(facts: Facts, trace: Trace) -> Term:
    """1026.13(c)(2): within two complete billing cycles, in no event later than 90 days.

    A cycle running at receipt is not complete. One that begins on the day of receipt is
    ambiguous (comment 13(c)(2)-1): the cautious reading counts it. Nothing extends this.
    """
    received = _received(facts, trace)
    closings = facts.days("cycle_closings", "the account's closing dates, past and projected")
    cap = received + timedelta(CAP_DAYS)
    two = trace.complete_cycles(received, closings, 2)
    if two is None:
        if not closings or closings[-1] < cap:
            raise MissingFact("cycle_closings", f"projected closing dates up to {cap}")
        trace.say(
            "two complete billing cycles end later than the closing dates given",
            "两个完整账单周期的届满日晚于已提供的各账单日",
        )
    cap = trace.days(received, CAP_DAYS)
    literal = cycles.complete_cycles_end(received, closings, 2, cautious=False)
    other = min(cap, literal or cap)
    due = trace.earlier(two, cap) if two else cap
    return Term(due, other_reading_on=other if other != due else None)


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
            "在差错处理完毕且答复发出之前,没有截止日",
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
            "在案件答复且付款期限届满之前,没有截止日",
        )
        return Term()
    trace.say(f"written notice of what is owed sent {told}", f"应付款项书面通知于{told}发出")
    last = _repay_until(facts, trace, told)
    return Term(last, first_allowed_on=last + timedelta(1))


def no_acceleration(facts: Facts, trace: Trace) -> Term:
    """1026.13(d)(3): no acceleration, restriction or closure solely for disputing in good faith."""
    trace.start(facts.day("notice_received"), "right exercised", "行使权利")
    trace.say(
        "no end: an adverse step must have another ground", "没有截止日:采取不利措施须另有依据"
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


def address_in_time(facts: Facts, trace: Trace) -> Term:
    """1026.13(a)(7): an address received 20 days before the cycle's end must be used."""
    end = trace.start(facts.day("cycle_ended_on"), "billing cycle ends", "账单周期结束")
    last = trace.days_before(end, 20)
    given = facts.day_or_none("address_received_on")
    return Term(last, verdict=timely(last, given) if given else "")


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute",), when=on_credit
)
_window_rule = partial(
    _rule, binds="customer", nature="window", ends=("dispute.file",), when=_is_notice
)
_duty = partial(_rule, starts="notice_received", when=_is_notice)

RULES = (
    _window_rule(
        id="US-REGZ-13B1-NOTICE-60D", key="notice", starts="statement_transmitted",
        due=notice_window, citation="12 CFR 1026.13(b)(1)",
        name_en="Billing-error notice window", name_zh="账单错误通知期限",
        text="A written notice must reach the issuer within 60 days after the first statement "
        "with the error was transmitted.",
        text_zh="书面通知须在首份载有该错误的账单发出后60日内送达发卡机构。",
    ),
    _window_rule(
        id="US-REGZ-13B1-UNSENT-60D", key="notice_unsent", starts="statement_should_be_sent",
        due=unsent_window, citation="12 CFR 1026.13, comment 13(b)(1)-1",
        name_en="Notice window when no statement was sent", name_zh="未寄送账单时的通知期限",
        text="Without a statement the 60 days run from the day it should have been sent; once "
        "it is provided, another 60 days run.",
        text_zh="账单未寄送的,60日自应寄送之日起算;补寄后,就账单所载错误另有60日。",
    ),
    _window_rule(
        id="US-REGZ-13B1-CREDIT-60D", key="notice_credit", starts="credit_statement_transmitted",
        due=credit_window, citation="12 CFR 1026.13, comment 13(b)(1)-2",
        name_en="Notice window for a missing credit", name_zh="贷记未入账的通知期限",
        text="For a credit that does not appear, the 60 days run from the statement that should "
        "have shown it.",
        text_zh="贷记款项未显示的,60日自本应显示该款项的账单发出之日起算。",
    ),
    _duty(
        id="US-REGZ-13C1-ACK-30D", key="acknowledge", due=acknowledge,
        citation="12 CFR 1026.13(c)(1)", ends=("dispute.acknowledge", *ENDED_BY),
        name_en="Acknowledge the notice in writing", name_zh="书面确认收到通知",
        text="A written acknowledgement is mailed or delivered within 30 days of receipt, unless "
        "the case is resolved within them.",
        text_zh="收到通知后30日内寄出或送达书面确认,除非在此期间已处理完毕。",
        warn_before_days=(10, 5, 2),
    ),
    _duty(
        id="US-REGZ-13C2-RESOLVE-2CYC-90D", key="resolve", due=resolve,
        citation="12 CFR 1026.13(c)(2), comment 13(c)(2)-1", ends=ENDED_BY,
        name_en="Resolve the billing error", name_zh="处理完毕账单错误",
        text="The error is corrected, or investigated and explained in writing, within two "
        "complete billing cycles and never later than 90 days after receipt.",
        text_zh="在两个完整账单周期内、且最迟不超过收到通知后90日,更正错误或完成调查并书面说明。",
        warn_before_days=(30, 10, 5, 2),
    ),
    _duty(
        id="US-REGZ-13D1-NOCOLLECT", key="no_collection", due=no_collection,
        forbids=("collect", "charge"), ended_by="resolved_on",
        citation="12 CFR 1026.13(d)(1)", nature="prohibition", ends=ENDED_BY,
        name_en="No collection of the disputed amount", name_zh="不得催收争议金额",
        text="Until the case is resolved the issuer does not try to collect the disputed amount "
        "or charges on it; the undisputed part may be collected.",
        text_zh="处理完毕前,不得催收争议金额及相关费用;无争议部分可以催收。",
    ),
    _rule(
        id="US-REGZ-13D1-AUTOPAY-3BD", key="stop_autopay", starts="autopay_on", due=stop_autopay,
        citation="12 CFR 1026.13(d)(1)", binds="customer", nature="window", confidence="high",
        when=_is_notice, ends=("dispute.file",),
        name_en="Keep the disputed amount out of an automatic payment",
        name_zh="自动还款中剔除争议金额",
        text="A notice received up to 3 business days before a scheduled automatic payment keeps "
        "the disputed amount out of it.",
        text_zh="在自动还款日3个营业日之前收到通知的,该次自动还款不得包含争议金额。",
    ),
    _duty(
        id="US-REGZ-13D2-NOADVERSE", key="no_adverse_report", due=no_adverse_report,
        forbids=("report",),
        citation="12 CFR 1026.13(d)(2); 15 USC 1666a", nature="prohibition",
        ends=("dispute.withdraw",),
        name_en="No adverse credit report", name_zh="不得报送不良信用记录",
        text="Nothing adverse is reported or threatened because the disputed amount is unpaid, "
        "until the case is answered and the time to pay is over.",
        text_zh="答复且还款期届满之前,不得因争议金额未付而报送或威胁报送不良记录。",
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
        confidence="high", when=_is_notice,
        name_en="Earliest report of an unpaid amount", name_zh="最早可报送逾期之日",
        text="After the written notice of what is owed, the consumer has the disclosed time to "
        "pay without interest, at least 10 days, before a delinquency is reported.",
        text_zh="书面告知应付金额后,须给予约定的免息还款期(至少10日),其后方可报送逾期。",
    ),
    _rule(
        id="US-REGZ-13G4-REDISPUTE", key="redispute", starts="decided_notice_sent",
        due=redispute, citation="12 CFR 1026.13(g)(4); 15 USC 1666a(b)", nature="window",
        binds="customer", when=_is_notice, ends=("dispute.reassert",),
        name_en="Dispute the answer again", name_zh="再次提出争议",
        text="After a further written dispute in the time to pay, the amount is reported only as "
        "in dispute, and the consumer is told each recipient.",
        text_zh="还款期内再次书面争议的,只能以“有争议”报送,并告知消费者每一接收方。",
    ),
    _rule(
        id="US-REGZ-13A7-ADDRESS-20D", key="address_in_time", starts="cycle_ended_on",
        due=address_in_time, citation="12 CFR 1026.13(a)(7)", binds="customer", nature="verdict",
        name_en="Change of address early enough", name_zh="地址变更是否及时",
        text="A statement sent elsewhere is a billing error when the new address came in writing "
        "at least 20 days before the cycle ended.",
        text_zh="新地址在账单周期结束20日前书面送达的,未寄往该地址即为账单错误。",
    ),
)  # fmt: skip
