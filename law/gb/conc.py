"""FCA Handbook, CONC 7: arrears, forbearance, and debts that are disputed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from law.counts import no_date
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

ONE_DAY = timedelta(1)


def pause_for_plan(facts: Facts, trace: Trace) -> Term:
    """CONC 7.3.12G: 30 days without pursuit, 30 more where progress is shown.

    The last day itself is still inside. A plan that is delivered ends the pause before.
    """
    start = trace.start(
        facts.day("plan_told_on"), "told of a plan in the making", "获悉正在制定方案："
    )
    last = trace.days(start, 30)
    extended = start + timedelta(60)
    if facts.flag("progress_shown"):
        trace.say("progress is shown: 30 days more", "有证据表明已有进展：再延长30日")
        last = trace.days(start, 60)
    delivered = facts.day_or_none("plan_delivered_on")
    if delivered is not None and delivered <= last:
        trace.say(f"the plan came on {delivered}", f"方案于{delivered}提交")
        last = delivered - ONE_DAY
    return Term(last, first_allowed_on=last + ONE_DAY, found={"extended_due": extended})


def suspend_recovery(facts: Facts, trace: Trace) -> Term:
    """CONC 7.14.1R: no step to recover a disputed debt until the outcome has been given."""
    start = facts.first_day("debt_disputed_on", "notice_received")
    trace.start(start, "debt disputed", "对债务提出异议")
    given = facts.day_or_none("outcome_given_on")
    if given is None:
        trace.say("no end until the outcome is given", "在告知调查结果之前，没有截止日")
        return Term()
    trace.say(f"outcome given on {given}", f"调查结果于{given}告知")
    return Term(given - ONE_DAY, first_allowed_on=given)


_rule = partial(Rule, severity="statutory", confidence="certain")

RULES = (
    _rule(
        id="UK-CONC-7.3.12-30D", key="pause_for_plan", kinds=("hardship", "contact"),
        starts="plan_told_on", due=pause_for_plan, nature="prohibition", confidence="medium",
        enabled=False, ended_by="plan_delivered_on", forbids=("collect", "contact", "enforce"),
        citation="FCA CONC 7.3.11R, 7.3.12G", ends=("plan.offer", "plan.decline"),
        name_en="Pause while a plan is made", name_zh="制定还款方案期间暂停追讨",
        text="Active pursuit of the debt rests for a reasonable time while a repayment plan is "
        "made: generally 30 days, and 30 more where progress is shown. Unconfirmed: off until "
        "checked.",
        text_zh="制定还款方案期间，应在合理时间内暂停积极追讨：一般为30日，有进展的再延长30日。"
        "未经核实，默认关闭。",
    ),
    _rule(
        id="UK-CONC-7.14.1-DISPUTED", key="suspend_recovery", due=suspend_recovery,
        kinds=("dispute", "complaint", "hardship", "contact"), starts="debt_disputed_on",
        or_starts=("notice_received",), nature="prohibition", ended_by="outcome_given_on",
        forbids=("collect", "contact", "enforce"), ends=("dispute.resolve", "dispute.withdraw"),
        citation="FCA CONC 7.14.1R-7.14.5R",
        name_en="No recovery of a disputed debt", name_zh="不得追讨有异议的债务",
        text="Every step to recover a debt rests while it is disputed on grounds that are or may "
        "be valid, until it has been investigated and the outcome given.",
        text_zh="债务因成立或可能成立的理由被提出异议的，在完成调查并告知结果之前，"
        "须暂停一切追讨措施。",
    ),
    _rule(
        id="UK-CONC-7.3-FORBEARANCE", key="forbear", kinds=("hardship", "contact", "plan"),
        starts="hardship_notice_received", or_starts=("received",), due=no_date, nature="duty",
        citation="FCA CONC 7.3.2G-7.3.10R",
        name_en="Treat who cannot pay with forbearance", name_zh="对还款困难客户予以宽容对待",
        text="A customer in or near arrears is treated with forbearance and due consideration: "
        "more time, reduced or waived interest, token payments; no pressure to pay at once or in "
        "unreasonably large sums.",
        text_zh="对已拖欠或即将拖欠的客户应宽容并给予适当考虑：给予更多时间、减免利息、"
        "接受象征性还款；不得施压要求一次付清或支付过高金额。",
    ),
)  # fmt: skip
