"""民法典: the general limitation period, and what starts it anew."""

from __future__ import annotations

from datetime import date

from law.facts import Facts
from law.rule import Rule
from law.trace import Trace


def sue(facts: Facts, trace: Trace) -> date:
    """Art. 188: 3 years from knowing of the breach; art. 195: a demand or promise starts anew.

    ``interruptions`` are the days of demands, acknowledgements, plans and part payments. One
    that comes after the time is over does not revive it.
    """
    start = trace.start(facts.day("breach_known_on"), "breach known", "知道权利受损")
    last = trace.years(start, 3)
    days = facts.every_day("interruptions") if facts.has("interruptions") else ()
    for day in sorted(one for one in days if one > start):
        if day <= last:
            trace.say(f"interrupted on {day}", f"{day}诉讼时效中断")
            last = trace.years(day, 3)
    return last


RULES = (
    Rule(
        id="CIV-3Y", key="sue", severity="statutory", confidence="medium", enabled=False,
        kinds=("account",), starts="breach_known_on", due=sue, nature="window",
        citation="《民法典》art. 188, 195", ends=("account.claim_filed",),
        name_en="General limitation period", name_zh="诉讼时效",
        text="A claim is brought within 3 years of knowing of the breach; a demand, an "
        "acknowledgement, a plan or a part payment starts the time anew. Unconfirmed: off until "
        "checked.",
        text_zh="诉讼时效期间为三年；请求履行、同意履行、达成还款计划或部分还款的，重新计算。未经核实，"
        "默认关闭。",
    ),
)  # fmt: skip
