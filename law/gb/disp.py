"""FCA Handbook, DISP: complaints, from receipt to the Ombudsman.

A business day is no Saturday, Sunday, Christmas Day, Good Friday or bank holiday in that part of
the United Kingdom. The day of receipt is never moved, weekend or not: the guidance that allowed
it (DISP 1.5.3G) is gone.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from law.complaints import ANSWERED, RECEIVED, SAID
from law.counts import after, no_date
from law.facts import Facts
from law.payment_services import outer_limit
from law.rule import Rule, Term
from law.trace import Trace
from law.verdicts import timely


def is_open(facts: Facts) -> bool:
    """Say whether DISP 1.6 runs: not once the complaint was settled within DISP 1.5."""
    return not facts.flag("resolved_by_third_day")


def is_general(facts: Facts) -> bool:
    """Say whether the eight weeks run: the complaint is no payment-services complaint."""
    return is_open(facts) and not facts.flag("payment_services")


def is_payments(facts: Facts) -> bool:
    """Say whether the 15 days run: a payment-services complaint without a holding response."""
    return is_open(facts) and facts.flag("payment_services") and not facts.has("holding_sent_on")


def is_held(facts: Facts) -> bool:
    """Say whether a holding response to a payment-services complaint was sent."""
    return is_open(facts) and facts.flag("payment_services") and facts.has("holding_sent_on")


def summary_resolution(facts: Facts, trace: Trace) -> date:
    """DISP 1.5.1R: close of business on the third business day after the day of receipt."""
    last = trace.business_days(trace.start(facts.first_day(*RECEIVED), *SAID), 3)
    trace.say("it ends at close of business, not at midnight", "于该日营业结束时届满，而非午夜")
    return last


def refer(facts: Facts, trace: Trace) -> Term:
    """DISP 2.8.2R(1): six months after the final response was sent; no day of that number: last."""
    sent = facts.first_day("final_response_sent", "decision_sent", "summary_resolution_sent")
    last = trace.months(trace.start(sent, "final response sent", "发出最终答复"), 6)
    referred = facts.day_or_none("referred_on")
    return Term(last, verdict=timely(last, referred) if referred else "")


def _has_wording(facts: Facts) -> bool:
    """Without the prescribed words about the Ombudsman the six months do not start."""
    return not facts.flag("ombudsman_wording_missing")


_rule = partial(
    Rule, severity="statutory", confidence="certain", kinds=("complaint",), starts="received",
    or_starts=("notice_received",),
)  # fmt: skip

RULES = (
    _rule(
        id="UK-DISP-1.5-3BD", key="summary_resolution", due=summary_resolution, nature="window",
        citation="FCA DISP 1.5.1R, 1.5.2AR, 1.5.4R", warn_before_days=(1,),
        ends=("complaint.summary_resolve", "complaint.withdraw"),
        name_en="Settle the complaint in three days", name_zh="三日内简易解决投诉",
        text="A complaint whose resolution the customer accepts by close of business on the third "
        "business day after receipt needs only a summary resolution communication. Missed: all "
        "limits run from the first receipt.",
        text_zh="客户于收到投诉后第三个营业日营业结束前接受解决方案的，仅须发出简易解决通知；"
        "未能做到的，各项期限自最初收到之日起算。",
    ),
    _rule(
        id="UK-DISP-1.6.1-ACK", key="acknowledge", due=no_date, nature="duty", when=is_open,
        citation="FCA DISP 1.6.1R", ends=("complaint.acknowledge", *ANSWERED),
        name_en="Acknowledge the complaint promptly", name_zh="及时书面确认收到投诉",
        text="A prompt written acknowledgement; from 2026-06-01 it also states the time limit that "
        "applies: 15 or 35 business days for payment services, else eight weeks. Then the "
        "customer is kept informed.",
        text_zh="及时发出书面确认；自2026年6月1日起，确认书还须写明适用的期限："
        "支付服务投诉为15或35个营业日，其他为八周。其后应持续告知进展。",
    ),
    _rule(
        id="UK-DISP-1.6.2-8W", key="respond", when=is_general, citation="FCA DISP 1.6.2R",
        due=after("weeks", 8, *RECEIVED, said=SAID), ends=(*ANSWERED, "complaint.extend"),
        warn_before_days=(14, 7, 2),
        name_en="Final response in eight weeks", name_zh="八周内作出最终答复",
        text="By the end of eight weeks after receipt the customer has a final response, or a "
        "letter that says why not and that the Ombudsman is open.",
        text_zh="自收到投诉之日起八周届满前，须发出最终答复，或发函说明原因并告知可向申诉专员投诉。",
    ),
    _rule(
        id="UK-DISP-1.6.2A-15BD", key="respond", when=is_payments,
        citation="FCA DISP 1.6.2AR(1)-(2)(a)", due=after("business_days", 15, *RECEIVED, said=SAID),
        ends=(*ANSWERED, "complaint.extend"), warn_before_days=(5, 2, 1),
        name_en="Payment complaint: answer in 15 days", name_zh="支付服务投诉十五个营业日内答复",
        text="A complaint about payment services or electronic money is answered within 15 "
        "business days of receipt; a holding response only in exceptional circumstances.",
        text_zh="支付服务或电子货币投诉须于收到后15个营业日内答复；仅在特殊情况下可先作中间答复。",
    ),
    _rule(
        id="UK-DISP-1.6.2A-35BD", key="respond_after_holding", when=is_held,
        due=partial(outer_limit, "holding response"), citation="FCA DISP 1.6.2AR(2)(b)",
        ends=ANSWERED, warn_before_days=(10, 5, 2),
        name_en="Payment complaint: outer limit", name_zh="支付服务投诉最长期限",
        text="After a holding response within the 15 days the final response is due within 35 "
        "business days of receipt of the complaint. A later holding response extends nothing.",
        text_zh="在15个营业日内已作中间答复的，最终答复须于收到投诉后35个营业日内发出；"
        "逾期作出的中间答复不产生延长效力。",
    ),
    _rule(
        id="UK-DISP-2.8.2-FOS-6M", key="refer", starts="final_response_sent", nature="window",
        or_starts=("decision_sent", "summary_resolution_sent"), due=refer, binds="customer",
        confidence="high", when=_has_wording, citation="FCA DISP 2.8.2R(1)",
        ends=("complaint.request_review",),
        name_en="Go to the Ombudsman", name_zh="向金融申诉专员投诉的期限",
        text="The customer may go to the Financial Ombudsman Service within six months after the "
        "final response was sent, if it said so in the prescribed words.",
        text_zh="最终答复载有规定内容的，客户可自其发出之日起六个月内向金融申诉专员服务机构投诉。",
    ),
)  # fmt: skip
