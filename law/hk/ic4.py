"""HKMA Supervisory Policy Manual IC-4: complaints. The numbers are bank practice under it: off."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from law.complaints import ANSWERED, RECEIVED, SAID
from law.counts import after
from law.facts import Facts
from law.rule import Rule
from law.trace import Trace


def _is_held(facts: Facts) -> bool:
    """An interim reply with reasons and an expected date was sent within the 30 days."""
    held = facts.day_or_none("holding_sent_on")
    return held is not None and held <= facts.first_day(*RECEIVED) + timedelta(30)


def _is_unheld(facts: Facts) -> bool:
    return not _is_held(facts)


def respond_complicated(facts: Facts, trace: Trace) -> date:
    """60 days of receipt in a complicated case, after an interim reply by day 30."""
    start = trace.start(facts.first_day(*RECEIVED), *SAID)
    trace.days(start, 30)
    held = facts.day_or_none("holding_sent_on")
    if held is not None:
        trace.say(f"interim reply sent on {held}", f"已于{held}发出中期答复")
    return trace.days(start, 60)


_rule = partial(
    Rule, severity="statutory", confidence="medium", enabled=False, kinds=("complaint",),
    starts="received", or_starts=("notice_received",), citation="HKMA SPM IC-4",
)  # fmt: skip

RULES = (
    _rule(
        id="HK-IC4-7D", key="acknowledge", due=after("days", 7, *RECEIVED, said=SAID),
        ends=("complaint.acknowledge", *ANSWERED), warn_before_days=(2,),
        name_en="Acknowledge the complaint", name_zh="确认收到投诉",
        text="A complaint is acknowledged within 7 calendar days. Unconfirmed: off until checked.",
        text_zh="投诉于7个自然日内确认收到。未经核实，默认关闭。",
    ),
    _rule(
        id="HK-IC4-30D", key="respond", due=after("days", 30, *RECEIVED, said=SAID),
        when=_is_unheld, ends=(*ANSWERED, "complaint.extend"), warn_before_days=(7, 2),
        name_en="Final response in 30 days", name_zh="三十日内作出最终答复",
        text="The final response leaves within 30 calendar days. Unconfirmed: off until checked.",
        text_zh="最终答复于30个自然日内发出。未经核实，默认关闭。",
    ),
    _rule(
        id="HK-IC4-60D", key="respond_complicated", due=respond_complicated, when=_is_held,
        ends=ANSWERED, warn_before_days=(14, 7, 2),
        name_en="Final response in a complicated case", name_zh="复杂个案的最终答复",
        text="After an interim reply with reasons and an expected date, within 60 calendar days "
        "of receipt. Unconfirmed: off until checked.",
        text_zh="已发出说明理由和预计日期的中期答复的，于收到后60个自然日内作出最终答复。"
        "未经核实，默认关闭。",
    ),
)  # fmt: skip
