"""National Credit Code (National Consumer Credit Protection Act 2009, Schedule 1): hardship."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from law.counts import after
from law.facts import Facts
from law.rule import Rule, Term
from law.trace import Trace

CITED = "National Credit Code"
NOTICE = ("hardship_notice_received", "received")
DECIDED = ("plan.offer", "plan.decline")
DECISION_DAYS = 21


def _was_asked_in_time(facts: Facts) -> bool:
    """Information was asked for within the 21 days of the notice; no notice known: yes."""
    if not any(facts.has(name) for name in NOTICE):
        return True
    asked = facts.day_or_none("information_requested_on")
    return asked is not None and asked <= facts.first_day(*NOTICE) + timedelta(DECISION_DAYS)


def _counts_from_notice(facts: Facts) -> bool:
    """Until the information that was asked for in time has come, the notice counts."""
    return not (_was_asked_in_time(facts) and facts.has("info_received_on"))


def _still_waits(facts: Facts) -> bool:
    return _was_asked_in_time(facts) and not facts.has("info_received_on")


def decide(facts: Facts, trace: Trace) -> Term:
    """s.72(4)-(5): 21 days; the day after the notice, oral or written, is day 1.

    While information asked for in time has not come, this earlier day stands and the other
    reading, 28 days from the request, is shown beside it.
    """
    start = trace.start(facts.first_day(*NOTICE), "hardship notice received", "收到困难通知")
    last = trace.days(start, DECISION_DAYS)
    asked = facts.day_or_none("information_requested_on")
    if asked is None or facts.has("info_received_on"):
        return Term(last)
    if asked > last:
        trace.say(
            f"information asked for only on {asked}: too late", f"{asked}才要求补充资料：已逾期"
        )
        return Term(last)
    trace.say(
        f"information asked for on {asked}, not come yet", f"已于{asked}要求补充资料，尚未收到"
    )
    return Term(last, other_reading_on=trace.days(asked, 28))


def hold_enforcement(facts: Facts, trace: Trace) -> Term:
    """s.89A(2)(b): 14 days from the refusal; enforcement is possible from the 15th day."""
    refused = facts.day("hardship_refused_on")
    last = trace.days(trace.start(refused, "refusal given", "发出拒绝通知"), 14)
    return Term(last, first_allowed_on=last + timedelta(1))


def remedy(facts: Facts, trace: Trace) -> Term:
    """s.88: at least 30 days to remedy after the default notice."""
    given = facts.day("default_notice_given_on")
    last = trace.days(trace.start(given, "default notice given", "发出违约通知"), 30)
    return Term(last, first_allowed_on=last + timedelta(1))


_rule = partial(Rule, severity="statutory", kinds=("hardship",), ends=DECIDED)

RULES = (
    _rule(
        id="AU-NCC-72-21D", key="decide", starts="hardship_notice_received",
        or_starts=("received",), due=decide, when=_counts_from_notice, confidence="certain",
        citation=f"{CITED} s.72(4)-(5)", warn_before_days=(7, 2),
        name_en="Decide on a hardship notice", name_zh="对困难通知作出决定",
        text="Within 21 days, the first being the day after the hardship notice, the credit "
        "provider agrees or refuses in writing with reasons and the right to go to AFCA.",
        text_zh="自收到困难通知次日起21日内，须书面同意或说明理由拒绝，"
        "并告知可向金融投诉局投诉的权利。",
    ),
    _rule(
        id="AU-NCC-72-INFO-21D", key="decide_after_information", starts="info_received_on",
        due=after("days", 21, "info_received_on",
                  said=("information received", "收到补充资料")),
        when=_was_asked_in_time, confidence="high", citation=f"{CITED} s.72(5)(c)",
        warn_before_days=(7, 2),
        name_en="Decide after the information came", name_zh="收到补充资料后作出决定",
        text="Where information was asked for within the 21 days, the decision is due 21 days "
        "after it has come.",
        text_zh="在21日内要求补充资料的，自收到资料之日起21日内作出决定。",
    ),
    _rule(
        id="AU-NCC-72-NOINFO-28D", key="decide_without_information", confidence="medium",
        starts="information_requested_on", when=_still_waits, enabled=False,
        due=after("days", 28, "information_requested_on",
                  said=("information request dated", "补充资料要求载明日期")),
        citation=f"{CITED} s.72(5)(b)", warn_before_days=(7, 2),
        name_en="Decide when no information comes", name_zh="未收到补充资料时作出决定",
        text="Where the information does not come, the decision is due 28 days after the date of "
        "the request. Unconfirmed: off until checked.",
        text_zh="未收到补充资料的，自要求所载日期起28日内作出决定。未经核实，默认关闭。",
    ),
    _rule(
        id="AU-NCC-89A-14D", key="hold_enforcement", kinds=("hardship", "contact", "account"),
        starts="hardship_refused_on", due=hold_enforcement, nature="wait", confidence="high",
        ends=(), forbids=("enforce",), citation=f"{CITED} s.89A(2)(b)",
        name_en="No enforcement after a refusal", name_zh="拒绝困难申请后的执行等待期",
        text="After a hardship notice was refused nothing is enforced for 14 days.",
        text_zh="拒绝困难申请后14日内不得强制执行。",
    ),
    _rule(
        id="AU-NCC-88-30D", key="remedy", kinds=("hardship", "account", "notice"),
        starts="default_notice_given_on", due=remedy, nature="window", binds="customer",
        confidence="certain", ends=("account.default_remedied",), citation=f"{CITED} s.88",
        name_en="Time to remedy a default", name_zh="违约补救期",
        text="A default notice gives at least 30 days; enforcement begins only where the default "
        "is still there at their end.",
        text_zh="违约通知须给予至少30日的补救期；期满仍未补救的，方可强制执行。",
    ),
)  # fmt: skip
