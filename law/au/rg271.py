"""ASIC Regulatory Guide 271 (Instrument 2020/98): internal dispute resolution.

Where a last day is closed, section 36(2) of the Acts Interpretation Act 1901 may allow the next
working day; no date here relies on it.
"""

from __future__ import annotations

from datetime import UTC, date
from functools import partial

from law.complaints import ANSWERED, RECEIVED, SAID
from law.counts import after
from law.facts import Facts, zone_named
from law.rule import Rule, Term
from law.trace import Trace

FROM = date(2021, 10, 5)


def is_urgent(facts: Facts) -> bool:
    """Say whether the 21 days run: hardship, a default notice, or enforcement to be postponed."""
    return any(map(facts.flag, ("hardship", "default_notice", "postponement_of_enforcement")))


def _is_standard(facts: Facts) -> bool:
    return not is_urgent(facts)


def _may_close_fast(facts: Facts) -> bool:
    return not facts.flag("hardship") and not facts.flag("written_response_requested")


def acknowledge(facts: Facts, trace: Trace) -> Term | date:
    """RG 271.51: 24 hours, or one business day: the later of the two is the outer limit.

    Hours are elapsed hours, whatever the clocks do. The stricter 24 hours are the safe practice.
    Where only the date of receipt is known the business day stands alone.
    """
    if not facts.has("received_at"):
        return trace.business_days(trace.start(facts.first_day(*RECEIVED), *SAID), 1)
    received, zone = facts.instant("received_at"), facts.counting_zone
    start = trace.start(facts.day("received_at"), *SAID)
    elapsed = trace.hours(received, 24, zone)
    trace.say("safe practice keeps the 24 hours", "稳妥做法：以24小时为准")
    local = elapsed.astimezone(zone_named(zone))
    next_day = trace.business_days(start, 1)
    due_at = max(elapsed, trace.end_of_day(next_day, zone))
    return Term(
        trace.later(next_day, local.date()),
        due_at=due_at,
        found={
            "elapsed_local": local.replace(tzinfo=None).isoformat(),
            "elapsed_utc": f"{elapsed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "bday_due": next_day,
        },
    )


def respond(facts: Facts, trace: Trace) -> date:
    """RG 271.56: 30 calendar days; a notice of delay within them ends this limit (271.64)."""
    last = trace.days(trace.start(facts.first_day(*RECEIVED), *SAID), 30)
    delayed = facts.day_or_none("delay_notified_on")
    if delayed is not None and delayed <= last:
        trace.say(f"notice of delay given in time on {delayed}", f"已于{delayed}按期发出延误通知")
    if delayed is not None and delayed > last:
        trace.say(f"notice of delay of {delayed}: too late", f"延误通知于{delayed}发出：已逾期")
    return last


_rule = partial(
    Rule, severity="statutory", confidence="high", kinds=("complaint",), starts="received",
    or_starts=("notice_received",), in_force=(FROM, None),
)  # fmt: skip

RULES = (
    _rule(
        id="AU-RG271-ACK-24H", key="acknowledge", starts="received_at", or_starts=RECEIVED,
        due=acknowledge, citation="ASIC RG 271.51", warn_before_days=(1,),
        ends=("complaint.acknowledge", *ANSWERED),
        name_en="Acknowledge the complaint in a day", name_zh="一日内确认收到投诉",
        text="A complaint is acknowledged within 24 hours or one business day of receipt, or as "
        "soon as practicable, by any channel.",
        text_zh="收到投诉后24小时或一个营业日内，或在可行范围内尽快，以任何渠道予以确认。",
    ),
    _rule(
        id="AU-RG271-30D", key="respond", when=_is_standard, due=respond, confidence="certain",
        citation="ASIC RG 271.56, Table 2", ends=(*ANSWERED, "complaint.extend"),
        warn_before_days=(10, 5, 2),
        name_en="Written response in 30 days", name_zh="三十日内书面答复",
        text="The written response leaves no later than 30 calendar days after receipt, or before "
        "they end a notice of delay with reasons and the right to go to AFCA.",
        text_zh="书面答复须于收到投诉后30个自然日内发出，或在届满前发出延误通知，"
        "说明理由并告知可向金融投诉局投诉的权利。",
    ),
    _rule(
        id="AU-RG271-21D", key="respond_urgent", when=is_urgent,
        due=after("days", 21, *RECEIVED, said=SAID), citation="ASIC RG 271 Table 2",
        ends=ANSWERED, warn_before_days=(7, 2),
        name_en="Written response in 21 days", name_zh="二十一日内书面答复",
        text="Complaints about hardship, default notices or postponed enforcement are answered "
        "within 21 calendar days; on a default notice nothing is enforced meanwhile.",
        text_zh="涉及还款困难、违约通知或延缓执行的投诉须于21个自然日内答复；"
        "涉及违约通知的，在此期间不得强制执行。",
    ),
    _rule(
        id="AU-RG271-5BD", key="close_fast", when=_may_close_fast, nature="window",
        due=after("business_days", 5, *RECEIVED, said=SAID), citation="ASIC RG 271.71",
        ends=("complaint.summary_resolve", "complaint.withdraw"), warn_before_days=(1,),
        name_en="Close without a written response", name_zh="五个营业日内解决可免书面答复",
        text="A complaint that is settled, or explained with an apology, by the end of the fifth "
        "business day needs no written response, unless it is about hardship or the customer "
        "asks for one.",
        text_zh="投诉于第五个营业日结束前获得解决，或已作解释并致歉的，无须书面答复；"
        "涉及还款困难或客户要求书面答复的除外。",
    ),
)  # fmt: skip
