"""Fair Credit Reporting Act and Regulation V: disputes about what the issuer reports."""

from __future__ import annotations

from datetime import date
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

PERIOD_DAYS = 30
EXTENDED_DAYS = 45
DIRECT = "direct_dispute_received"


def _end(facts: Facts, trace: Trace, received: date, unknown: int) -> tuple[date, bool]:
    """A period "beginning on" the day of receipt counts it as day 1: 15 USC 1681i(a)(1)(A).

    (a)(1)(B): 15 more days when the consumer's information came within the first 30.
    """
    info = facts.day_or_none("info_received_on")
    if info is None:
        return trace.days_from(received, unknown), unknown == EXTENDED_DAYS
    first = trace.days_from(received, PERIOD_DAYS)
    if not received <= info <= first:
        trace.say(f"information came on {info}, outside them", f"资料于{info}收到，不在期内")
        return first, False
    trace.say(f"information came on {info}, within them", f"资料于{info}收到，在期内")
    return trace.days_from(received, EXTENDED_DAYS), True


def direct(unknown: int, facts: Facts, trace: Trace) -> Term:
    """12 CFR 1022.43(e)(3): finish a direct dispute and report to the consumer."""
    received = trace.start(facts.day(DIRECT), "direct dispute received", "收到直接异议")
    due, extended = _end(facts, trace, received, unknown)
    return Term(due, found={"extended": extended})


def indirect(facts: Facts, trace: Trace) -> Term:
    """15 USC 1681s-2(b)(2): before the bureau's own period ends, counted from its receipt."""
    received = trace.start(facts.day("bureau_received"), "bureau's receipt", "征信机构收到异议")
    due, extended = _end(facts, trace, received, PERIOD_DAYS)
    asked = facts.day_or_none("response_due_on")
    if asked is not None:
        trace.say(f"the bureau asks for the answer by {asked}", f"征信机构要求于{asked}前答复")
        due = trace.earlier(due, asked)
    return Term(due, found={"extended": extended})


def _extended(facts: Facts) -> bool:
    info = facts.day_or_none("info_received_on")
    return info is not None and 0 <= (info - facts.day(DIRECT)).days < PERIOD_DAYS


def _not_extended(facts: Facts) -> bool:
    return not _extended(facts)


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("dispute", "complaint"),
    ends=("dispute.resolve", "dispute.withdraw", "complaint.respond", "complaint.withdraw"),
    warn_before_days=(10, 5, 2),
)  # fmt: skip

RULES = (
    _rule(
        id="US-FCRA-DIRECT-30D", key="direct_dispute", starts=DIRECT, when=_not_extended,
        due=partial(direct, PERIOD_DAYS), citation="12 CFR 1022.43(e)(3); 15 USC 1681i(a)(1)(A)",
        name_en="Answer a direct dispute of a credit report", name_zh="答复信用记录直接异议",
        text="The investigation ends and its results are reported in the 30 days that begin on "
        "the day of receipt, which is day 1.",
        text_zh="自收到之日（第1日）起30日内完成调查并告知结果。",
    ),
    _rule(
        id="US-FCRA-DIRECT-45D", key="direct_dispute_extended", starts=DIRECT, when=_extended,
        due=partial(direct, EXTENDED_DAYS), citation="15 USC 1681i(a)(1)(B)",
        name_en="Answer a direct dispute after further information",
        name_zh="补充资料后答复直接异议",
        text="Relevant information from the consumer in the first 30 days gives 15 more days.",
        text_zh="消费者在前30日内提供相关资料的，延长15日。",
    ),
    _rule(
        id="US-FCRA-FRIVOLOUS-5BD", key="frivolous", starts="frivolous_determined_on",
        due=after("business_days", 5, "frivolous_determined_on",
                  said=("determined to be frivolous", "认定异议无理由")),
        citation="12 CFR 1022.43(f)(2)", warn_before_days=(2,),
        name_en="Tell the consumer that a dispute is frivolous", name_zh="告知异议无理由",
        text="The consumer is told, with reasons and what is missing, within 5 business days of "
        "the determination.",
        text_zh="认定后5个营业日内告知消费者，并说明理由及所缺资料。",
    ),
    _rule(
        id="US-FCRA-INDIRECT", key="bureau_dispute", starts="bureau_received", due=indirect,
        citation="15 USC 1681s-2(b)(2), 1681i(a)(1)-(2)", confidence="high",
        name_en="Answer a dispute that a bureau forwards", name_zh="答复征信机构转来的异议",
        text="The results reach the bureau in the 30 days that begin on its own receipt, 45 after "
        "further information, and by the date it names where that is earlier.",
        text_zh="自征信机构收到之日起30日内（补充资料后45日）答复；其指定日期较早的，从其指定。",
    ),
)  # fmt: skip
