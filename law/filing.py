"""Until when a dispute may be filed with its network, by its reason code."""

from __future__ import annotations

from datetime import timedelta

from law.facts import Facts
from law.rule import Term
from law.stages import Code
from law.trace import Trace

CAP_DAYS = 540
# The dated facts of a dispute, as a trace names them.
DATED = {
    "processing_on": ("transaction processed", "交易处理"),
    "expected_on": ("expected", "预计日期"),
    "received_goods_on": ("goods received", "收到商品"),
    "aware_on": ("became aware", "知悉"),
    "credit_promised_on": ("credit promised", "承诺退款"),
    "submitted_on": ("submitted", "已提交"),
    "represented_on": ("answered by the merchant", "商户已答复"),
    "pre_arbitration_on": ("pre-arbitration", "预仲裁"),
}


def last_day(code: Code, facts: Facts, days: int, trace: Trace) -> Term:
    """Count from processing, or from the later date that the code allows, never past 540 days."""
    processed = facts.day("processing_on", "the day on which the network processed it")
    start, what = processed, "processing_on"
    for name in code.counts_from:
        later = facts.day_or_none(name)
        if later is not None and later > start:
            start, what = later, name
    trace.start(start, *DATED[what])
    last = trace.days(start, days)
    if not code.counts_from:
        return Term(last)
    cap = processed + timedelta(CAP_DAYS)
    trace.say(
        f"never later than {cap}, {CAP_DAYS} days after processing on {processed}",
        f"最迟不超过{cap}，即{processed}处理之后{CAP_DAYS}日",
    )
    return Term(min(last, cap), latest_on=cap)
