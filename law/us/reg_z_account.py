"""Regulation Z on the account around a dispute: statements, due dates, credits and refunds."""

from __future__ import annotations

from datetime import date
from functools import partial

from law import calendars
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace
from law.us.accounts import on_credit
from law.verdicts import timely


def credit_posted(facts: Facts, trace: Trace) -> date:
    """1026.12(e)(2): the issuer credits within 3 business days of the credit statement."""
    start = facts.day("merchant_credit_received")
    return trace.business_days(
        trace.start(start, "merchant's credit statement received", "收到商户退款凭证"), 3
    )


def merchant_sends_credit(facts: Facts, trace: Trace) -> date:
    """1026.12(e)(1): the merchant sends a credit statement within 7 business days."""
    start = facts.day("return_accepted_on")
    return trace.business_days(
        trace.start(start, "merchant accepted the return", "商户接受退货"), 7
    )


def refund_on_request(facts: Facts, trace: Trace) -> date:
    """1026.11(a)(2): a credit balance is refunded 7 business days after a written request."""
    start = facts.day("refund_requested_on")
    return trace.business_days(trace.start(start, "written request received", "收到书面申请"), 7)


def refund_untouched(facts: Facts, trace: Trace) -> date:
    """1026.11(a)(3): a good-faith effort to refund a credit balance left for 6 months."""
    start = facts.day("credit_balance_since")
    return trace.months(trace.start(start, "credit balance since", "溢缴款产生"), 6)


def due_date_rolls(facts: Facts, trace: Trace) -> Term:
    """1026.10(d): no mail on the due date: mail of the next business day is not late.

    The one roll in Regulation Z. Electronic payments taken that day do not get it.
    """
    due = trace.start(facts.day("payment_due_on"), "payment due", "到期还款日")
    if facts.flag("mail_taken"):
        trace.say("mail is taken that day: no roll", "当日收取邮件：不顺延")
        return Term(due)
    rolled = calendars.next_business_day_on_or_after(trace.calendar, due)
    trace.say(
        f"a mailed payment counts until the next business day {rolled}",
        f"邮寄付款于下一营业日{rolled}收到的不视为迟延",
    )
    return Term(rolled)


def statement_in_time(facts: Facts, trace: Trace) -> Term:
    """1026.5(b)(2)(ii): a statement leaves at least 21 days before its due date."""
    last = trace.days_before(
        trace.start(facts.day("payment_due_on"), "payment due", "到期还款日"), 21
    )
    sent = facts.day_or_none("statement_transmitted")
    return Term(last, verdict=timely(last, sent) if sent else "")


_rule = partial(
    Rule,
    severity="statutory",
    confidence="high",
    kinds=("dispute", "complaint", "enquiry"),
    when=on_credit,
)

RULES = (
    _rule(
        id="US-REGZ-12E-CREDIT-3BD", key="post_credit", starts="merchant_credit_received",
        due=credit_posted, citation="12 CFR 1026.12(e)(2)", ends=("account.credited",),
        name_en="Post a merchant's credit", name_zh="入账商户退款",
        text="The account is credited within 3 business days of the merchant's credit statement.",
        text_zh="收到商户退款单后3个营业日内入账。", warn_before_days=(1,),
    ),
    _rule(
        id="US-REGZ-12E-MERCHANT-7BD", key="expect_credit", starts="return_accepted_on",
        due=merchant_sends_credit, citation="12 CFR 1026.12(e)(1)", binds="merchant",
        ends=("account.credit_received",),
        name_en="Merchant sends the credit", name_zh="商户发送退款单",
        text="The merchant sends its credit statement within 7 business days of accepting a "
        "return.",
        text_zh="商户接受退货后7个营业日内发送退款单。",
    ),
    _rule(
        id="US-REGZ-11-CREDITBAL-7BD", key="refund_balance", starts="refund_requested_on",
        due=refund_on_request, citation="12 CFR 1026.11(a)(2)", ends=("account.refunded",),
        name_en="Refund a credit balance on request", name_zh="应书面请求退还溢缴款",
        text="A credit balance over $1 is refunded within 7 business days of a written request.",
        text_zh="超过1美元的溢缴款，收到书面请求后7个营业日内退还。", warn_before_days=(2,),
    ),
    _rule(
        id="US-REGZ-11-CREDITBAL-6M", key="refund_untouched", starts="credit_balance_since",
        due=refund_untouched, citation="12 CFR 1026.11(a)(3)", ends=("account.refunded",),
        name_en="Try to refund an untouched credit balance", name_zh="主动退还长期溢缴款",
        text="After a credit balance has stood for 6 months, the issuer tries in good faith to "
        "refund it.",
        text_zh="溢缴款留存满6个月后，发卡机构应善意设法退还。",
    ),
    _rule(
        id="US-REGZ-10D-DUEDATE-ROLL", key="due_date_rolls", starts="payment_due_on",
        due=due_date_rolls, citation="12 CFR 1026.10(d)", nature="verdict", binds="customer",
        name_en="Due date on a day without mail", name_zh="到期日不收邮件的顺延",
        text="Where no mail is taken on the due date, mail received on the next business day is "
        "not late.",
        text_zh="到期日不接收邮寄还款的，下一营业日收到的邮寄还款不视为逾期。",
    ),
    _rule(
        id="US-REGZ-5B2-STMT-21D", key="statement_in_time", starts="payment_due_on",
        due=statement_in_time, citation="12 CFR 1026.5(b)(2)(ii)", nature="verdict",
        name_en="Statement 21 days before the due date", name_zh="账单须提前21日寄出",
        text="A statement is mailed or delivered at least 21 days before its due date, or the "
        "payment may not be treated as late.",
        text_zh="账单须在到期日至少21日前寄出或送达，否则还款不得视为逾期。",
    ),
)  # fmt: skip
