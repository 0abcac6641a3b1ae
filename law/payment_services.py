"""Payment services: what PSD2 and the United Kingdom's taking-over of it ask alike.

Directive (EU) 2015/2366 stands in British law as the Payment Services Regulations 2017 (PSRs)
and, for complaints, as DISP 1.6.2AR. Each place's rules cite their own text.
"""

from __future__ import annotations

from datetime import date

from law.complaints import RECEIVED, SAID
from law.facts import Facts
from law.rule import Term
from law.trace import Trace
from law.verdicts import say_timely, timely

DEBITED = ("debited_on", "posted_on", "transaction_on")


def is_unauthorised(facts: Facts) -> bool:
    """Say whether the cardholder did not authorise the payment."""
    return facts.text("subtype", "") == "unauthorised_transaction"


def is_refundable(facts: Facts) -> bool:
    """PSD2 art 73(1), PSRs reg 76: unauthorised, no fraud reported in writing to the authority."""
    return is_unauthorised(facts) and not facts.flag("nca_notified")


def may_be_notified(facts: Facts) -> bool:
    """PSD2 art 71(1), PSRs reg 74(1): unauthorised or wrongly executed, the user informed."""
    wrong = is_unauthorised(facts) or facts.flag("incorrectly_executed")
    return wrong and not facts.flag("information_not_given")


def notify(facts: Facts, trace: Trace) -> Term:
    """PSD2 art 71(1), PSRs reg 74(1): 13 months after the debit.

    A month without that day ends on its last.
    """
    last = trace.months(trace.start(facts.first_day(*DEBITED), "account debited", "账户扣款"), 13)
    notice = facts.day_or_none("notice_received")
    if notice is None:
        return Term(last)
    say_timely(trace, last, notice, "the notice came on", "通知收到日为")
    return Term(last, verdict=timely(last, notice))


def outer_limit(
    reply: str, facts: Facts, trace: Trace, *, closing: tuple[str, str] | None = None
) -> date:
    """PSD2 art 101(2), DISP 1.6.2AR(2)(b): 35 business days after a holding reply within the 15.

    A holding reply after the 15 extends nothing: their last day stands. ``reply`` is what the
    English text calls it; ``closing`` is said of the 35 days, in English and Chinese.
    """
    start = trace.start(facts.first_day(*RECEIVED), *SAID)
    held = facts.day_or_none("holding_sent_on")
    first = trace.business_days(start, 15)
    if held is not None and held > first:
        trace.say(
            f"the {reply} of {held} came after them: it extends nothing",
            f"中间答复于{held}发出，晚于上述期限，不产生延长效力",
        )
        return first
    if held is not None:
        trace.say(f"{reply} sent in time on {held}", f"已于{held}按期发出中间答复")
    last = trace.business_days(start, 35)
    if closing:
        trace.say(*closing)
    return last
